"""The control chart as Plotly's JSON: signals by shape and words, gaps where there is no figure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from surveys.dashboards.pages.charts import (
    BAND,
    DARK_BLUE,
    DARK_PINK,
    GREY,
    MIDDLE_GREY,
    TURQUOISE,
    hover,
    layout,
    month_axis,
    share_axis,
)
from surveys.dashboards.pages.panels import number, percent
from surveys.dashboards.trends.spots import Beside, Spot, lettered
from surveys.dashboards.trends.trend import Drawn, said
from surveys.rates.control import Chart
from surveys.rates.months import Month
from surveys.rates.notes import Note
from surveys.rates.signals import Rule

SHORT = {
    Rule.BEYOND_LIMITS: ("high", "low"),
    Rule.SHIFT: ("8 high in a row", "8 low in a row"),
    Rule.TREND: ("6 rising", "6 falling"),
    Rule.TWO_OF_THREE: ("often high", "often low"),
}
# Space on the right for the words at the ends of lines.
RIGHT = 100


def figure_of(found: Drawn, spots: Sequence[Sequence[Spot]], beside: Beside) -> dict[str, Any]:
    traces: list[dict[str, Any]] = []
    for chart, run in zip(found.charts, spots, strict=True):
        if run:
            traces += [*band_of(chart, run), line_of(run, beside.unit), signals_of(run)]
    months = [month for run in spots for spot in run for month in spot.months]
    target = target_trace(found.trend.targets, months)
    parts = layout(380, 52)
    return {
        "data": [trace for trace in [*traces, target] if trace],
        "layout": parts
        | {
            "margin": parts["margin"] | {"r": RIGHT},
            "xaxis": month_axis(months),
            "yaxis": share_axis(dtick=20),
            "annotations": [*end_words(found, spots), *note_marks(beside.notes, months), *break_marks(found, months)],
            "shapes": break_lines(found),
        },
    }


def line_of(run: Sequence[Spot], unit: str) -> dict[str, Any]:
    """The points, with a gap for what is hidden and for months in which nobody answered."""
    days: list[str | None] = []
    shares: list[float | None] = []
    texts: list[str] = []
    links: list[str] = []
    for before, spot in zip([None, *run], run, strict=False):
        if before and before.months[-1].plus(1) < spot.months[0]:
            days, shares = [*days, before.months[-1].plus(1).first.isoformat()], [*shares, None]
            texts, links = [*texts, ""], [*links, ""]
        days, shares = [*days, spot.day], [*shares, number(spot.shown.share)]
        texts, links = [*texts, f"{spot.label}: {hover([spot.shown], unit)[0]}"], [*links, spot.link]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": days,
        "y": shares,
        "text": texts,
        "customdata": links,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"size": 8, "color": DARK_BLUE},
        "connectgaps": False,
    }


def band_of(chart: Chart, run: Sequence[Spot]) -> list[dict[str, Any]]:
    """The usual range, widest where few answered, and its middle; on a run chart the median alone."""
    days = [spot.day for spot in run]
    plain = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip"}
    middle = plain | {"y": [number(chart.centre)] * len(days), "line": {"color": MIDDLE_GREY, "width": 1}}
    if chart.baseline is None:
        return [middle]
    edge = {"color": MIDDLE_GREY, "width": 1, "dash": "dot"}
    lower = plain | {"y": [number(spot.point.lower) for spot in run], "line": edge}
    upper = plain | {"y": [number(spot.point.upper) for spot in run], "line": edge}
    return [lower, upper | {"fill": "tonexty", "fillcolor": BAND}, middle]


def signals_of(run: Sequence[Spot]) -> dict[str, Any]:
    """Diamonds, with words at the first of signals in a row: shape and text, never colour alone."""
    seen = [spot for spot in run if spot.point.signals and spot.shown.base is not None]
    if not seen:
        return {}
    first = {seen[0].day, *(new.day for old, new in pairwise(seen) if run.index(new) != run.index(old) + 1)}
    up = [spot.point.signals[0].upward for spot in seen]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.day for spot in seen],
        "y": [number(spot.shown.share) for spot in seen],
        "text": [
            SHORT[spot.point.signals[0].rule][0 if u else 1] if spot.day in first else ""
            for spot, u in zip(seen, up, strict=True)
        ],
        "textposition": ["top center" if u else "bottom center" for u in up],
        "textfont": {"color": DARK_PINK, "size": 13},
        "customdata": [spot.link for spot in seen],
        "hovertext": [f"{spot.label}: {', '.join(map(said, spot.point.signals))}" for spot in seen],
        "hoverinfo": "text",
        "marker": {"symbol": "diamond", "size": 13, "color": DARK_PINK},
        "cliponaxis": False,
    }


def target_trace(targets: Mapping[Month, float], months: Sequence[Month]) -> dict[str, Any]:
    held = [month for month in sorted(targets) if months and months[0] <= month <= months[-1]]
    if not held:
        return {}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [month.first.isoformat() for month in held],
        "y": [number(targets[month]) for month in held],
        "line": {"color": TURQUOISE, "width": 3, "dash": "dash", "shape": "hv"},
        "hoverinfo": "skip",
    }


def end_words(found: Drawn, spots: Sequence[Sequence[Spot]]) -> list[dict[str, Any]]:
    """Direct labels at the right end: the newest figure, the usual one and the target, none upon another."""
    run = spots[-1] if spots else []
    if not run:
        return []
    chart, last = found.charts[-1], run[-1]
    told: list[tuple[float, str, str]] = []
    if last.shown.share is not None:
        told.append((last.shown.share, percent(last.shown.share), DARK_BLUE))
    if chart.centre is not None:
        told.append((chart.centre, f"{'usual' if chart.baseline else 'middle'} {percent(chart.centre)}", GREY))
    target = found.trend.targets.get(last.months[-1])
    if target is not None:
        told.append((target, f"target {percent(target)}", "#1B6B64"))
    heights = apart([share for share, _, _ in told])
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": 100 * height,
            "text": words,
            "showarrow": False,
            "font": {"color": colour, "size": 14},
        }
        for height, (_, words, colour) in zip(heights, told, strict=True)
    ]


def apart(heights: Sequence[float], least: float = 0.065) -> list[float]:
    """The same heights, moved up where two would lie on each other, in the order given."""
    placed: dict[int, float] = {}
    floor = -1.0
    for place in sorted(range(len(heights)), key=heights.__getitem__):
        floor = max(heights[place], floor + least)
        placed[place] = floor
    return [placed[place] for place in range(len(heights))]


def note_marks(notes: Sequence[Note], months: Sequence[Month]) -> list[dict[str, Any]]:
    return [
        {
            "x": note.month.first.isoformat(),
            "y": 3,
            "text": letter,
            "showarrow": False,
            "bordercolor": GREY,
            "borderpad": 2,
            "bgcolor": "white",
            "font": {"color": GREY, "size": 13},
        }
        for letter, note in lettered(notes)
        if months and months[0] <= note.month <= months[-1]
    ]


def break_lines(found: Drawn) -> list[dict[str, Any]]:
    line = {"color": GREY, "width": 1, "dash": "dot"}
    ends = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": line}
    return [ends | {"x0": m.first.isoformat(), "x1": m.first.isoformat()} for m in found.trend.broken]


def break_marks(found: Drawn, months: Sequence[Month]) -> list[dict[str, Any]]:
    """Words beside the line: on its left in the newer half of the months, where there is more room."""
    words = {"y": 1, "yref": "paper", "yanchor": "top", "text": "new wording", "showarrow": False}
    right, left = {"xanchor": "left", "xshift": 4}, {"xanchor": "right", "xshift": -4}
    newer = months[len(months) // 2 :]
    return [words | {"x": m.first.isoformat()} | (left if m in newer else right) for m in found.trend.broken]

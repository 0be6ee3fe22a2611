"""The months around the day on which something was done: a chart with a mark there, and its table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.core.csv_out import Cell
from surveys.followups.improvements.effect import IS_NOW, WAS, Effect
from surveys.rates.months import Month, months_between
from surveys.rates.protection_tables import Mark, Shown
from surveys.rates.words import percent

BLUE, GREY, GRID = "#12436D", "#3D3D3D", "#E5E6E7"
DOTTED = {"color": GREY, "width": 2, "dash": "dot"}
FONT = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": GREY}
HEADINGS = ("Month", "Good answers (%)", "Lower limit (%)", "Upper limit (%)", "Answers", "Note")
MARK_WORDS = {
    Mark.CONFIDENTIAL: "[c] hidden, to protect few people",
    Mark.LOW_RELIABILITY: "[u] few answers",
    Mark.NONE_RECORDED: "[w] no answers",
}


@dataclass(frozen=True)
class Chart:
    """figure is Plotly's JSON; rows are as wide as HEADINGS."""

    figure: dict[str, Any]
    rows: list[tuple[Cell, ...]]


def chart_of(effect: Effect) -> Chart | None:
    """None where nobody answered in any of the months."""
    shown = effect.months or {}
    if not any(one.answered or one.base is None for one in shown.values()):
        return None
    months = months_between(min(shown), max(shown))
    return Chart(
        figure_of(effect, shown, months), [row_of(effect, month, shown.get(month, Shown())) for month in months]
    )


def row_of(effect: Effect, month: Month, shown: Shown) -> tuple[Cell, ...]:
    notes = [MARK_WORDS[mark] for mark in shown.marks if mark in MARK_WORDS]
    if month in effect.windows.before:
        notes.append("before")
    elif month in effect.windows.after:
        notes.append("after")
    elif month == done_month(effect):
        notes.append("done in this month")
    if month == effect.broken:
        notes.append(f"{asked_by(effect)} since")
    limits = (number(shown.interval.lower), number(shown.interval.upper)) if shown.interval else (None, None)
    return (month.label, number(shown.share), *limits, shown.base, ", ".join(notes))


def number(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def done_month(effect: Effect) -> Month:
    return effect.windows.before[-1].plus(1)


def asked_by(effect: Effect) -> str:
    """What was new in the month from which on people were asked otherwise."""
    return "new questionnaire" if effect.another else "new wording"


def figure_of(effect: Effect, shown: Mapping[Month, Shown], months: Sequence[Month]) -> dict[str, Any]:
    compared = {WAS: (effect.windows.before, effect.before), IS_NOW: (effect.windows.after, effect.after)}
    # Two levels beside each other would be read as a change, whatever the sentence says.
    sides = {name: one for name, one in compared.items() if one[0] and one[1].share is not None and not effect.broken}
    day = done_month(effect).first.isoformat()
    otherwise = [] if effect.broken is None else [effect.broken.first.isoformat()]
    every = -(-len(months) // 8) or 1
    return {
        "data": [
            *(points(shown, part) for part in alike(months, effect.broken)),
            *(side(*one) for one in sides.values()),
        ],
        "layout": {
            "font": FONT,
            "height": 320,
            "margin": {"l": 52, "r": 24, "t": 28, "b": 48},
            "showlegend": False,
            "paper_bgcolor": "white",
            "plot_bgcolor": "white",
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": {
                "type": "date",
                "tickvals": [month.first.isoformat() for month in months[::every]],
                "tickformat": "%b\n%Y",
                "tickangle": 0,
                "showgrid": False,
                "fixedrange": True,
            },
            "yaxis": {
                "range": [0, 100],
                "dtick": 20,
                "ticksuffix": "%",
                "gridcolor": GRID,
                "zeroline": False,
                "fixedrange": True,
            },
            "shapes": [upright(one) for one in (day, *otherwise)],
            "annotations": [
                mark(day),
                *(foot(one, asked_by(effect), GREY) for one in otherwise),
                *(side_words(name, *one) for name, one in sides.items()),
            ],
        },
    }


def alike(months: Sequence[Month], broken: Month | None) -> list[Sequence[Month]]:
    """The months in runs that were asked alike, so that no line leads from one to another."""
    if broken is None:
        return [months]
    runs = [[month for month in months if month < broken], [month for month in months if month >= broken]]
    return [run for run in runs if run]


def upright(day: str) -> dict[str, Any]:
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": day, "x1": day, "line": DOTTED}


def mark(day: str) -> dict[str, Any]:
    return {"x": day, "y": 1, "yref": "paper", "yanchor": "bottom", "text": "done", "showarrow": False}


def points(shown: Mapping[Month, Shown], months: Sequence[Month]) -> dict[str, Any]:
    """With a gap for what is hidden and for months without answers."""
    found = [shown.get(month, Shown()) for month in months]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [month.first.isoformat() for month in months],
        "y": [number(one.share) for one in found],
        "text": [
            f"{month.label}: {percent(one.share)} of {one.base:,} answers" if one.share is not None else ""
            for month, one in zip(months, found, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": GREY, "width": 1},
        "marker": {"size": 8, "color": GREY},
        "connectgaps": False,
    }


def side(months: Sequence[Month], shown: Shown) -> dict[str, Any]:
    """The share of all the months of one side, as a level line over them."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [month.first.isoformat() for month in months],
        "y": [number(shown.share)] * len(months),
        "line": {"color": BLUE, "width": 4},
        "hoverinfo": "skip",
    }


def side_words(name: str, months: Sequence[Month], shown: Shown) -> dict[str, Any]:
    """Its figure, at the foot of the chart, where no point covers it."""
    middle = date.fromordinal((months[0].first.toordinal() + months[-1].first.toordinal()) // 2)
    return foot(middle.isoformat(), f"{name}<br>{percent(shown.share or 0)}", BLUE)


def foot(day: str, text: str, colour: str) -> dict[str, Any]:
    return {
        "x": day,
        "y": 0,
        "yanchor": "bottom",
        "text": text,
        "showarrow": False,
        "bgcolor": "white",
        "font": {"color": colour, "size": 14},
    }

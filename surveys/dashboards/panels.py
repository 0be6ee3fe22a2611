"""A panel: a Plotly chart, a sentence that says what it shows, and the table it stands beside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.contacts.models import Channel
from surveys.core.csv_out import Cell
from surveys.rates.points import PointRate
from surveys.rates.queries import Figures, Month
from surveys.rates.statistics import Rate

DARK_BLUE = "#12436D"
GREY = "#3D3D3D"
GRID = "#E5E6E7"
FONT = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": GREY}
RATE_HEADINGS = (
    "Very or fairly satisfied (%)",
    "Lower limit (%)",
    "Upper limit (%)",
    "Answers",
    "With “I do not know” in the base (%)",
    "Note",
)


POINT_HEADINGS = (
    "Place",
    "Kind",
    "Service",
    "Channel",
    "Very or fairly satisfied (%)",
    "Answers on the five points",
    "Answers in doubt",
)


@dataclass(frozen=True)
class Panel:
    """One chart and its table. figure is Plotly's JSON; rows are as wide as headings."""

    key: str
    title: str
    sentence: str
    figure: dict[str, Any] | None
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def percent(share: float | None) -> str:
    return "no answers" if share is None else f"{share * 100:.0f}%"


def number(share: float | None) -> float | None:
    """A share as a percentage with one decimal, for tables and files."""
    return None if share is None else round(share * 100, 1)


def rate_cells(rate: Rate, broken: bool = False) -> tuple[Cell, ...]:
    """A rate's cells. broken: the rating's wording changed here."""
    interval = rate.interval
    notes = ("[u] low base" if rate.low_base else "", "[b] wording changed" if broken else "")
    return (
        number(rate.share),
        number(interval.lower) if interval else None,
        number(interval.upper) if interval else None,
        rate.base,
        number(rate.share_of_all),
        ", ".join(note for note in notes if note),
    )


def headline(rate: Rate) -> str:
    """The rate in words, with its base and interval."""
    interval = rate.interval
    if interval is None:
        return "Nobody has answered in this period yet."
    return (
        f"{percent(rate.share)} were very or fairly satisfied, from {rate.base:,} answers "
        f"(95% confidence interval {percent(interval.lower)} to {percent(interval.upper)}; sampling error only, "
        "it does not cover bias from people who did not answer)."
    )


def layout(height: int, left: int) -> dict[str, Any]:
    """House rules of every chart: horizontal text, light grid, no clutter, 0 to 100%."""
    return {
        "font": FONT,
        "height": height,
        "margin": {"l": left, "r": 24, "t": 12, "b": 48},
        "showlegend": False,
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hovermode": "closest",
        "dragmode": False,
    }


def share_axis(**more: Any) -> dict[str, Any]:
    return {
        "range": [0, 100],
        "ticksuffix": "%",
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    } | more


def arms(rates: list[Rate]) -> dict[str, Any]:
    """Error bars from the Wilson intervals, in percentage points."""
    above, below = [], []
    for rate in rates:
        interval, share = rate.interval, rate.share
        above.append(round((interval.upper - share) * 100, 2) if interval and share is not None else 0)
        below.append(round((share - interval.lower) * 100, 2) if interval and share is not None else 0)
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": DARK_BLUE,
        "thickness": 1.5,
        "width": 4,
    }


def hover(rates: list[Rate]) -> list[str]:
    return [f"{percent(r.share)} of {r.base:,} answers" for r in rates]


def broken_months(months: Sequence[Month], breaks: Collection[Month]) -> tuple[Month, ...]:
    """The first of these months with answers to each new wording; its own answers may be to both."""
    found = (next((m for m in months if m.first >= b.first), None) for b in breaks)
    begins = {b for b in breaks if months and b == months[0]}
    return tuple(sorted({m for m in found if m and m != months[0]} | begins, key=lambda m: m.first))


def unbroken(by_month: Mapping[Month, Rate], broken: Collection[Month]) -> list[dict[Month, Rate]]:
    """The months in runs that may be compared and joined by a line."""
    runs: list[dict[Month, Rate]] = []
    for month, rate in by_month.items():
        if not runs or month in broken:
            runs.append({})
        runs[-1][month] = rate
    return runs


def month_trace(run: Mapping[Month, Rate]) -> dict[str, Any]:
    rates = list(run.values())
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [m.first.isoformat() for m in run],
        "y": [number(r.share) for r in rates],
        "error_y": arms(rates),
        "text": hover(rates),
        "hovertemplate": "%{x|%B %Y}: %{text}<extra></extra>",
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"size": 8, "color": DARK_BLUE},
        "connectgaps": False,
    }


def month_panel(by_month: Mapping[Month, Rate], breaks: Collection[Month] = ()) -> Panel:
    """breaks: the months in which the rating's wording changed. The line has a gap there."""
    broken = broken_months(list(by_month), breaks)
    runs = unbroken(by_month, broken)
    figure = {
        "data": [month_trace(run) for run in runs],
        "layout": layout(360, 56) | {"xaxis": month_axis(list(by_month)), "yaxis": share_axis()},
    }
    return Panel(
        "months",
        "Satisfaction by month",
        f"{month_sentence(runs[-1] if runs else {})} {break_sentence(broken)}".strip(),
        figure if by_month else None,
        ("Month", *RATE_HEADINGS),
        [(m.label, *rate_cells(r, m in broken)) for m, r in by_month.items()],
    )


def break_sentence(broken: Sequence[Month]) -> str:
    if not broken:
        return ""
    when = " and ".join(month.label for month in broken)
    return f"The wording of the rating changed in {when} [b]: months before and after are not compared."


def month_axis(months: list[Month]) -> dict[str, Any]:
    """A dozen marks at the most, each on the first day of a month."""
    shown = months[:: -(-len(months) // 12) or 1]
    return {
        "type": "date",
        "tickvals": [month.first.isoformat() for month in shown],
        "tickformat": "%b\n%Y",
        "showgrid": False,
        "fixedrange": True,
    }


def month_sentence(by_month: Mapping[Month, Rate]) -> str:
    """From the highest and lowest months that have a base worth relying upon."""
    firm = {m: r for m, r in by_month.items() if not r.low_base and r.share is not None}
    if not firm:
        return "No month has 30 answers or more yet, so no month is compared."
    high = max(firm, key=lambda m: firm[m].share or 0)
    low = min(firm, key=lambda m: firm[m].share or 0)
    if high == low:
        return f"{percent(firm[high].share)} were very or fairly satisfied in {high.label}."
    return (
        f"Highest in {high.label} ({percent(firm[high].share)}), lowest in {low.label} ({percent(firm[low].share)}). "
        "Lines show 95% confidence intervals; months whose lines overlap may still differ."
    )


def service_panel(by_service: Mapping[str, Rate]) -> Panel:
    names = list(by_service)[::-1]
    rates = [by_service[name] for name in names]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [number(r.share) for r in rates],
        "y": names,
        "error_x": arms(rates),
        "text": hover(rates),
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "marker": {"size": 10, "color": DARK_BLUE},
    }
    figure = {
        "data": [trace],
        "layout": layout(96 + 34 * max(len(names), 1), 150)
        | {"xaxis": share_axis(), "yaxis": {"automargin": True, "gridcolor": GRID, "fixedrange": True}},
    }
    return Panel(
        "services",
        "Satisfaction by service",
        service_sentence(by_service),
        figure if names else None,
        ("Service", *RATE_HEADINGS),
        [(name, *rate_cells(r)) for name, r in by_service.items()],
    )


def service_sentence(by_service: Mapping[str, Rate]) -> str:
    firm = {name: r for name, r in by_service.items() if not r.low_base}
    if not firm:
        return "No service has 30 answers or more in this period, so none is compared."
    shares = [r.share or 0 for r in firm.values()]
    return (
        f"{len(firm)} services have 30 answers or more; they range from {percent(min(shares))} to "
        f"{percent(max(shares))}. In alphabetical order: this is not a league table."
    )


def pair_panel(pairs: Mapping[tuple[str, Channel], Rate]) -> Panel:
    thin = sum(rate.low_base for rate in pairs.values())
    return Panel(
        "pairs",
        "Satisfaction by service and channel",
        f"{len(pairs)} combinations have answers; {thin} of them have fewer than 30 and are marked [u].",
        None,
        ("Service", "Channel", *RATE_HEADINGS),
        [(service, channel.label, *rate_cells(rate)) for (service, channel), rate in pairs.items()],
    )


def points_panel(points: Sequence[PointRate]) -> Panel:
    """A table without a chart: what is no sample is not drawn beside what is one."""
    return Panel(
        "points",
        "Kiosks and posters",
        "Not a sample: anyone could answer.",
        None,
        POINT_HEADINGS,
        [
            (
                p.place,
                p.kind.value.capitalize(),
                p.service,
                p.channel.label,
                number(p.rate.share),
                p.rate.base,
                p.doubted,
            )
            for p in points
        ],
    )


def panels_of(figures: Figures, breaks: Collection[Month] = ()) -> list[Panel]:
    return [
        month_panel(figures.by_month, breaks),
        service_panel(figures.by_service),
        pair_panel(figures.by_service_and_channel),
    ]

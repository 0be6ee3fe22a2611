"""How charts look: their colours, axes and arms, the same on every page."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from surveys.dashboards.pages.panels import percent
from surveys.rates.intervals import Interval
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown

DARK_BLUE, TURQUOISE, DARK_PINK = "#12436D", "#28A197", "#801650"
GREY = "#3D3D3D"
MIDDLE_GREY = "#6F777B"
GRID = "#E5E6E7"
BAND = "#EDF2F7"
FONT = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": GREY}
# A row of dots: high enough for the words above each.
ROW = 40
LONGEST_NAME = 24


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


def month_axis(months: Sequence[Month]) -> dict[str, Any]:
    """A dozen marks at the most, each on the first day of a month; half a month is left free at either end."""
    every = -(-len(months) // 8) or 1
    shown = months[::every]
    # Said, for words that stand at a month would widen the axis by their own length.
    ends = {"range": [day.isoformat() for day in around(months)]} if months else {}
    return ends | {
        "type": "date",
        "tickvals": [month.first.isoformat() for month in shown],
        "tickformat": "%b\n%Y",
        "tickangle": 0,
        "showgrid": False,
        "fixedrange": True,
    }


def around(months: Sequence[Month]) -> tuple[date, date]:
    """Half a month before the first and after the last, which is drawn at its first day."""
    half = timedelta(days=15)
    return min(months).first - half, max(months).first + half


def names_axis(count: int) -> dict[str, Any]:
    """So many names upwards, with room beyond the first and the last; they take the width that they need."""
    return {"automargin": True, "gridcolor": GRID, "fixedrange": True, "range": [-0.6, count - 0.4]}


def arms(shown: Sequence[Shown]) -> dict[str, Any]:
    """Error bars from the intervals of rates; none where a rate is hidden."""
    return arms_of([(s.share, s.interval) if s.interval and s.share is not None else None for s in shown])


def arms_of(ends: Sequence[tuple[float, Interval] | None], colour: str = DARK_BLUE) -> dict[str, Any]:
    """Error bars from figures and their intervals, in percentage points."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [round((end[1].upper - end[0]) * 100, 2) if end else 0 for end in ends],
        "arrayminus": [round((end[0] - end[1].lower) * 100, 2) if end else 0 for end in ends],
        "color": colour,
        "thickness": 1.5,
        "width": 4,
    }


def hover(shown: Iterable[Shown], unit: str = "answers") -> list[str]:
    return [f"{percent(s.share)} of {s.base:,} {unit}" if s.base is not None else "[c] hidden" for s in shown]


def broken_in_two(name: str) -> str:
    """A long name on two lines, so that a narrow screen keeps room for the dots."""
    words = name.split()
    if len(name) <= LONGEST_NAME // 2 or len(words) < 2:
        return name
    best = min(range(1, len(words)), key=lambda i: max(len(" ".join(words[:i])), len(" ".join(words[i:]))))
    return f"{' '.join(words[:best])}<br>{' '.join(words[best:])}"

"""Cells of tables and arms of intervals that several pages share."""

from collections.abc import Sequence
from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.asked import Asked
from surveys.dashboards.pages.panels import GRID
from surveys.rates.intervals import Interval
from surveys.rates.protection_tables import Shown

HIDDEN = "[c]"


def about(page: Asked) -> str:
    """Population and period, as a sentence of the formal line under a chart."""
    return f"{page.population[:1].upper()}{page.population[1:]}, {page.filters.period}"


def share_cell(share: float | None) -> float | None:
    """A share as a percentage with one decimal."""
    return None if share is None else round(share * 100, 1)


def limit_cells(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (share_cell(interval.lower), share_cell(interval.upper))


def shown_cells(shown: Shown) -> tuple[Cell, Cell, Cell, Cell, str]:
    """Percentage, its limits, base and note of a cell as managers may see it."""
    note = " ".join(mark.value for mark in shown.marks)
    if shown.base is None:
        return (HIDDEN, None, None, HIDDEN, "[c] too few answers to show")
    return (share_cell(shown.share), *limit_cells(shown.interval), shown.base, note)


def names_axis(count: int) -> dict[str, Any]:
    """So many names upwards, with room beyond the first and the last; they take the width that they need."""
    return {"automargin": True, "gridcolor": GRID, "fixedrange": True, "range": [-0.6, count - 0.4]}


def arms_of(cells: Sequence[tuple[float, Interval]], colour: str) -> dict[str, Any]:
    """Error bars from shares and their intervals, in percentage points."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [round((interval.upper - share) * 100, 2) for share, interval in cells],
        "arrayminus": [round((share - interval.lower) * 100, 2) for share, interval in cells],
        "color": colour,
        "thickness": 1.5,
        "width": 4,
    }

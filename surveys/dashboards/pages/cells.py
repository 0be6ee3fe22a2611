"""Cells of tables that several pages share."""

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.panels import number
from surveys.rates.intervals import Interval
from surveys.rates.protection_tables import Mark, Shown

HIDDEN = Mark.CONFIDENTIAL.value


def limit_cells(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (number(interval.lower), number(interval.upper))


def shown_cells(shown: Shown) -> tuple[Cell, Cell, Cell, Cell, str]:
    """Percentage, its limits, base and note of a cell as managers may see it."""
    note = " ".join(mark.value for mark in shown.marks)
    if shown.base is None:
        return (HIDDEN, None, None, HIDDEN, f"{HIDDEN} too few answers to show")
    return (number(shown.share), *limit_cells(shown.interval), shown.base, note)

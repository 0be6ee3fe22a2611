"""A panel: a Plotly chart, a sentence that says what it shows, and the table it stands beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from surveys.core.csv_out import Cell
from surveys.rates.protection_tables import Mark, Shown

MEASURE = "Very or fairly satisfied"
RATE_HEADINGS = (
    f"{MEASURE} (%)",
    "Lower limit (%)",
    "Upper limit (%)",
    "Answers",
    "With “I do not know” in the base (%)",
    "Note",
)
RATE_FIELDS = ("rate_percent", "lower_percent", "upper_percent", "base", "rate_all_percent", "note")
HIDDEN_NOTE = f"{Mark.CONFIDENTIAL} hidden"
MARK_WORDS = {
    Mark.CONFIDENTIAL: HIDDEN_NOTE,
    Mark.LOW_RELIABILITY: f"{Mark.LOW_RELIABILITY} low base",
    Mark.NONE_RECORDED: f"{Mark.NONE_RECORDED} no answers",
}


class Line(NamedTuple):
    """A row of a table: its name with where it leads, "" for nowhere, and its other cells, each of a kind."""

    name: Cell
    link: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Panel:
    """One chart and its table. figure is Plotly's JSON; rows are as wide as headings.

    sentence is what the chart shows, subtitle the formal line: measure, population, period. reading says how to read
    the chart. fields name the columns in the file; links lead from the first cell of each row to what is behind it, ""
    for nowhere. notes: what people wrote on its points.
    """

    key: str
    title: str
    sentence: str
    figure: dict[str, Any] | None
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    subtitle: str = ""
    reading: str = ""
    fields: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def numbers(self) -> list[int]:
        """The columns that hold numbers."""
        return [i for i in range(1, len(self.headings)) if any(isinstance(row[i], int | float) for row in self.rows)]

    @property
    def lines(self) -> list[Line]:
        """The rows as the page writes them: a page has a thousand cells, and a template is slow to tell them apart."""
        last = len(self.headings) - 1
        kinds = ["number" if i in self.numbers else "note" if i == last else "" for i in range(last + 1)]
        links = self.links or ("",) * len(self.rows)
        return [
            Line(row[0], link, [(words_of(cell), kind) for cell, kind in zip(row[1:], kinds[1:], strict=True)])
            for row, link in zip(self.rows, links, strict=True)
        ]


def words_of(cell: Cell) -> str:
    """As tables write it; files have it as it is."""
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def percent(share: float | None) -> str:
    return "no answers" if share is None else f"{share * 100:.0f}%"


def number(share: float | None) -> float | None:
    """A share as a percentage with one decimal, for tables and files."""
    return None if share is None else round(share * 100, 1)


def rate_cells(shown: Shown, notes: Iterable[str] = ()) -> tuple[Cell, ...]:
    """The cells of a rate as it may be shown, in the order of RATE_HEADINGS; a hidden one says so."""
    words = ", ".join([*(MARK_WORDS[mark] for mark in shown.marks if mark in MARK_WORDS), *notes])
    if shown.base is None:
        return (Mark.CONFIDENTIAL.value, None, None, Mark.CONFIDENTIAL.value, None, words)
    interval = shown.interval
    of_all = shown.satisfied / shown.answered if shown.answered and shown.satisfied is not None else None
    limits = (number(interval.lower), number(interval.upper)) if interval else (None, None)
    return (number(shown.share), *limits, shown.base, number(of_all), words)


def csv_of(panel: Panel) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """(header, lines) of the panel's file: the same cells as its table."""
    return panel.fields or panel.headings, panel.rows


def find_panel(panels: Iterable[Panel], key: str) -> Panel | None:
    found: Mapping[str, Panel] = {panel.key: panel for panel in panels}
    return found.get(key)

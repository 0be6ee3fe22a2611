"""A table of a pack or a publication: its rows, and all that a reader or a program needs to understand them. Pure.

Each is written as CSV with CSVW and Data Package metadata, as a sheet of the workbooks, and shown on the cover page
from the very same rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.rates.protection_tables import Mark

Cell = str | int | float | None
# What no XML file may hold, and the line ends that reading one changes.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(cell: Cell) -> Cell:
    """A cell that every form of the table can hold alike: CSV, workbooks and pages."""
    return UNWRITABLE.sub(" ", cell.replace("\r\n", "\n")) if isinstance(cell, str) else cell


class Datatype(StrEnum):
    """The types of CSVW that we use; a share is a number between 0 and 1."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """name is for programs, title for people. share: shown to people as a percentage."""

    name: str
    title: str
    datatype: Datatype = Datatype.STRING
    description: str = ""
    required: bool = False
    share: bool = False


@dataclass(frozen=True)
class PackTable:
    """name is the file's, without its ending. In a numeric column text is a mark, such as [c], never a number.

    key: the columns that tell rows apart. notes: what a reader must know, as sentences.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    key: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names) or not set(self.key) <= set(names):
            raise ValueError(f"{self.name}: columns have names of their own, and the key is made of them")
        if any(len(row) != len(names) for row in self.rows):
            raise ValueError(f"{self.name}: every row has a cell for each column")
        where = [names.index(name) for name in self.key]
        if len({tuple(row[place] for place in where) for row in self.rows}) != len(self.rows):
            raise ValueError(f"{self.name}: two rows have one key")
        if any(isinstance(cell, str) and UNWRITABLE.search(cell) for row in self.rows for cell in row):
            object.__setattr__(self, "rows", [tuple(map(writable, row)) for row in self.rows])

    def place(self, column: str) -> int:
        return [one.name for one in self.columns].index(column)


# What may stand in place of a number, as the Government Analysis Function writes it.
MARKS = {
    Mark.CONFIDENTIAL.value: "hidden, so that nobody can be recognised",
    Mark.LOW_RELIABILITY.value: "fewer than 30 answers: not to be relied upon",
    Mark.NONE_RECORDED.value: "nobody answered",
    Mark.ROUNDS_TO_ZERO.value: "rounds to zero",
    Mark.REVISED.value: "revised since it was first told",
    "[b]": "the wording changed: not compared with what came before",
    "[x]": "not available",
    "[z]": "does not apply",
}
MISSING = tuple(MARKS)


def shared(number: float | None) -> Cell:
    """A share to six places, which is more than any interval is wide; [x] where there is none."""
    return "[x]" if number is None else round(number, 6)


def rows_of(found: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in found)

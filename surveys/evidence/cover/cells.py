"""Cells of a pack's tables as the cover page shows them: each says whose figure it is, and verify.py compares. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from proof.folder import Field
from proof.shown import MARK, formatted
from surveys.core.csv_out import safe
from surveys.evidence.files.tables import Cell, Column, PackTable

BAR = "|"


def as_written(cell: Cell) -> str:
    """What the CSV file has."""
    return "" if cell is None else str(safe(cell))


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    table: PackTable
    cells: tuple[Cell, ...]

    def column(self, name: str) -> Column:
        return self.table.columns[self.table.place(name)]

    def value(self, name: str) -> str:
        return as_written(self.cells[self.table.place(name)])

    def words(self, name: str) -> str:
        column = self.column(name)
        return formatted(self.value(name), Field(column.name, column.title, column.datatype.value, column.share))

    def number(self, name: str) -> float | None:
        """None where a mark stands in its place."""
        cell = self.cells[self.table.place(name)]
        return float(cell) if isinstance(cell, int | float) else None

    def hidden(self, name: str) -> bool:
        return MARK.fullmatch(self.value(name)) is not None

    def figure(self, name: str) -> str:
        """Where the cell stands; empty for what cannot be named so: its key has a bar in it, or its words hang over."""
        parts = [self.table.name, *(self.value(key) for key in self.table.key), name]
        words = self.words(name)
        return "" if any(BAR in part for part in parts) or words != words.strip() else BAR.join(parts)

    def shown(self, name: str) -> Markup:
        """The figure for a sentence."""
        figure = self.figure(name)
        if not figure:
            return Markup("{}").format(self.words(name))
        return Markup('<span data-figure="{}">{}</span>').format(figure, self.words(name))


@dataclass(frozen=True)
class Sheet:
    """A table to be looked up by its keys."""

    table: PackTable

    @cached_property
    def by_key(self) -> dict[tuple[str, ...], Line]:
        return {tuple(line.value(key) for key in self.table.key): line for line in self}

    def __iter__(self) -> Iterator[Line]:
        return (Line(self.table, tuple(row)) for row in self.table.rows)

    def find(self, *key: str) -> Line | None:
        return self.by_key.get(key)

    def where(self, **wanted: str) -> list[Line]:
        return [line for line in self if all(line.value(name) == value for name, value in wanted.items())]

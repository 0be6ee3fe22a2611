"""A line of evidence: a figure of a pack's table, with which table and row it stands in. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.evidence.files.tables import Cell, PackTable
from surveys.rates.statistics import LOW_BASE

NO_VALUE, HIDDEN = "[z]", "[c]"
Row = Mapping[str, Cell]
Tables = Mapping[str, PackTable]


@dataclass(frozen=True)
class Line:
    """One thing offered: the table, which row of it, and its figure. Of whole tables base counts their rows."""

    table: str
    row: str
    measure: str
    base: Cell
    value: Cell = NO_VALUE
    lower: Cell = NO_VALUE
    upper: Cell = NO_VALUE

    @property
    def few(self) -> bool:
        """A share of too few answers to rely upon."""
        return is_number(self.value) and isinstance(self.base, int) and self.base < LOW_BASE


@dataclass(frozen=True)
class Offer:
    """What one code comes to in a pack; why: what is missing of it, and gaps: so much that it lowers."""

    lines: tuple[Line, ...] = ()
    why: str = ""
    gaps: bool = False


def is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float)


def rows_of(table: PackTable) -> list[Row]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def row_of(table: PackTable, *key: str) -> Row | None:
    """The row of this key."""
    return next((row for row in rows_of(table) if tuple(row[name] for name in table.key) == key), None)


def counted(table: str, row: str, measure: str, count: Cell, why: str) -> Offer:
    """A count and no share."""
    if isinstance(count, int) and count:
        return Offer((Line(table, row, measure, count),))
    return Offer(why="too few to show it" if count == HIDDEN else why)


def share_line(
    table: str, key: Sequence[str], measure: str, row: Row, share: str = "share", base: str = "base"
) -> Line:
    limits = (row.get("lower", NO_VALUE), row.get("upper", NO_VALUE))
    return Line(table, " / ".join(key), measure, row.get(base, NO_VALUE), row[share], *limits)


def shown(lines: Sequence[Line], nobody: str) -> Offer:
    """Those of the lines that have a figure; why, where some have none."""
    told = tuple(line for line in lines if is_number(line.value))
    hidden = any(line.value == HIDDEN for line in lines)
    why = "" if lines and len(told) == len(lines) else "too few answers to show it" if hidden else nobody
    return Offer(told, why)

"""A pack's tables as tables of the cover page: friendly names for codes, and every other cell marked. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from surveys.evidence.cover.cells import Line
from surveys.evidence.cover.names import Names
from surveys.evidence.files.tables import Datatype, PackTable

NUMERIC = (Datatype.INTEGER, Datatype.NUMBER)
# How a cell that is a code is called, by the row it stands in.
Naming = Callable[[Line, str], str]


@dataclass(frozen=True)
class Head:
    title: str
    number: bool


@dataclass(frozen=True)
class Shown:
    """One cell. figure is empty where the words are a name of ours and not what the table has. style: of its class."""

    words: str
    figure: str
    style: str


@dataclass(frozen=True)
class Block:
    """One table of the page. The first cell of each row names it."""

    key: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Shown, ...], ...]
    notes: tuple[str, ...] = ()


def block(
    lines: Iterable[Line],
    columns: Sequence[str],
    names: Names,
    caption: str,
    key: str = "",
    naming: Naming | None = None,
    notes: Sequence[str] = (),
) -> Block | None:
    """These columns of these rows, as far as the table has them; None where there is no row."""
    found = list(lines)
    if not found:
        return None
    table = found[0].table
    there = [table.columns[table.place(name)] for name in columns if name in [one.name for one in table.columns]]
    call = naming or (lambda line, column: names.of(column, line.value(column)))
    return Block(
        key=key or table.name,
        caption=caption,
        heads=tuple(Head(column.title, column.datatype in NUMERIC) for column in there),
        rows=tuple(tuple(shown(line, column.name, call) for column in there) for line in found),
        notes=tuple(notes),
    )


def shown(line: Line, column: str, naming: Naming) -> Shown:
    number = line.column(column).datatype in NUMERIC
    words = line.words(column) if number else naming(line, column)
    same = words == line.words(column) and words != ""
    style = "number" if number else "date" if line.column(column).datatype is Datatype.DATE else ""
    return Shown(words, line.figure(column) if same else "", style)


def whole(table: PackTable, names: Names, columns: Sequence[str] = ()) -> Block | None:
    """All rows of a table with its own title and notes."""
    lines = [Line(table, tuple(row)) for row in table.rows]
    wanted = columns or [column.name for column in table.columns]
    return block(lines, wanted, names, table.title, notes=(table.description, *table.notes))

"""What the workbooks hold, sheet by sheet, before it is written as XLSX or ODS. Pure.

The sheets follow the Analysis Function's rules: cover, contents, notes, then one table a sheet under its title, and
charts apart from tables, each drawn from a sheet of its own.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from surveys.evidence.chapters.content import PackContent
from surveys.evidence.files.tables import MARKS, Cell, Column, Datatype, PackTable
from surveys.evidence.workbooks.charts import Chart, charts_of

CONTENTS, CHARTS = "Contents", "Charts"
SENTENCE = re.compile(r"(?<=[.?]) (?=[A-Z“\[])")
# Widths in characters and heights in points, of Arial 12.
NARROWEST, WIDEST, WIDE = 12, 60, 100
LINE_HEIGHT, TITLE_HEIGHT, MARGIN = 15.5, 24.0, 3
EMPTY = "This table has no rows: there is nothing to tell for this period."


@dataclass(frozen=True)
class Sheet:
    """lines stand under the title, a row each. links: the first column leads to the sheets that it names."""

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    rows: Sequence[Sequence[Cell]] = ()
    links: bool = False
    charts: tuple[Chart, ...] = ()
    widths: tuple[int, ...] = field(default=())

    @property
    def header(self) -> int:
        """The row that the columns' titles are in, from 0: under the title, the lines and, on most, the way back."""
        return 1 + len(self.lines) + self.back

    @property
    def back(self) -> bool:
        return self.name != CONTENTS and bool(self.columns or self.charts)

    @property
    def last(self) -> int:
        return self.header + len(self.rows)


def title_of(content: PackContent) -> str:
    return f"{content.council}: customer satisfaction, {content.period.label}"


def sheets_of(content: PackContent) -> list[Sheet]:
    charts = charts_of(content)
    tables = [sheet_of(table) for table in content.tables]
    drawn = [sheet_of(chart.table) for chart in charts]
    rest = [*tables, *([charts_sheet(charts)] if charts else []), *drawn]
    return [cover(content), contents(rest), notes(), *rest]


def cover(content: PackContent) -> Sheet:
    lines = (
        f"Published by: {content.council}",
        f"Period: {content.period.label}, by the day of the contact",
        f"Cut off at entry {content.period.cutoff} of the audit trail",
        "Each table is also a CSV file of the same name in the folder results. Both have the same figures.",
        "Shares are shown as percentages. Each cell holds the unrounded share, between 0 and 1.",
        "To check this workbook against the sealed answers, run verify.py in the folder of the pack.",
        "The method is told on the cover page of the pack, index.html.",
    )
    return Sheet("Cover", title_of(content), lines, widths=(WIDE,))


def contents(sheets: Sequence[Sheet]) -> Sheet:
    columns = (Column("sheet", "Sheet"), Column("title", "What it tells"))
    rows = [("Notes", "Notes and shorthand"), *((sheet.name, sheet.title) for sheet in sheets)]
    return Sheet(CONTENTS, "Contents", ("Each name is a link to its sheet.",), columns, rows, True, (), (30, 80))


def notes() -> Sheet:
    columns = (Column("shorthand", "Shorthand"), Column("meaning", "Meaning"))
    lines = (
        "This shorthand stands in place of a figure, or beside it in the column Mark.",
        "An empty cell in a column of words has nothing to say.",
    )
    return Sheet("Notes", "Notes and shorthand", lines, columns, list(MARKS.items()), widths=(20, 80))


def sheet_of(table: PackTable) -> Sheet:
    words = [table.description, *table.notes, *([] if table.rows else [EMPTY])]
    lines = tuple(sentence for word in words for sentence in SENTENCE.split(word))
    widths = tuple(width_of(column, table, place) for place, column in enumerate(table.columns))
    return Sheet(table.name, table.title, lines, table.columns, table.rows, widths=widths)


def charts_sheet(charts: Sequence[Chart]) -> Sheet:
    """Of several columns, since one column is never made smaller to fit a printed page."""
    line = "Each chart is drawn from the sheet named under it, where its figures can be read as a table."
    return Sheet(CHARTS, "Charts", (line,), charts=tuple(charts), widths=(WIDE // 5,) * 6)


def width_of(column: Column, table: PackTable, place: int) -> int:
    """In characters: room for the longest word of the title and for each cell, up to where it wraps."""
    words = max(map(len, column.title.split())) + MARGIN
    if column.datatype in (Datatype.INTEGER, Datatype.NUMBER):
        return max(NARROWEST, words)
    longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
    return min(WIDEST, max(NARROWEST, words, longest + MARGIN))


def height_of(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """In points, for the cell that wraps into most lines: not every program works it out for itself."""
    lines = max(lines_of(str(cell), width) for cell, width in zip(cells, widths, strict=True))
    return LINE_HEIGHT * lines + MARGIN


def lines_of(words: str, width: int) -> int:
    if len(words) < width and "\n" not in words:
        return 1
    return sum(max(1, len(textwrap.wrap(line, width - MARGIN))) for line in words.split("\n"))


def placed_charts(sheet: Sheet) -> Iterator[tuple[int, Chart]]:
    """Each chart with its first row: headline, statement, the chart, and the link to its figures."""
    for number, chart in enumerate(sheet.charts):
        yield sheet.header + 4 * number, chart

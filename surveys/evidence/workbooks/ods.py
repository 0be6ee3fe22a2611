"""The tables of a pack as an OpenDocument spreadsheet, with charts that a spreadsheet program draws from its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from surveys.core.csv_out import safe
from surveys.evidence.chapters.content import PackContent
from surveys.evidence.chapters.plain_files import moment_in_words
from surveys.evidence.files.archive import write_stored
from surveys.evidence.files.tables import Cell, Column, Datatype
from surveys.evidence.workbooks.charts import ABOVE, BELOW, CENTRE, SHARE, Chart, Kind
from surveys.evidence.workbooks.sheets import (
    CONTENTS,
    LINE_HEIGHT,
    MARGIN,
    TITLE_HEIGHT,
    Sheet,
    height_of,
    placed_charts,
    sheet_of,
    sheets_of,
    title_of,
)

KIND = "application/vnd.oasis.opendocument.spreadsheet"
CHART_KIND = "application/vnd.oasis.opendocument.chart"
CHART_HEIGHT = 375.0
LINE = LINE_HEIGHT + MARGIN
OASIS = ("office", "style", "text", "table", "chart", "meta")
SPACES = Markup(" ").join(
    [
        *(Markup('xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"').format(name) for name in OASIS),
        Markup('xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'),
        Markup('xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'),
        Markup('xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'),
        Markup('xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'),
        Markup('xmlns:dc="http://purl.org/dc/elements/1.1/"'),
        Markup('xmlns:xlink="http://www.w3.org/1999/xlink"'),
    ]
)


@dataclass(frozen=True)
class Row:
    """kind: words, link, head, cells or chart. target: where a link leads, or the part that the chart is in."""

    kind: str
    height: float
    cells: Sequence[Cell] = ()
    style: str = "line"
    target: str = ""
    chart: Chart | None = None
    ranges: str = ""


@dataclass(frozen=True)
class Styles:
    head: str
    cell: str


@dataclass(frozen=True)
class Page:
    """A sheet with all its rows. range: the cells of its table, where it has any."""

    sheet: Sheet
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    styles: tuple[Styles, ...]
    range: str


@dataclass(frozen=True)
class Line:
    cells: str
    label: str
    middle: bool


def write_ods(path: Path, content: PackContent) -> None:
    """Its moments are those of the cutoff, so that the same content gives the same bytes."""
    sheets = sheets_of(content)
    charts = {f"Object {number}": chart for number, chart in enumerate(of_all(sheets), 1)}
    pages = [page_of(sheet) for sheet in sheets]
    parts = {
        "content.xml": content_part(pages),
        "styles.xml": part("styles"),
        "meta.xml": part(
            "meta", title=title_of(content), author=content.council, moment=moment_in_words(content.period.cutoff_at)
        ),
        **{f"{name}/content.xml": chart_part(chart) for name, chart in charts.items()},
        **{f"{name}/styles.xml": part("chart_styles") for name in charts},
    }
    entries = [("/", KIND), *((f"{name}/", CHART_KIND) for name in charts), *((name, "text/xml") for name in parts)]
    listed = {"META-INF/manifest.xml": part("manifest", entries=entries)}
    write_stored(path, [("mimetype", KIND.encode()), *parts.items(), *listed.items()])


def of_all(sheets: Sequence[Sheet]) -> Iterator[Chart]:
    for sheet in sheets:
        yield from sheet.charts


def part(name: str, **given: object) -> bytes:
    return render_template(f"evidence/workbook/{name}.xml", namespaces=SPACES, **given).encode()


def content_part(pages: Sequence[Page]) -> bytes:
    return part(
        "content",
        pages=pages,
        widths=sorted({width for page in pages for width in page.widths}),
        heights=sorted({row.height for page in pages for row in page.rows}),
        safe_words=safe_words,
    )


def safe_words(cell: str) -> list[str]:
    """The lines of a cell of words; the apostrophe is that of the CSV file."""
    return str(safe(cell)).split("\n")


def page_of(sheet: Sheet) -> Page:
    styles = tuple(styles_of(column) for column in sheet.columns)
    return Page(sheet, tuple(rows_of(sheet)), sheet.widths, styles, table_in(sheet) if sheet.rows else "")


def table_in(sheet: Sheet) -> str:
    return f"{sheet.name}.A{sheet.header + 1}:{sheet.name}.{letter(len(sheet.columns) - 1)}{sheet.last + 1}"


def rows_of(sheet: Sheet) -> Iterator[Row]:
    yield Row("words", TITLE_HEIGHT, (sheet.title,), "title")
    for line in sheet.lines:
        yield Row("words", LINE, (line,))
    if sheet.back:
        yield Row("link", LINE, ("Back to the contents",), target=CONTENTS)
    if sheet.columns:
        titles = [column.title for column in sheet.columns]
        yield Row("head", height_of(titles, sheet.widths), titles)
    for cells in sheet.rows:
        yield Row("cells", height_of(cells, sheet.widths), cells)
    numbers = count(1)
    for _, chart in placed_charts(sheet):
        yield Row("words", LINE, (chart.headline,), "headline")
        yield Row("words", LINE, (chart.statement,))
        yield Row("chart", CHART_HEIGHT, target=f"Object {next(numbers)}", chart=chart, ranges=ranges_of(chart))
        yield Row("link", LINE, (f"Figures: {chart.table.name}",), target=chart.table.name)


def styles_of(column: Column) -> Styles:
    if column.share:
        return Styles("head-right", "share")
    if column.datatype in (Datatype.INTEGER, Datatype.NUMBER):
        return Styles("head-right", "whole" if column.datatype is Datatype.INTEGER else "number")
    return Styles("head", "words")


def letter(place: int) -> str:
    """A for 0, AA for 26."""
    first, last = divmod(place, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def cells_of(chart: Chart, column: Column) -> str:
    """The cells of one column of the chart's own sheet."""
    sheet, at = sheet_of(chart.table), letter(chart.table.place(column.name))
    return f"{sheet.name}.${at}${sheet.header + 2}:{sheet.name}.${at}${sheet.last + 1}"


def ranges_of(chart: Chart) -> str:
    return " ".join(cells_of(chart, column) for column in chart.table.columns)


def line_of(chart: Chart, column: Column) -> Line:
    sheet, at = sheet_of(chart.table), letter(chart.table.place(column.name))
    return Line(cells_of(chart, column), f"{sheet.name}.${at}${sheet.header + 1}", column == CENTRE)


def chart_part(chart: Chart) -> bytes:
    bars = chart.kind is Kind.BARS
    drawn = (SHARE,) if bars else chart.lines
    return part(
        "chart",
        bars=bars,
        names=cells_of(chart, chart.table.columns[0]),
        lines=[line_of(chart, column) for column in drawn],
        above=cells_of(chart, ABOVE) if bars else "",
        below=cells_of(chart, BELOW) if bars else "",
        points=len(chart.table.rows),
    )

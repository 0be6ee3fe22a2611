"""The tables of a pack as an Excel workbook, with charts that Excel itself draws."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.core.csv_out import safe
from surveys.evidence.chapters.content import PackContent
from surveys.evidence.files.archive import rewritten
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

FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": "none", "valign": "top"}
CHART_SIZE = {"width": 960, "height": 480}
CHART_POINTS = 370
DARK_BLUE, LIGHT_BLUE, ORANGE, GREY, GRID = "#12436D", "#6BACE6", "#F46A25", "#3D3D3D", "#D9D9D9"
WORDS = {"name": "Arial", "size": 12, "bold": False, "color": "#000000"}
LANGUAGE = b"<dc:language>en-GB</dc:language>"


@dataclass(frozen=True)
class Formats:
    title: Format
    line: Format
    link: Format
    headline: Format
    head: Format
    head_right: Format
    words: Format
    whole: Format
    share: Format
    number: Format

    def over(self, column: Column) -> Format:
        return self.head_right if column.datatype in (Datatype.INTEGER, Datatype.NUMBER) else self.head

    def of(self, column: Column) -> Format:
        if column.share:
            return self.share
        return {Datatype.INTEGER: self.whole, Datatype.NUMBER: self.number}.get(column.datatype, self.words)


def write_xlsx(path: Path, content: PackContent) -> None:
    """Its moments are those of the cutoff, so that the same content gives the same bytes."""
    book = Workbook(str(path), {"default_format_properties": dict(FONT)})
    moment = content.period.cutoff_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title_of(content), "author": content.council, "created": moment})
    formats = formats_of(book)
    for sheet in sheets_of(content):
        write_sheet(book, book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    rewritten(path, with_language)


def with_language(name: str, part: bytes) -> bytes:
    if name != "docProps/core.xml":
        return part
    return part.replace(b"</cp:coreProperties>", LANGUAGE + b"</cp:coreProperties>")


def formats_of(book: Workbook) -> Formats:
    def made(**properties: object) -> Format:
        return book.add_format({**FONT, **properties})

    wrapped, right = (
        {"text_wrap": True, "align": "left", "indent": 1},
        {"text_wrap": True, "align": "right", "indent": 1},
    )
    return Formats(
        title=made(bold=True, font_size=16),
        line=made(),
        link=made(font_color=DARK_BLUE, underline=1),
        headline=made(bold=True),
        head=made(bold=True, **wrapped),
        head_right=made(bold=True, **right),
        words=made(**wrapped),
        whole=made(num_format="#,##0", **right),
        share=made(num_format="0.0%", **right),
        number=made(num_format="#,##0.0", **right),
    )


def write_sheet(book: Workbook, page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    if not sheet.charts:
        page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_default_row(LINE_HEIGHT + MARGIN)
    page.set_row(0, TITLE_HEIGHT)
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    page.write_string(0, 0, sheet.title, formats.title)
    for row, line in enumerate(sheet.lines, 1):
        page.write_string(row, 0, line, formats.line)
    if sheet.back:
        page.write_url(sheet.header - 1, 0, f"internal:{CONTENTS}!A1", formats.link, "Back to the contents")
    if sheet.columns:
        write_table(page, sheet, formats)
    for row, chart in placed_charts(sheet):
        write_chart(book, page, row, chart, formats)


def write_table(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    for place, column in enumerate(sheet.columns):
        page.write_string(sheet.header, place, column.title, formats.over(column))
    page.set_row(sheet.header, height_of([column.title for column in sheet.columns], sheet.widths))
    for row, cells in enumerate(sheet.rows, sheet.header + 1):
        page.set_row(row, height_of(cells, sheet.widths))
        for place, (cell, column) in enumerate(zip(cells, sheet.columns, strict=True)):
            write_cell(page, row, place, cell, formats.of(column))
        if sheet.links:
            page.write_url(row, 0, f"internal:'{cells[0]}'!A1", formats.link, str(cells[0]))
    if sheet.rows:
        columns = [{"header": column.title, "header_format": formats.over(column)} for column in sheet.columns]
        told = {"name": f"table_{sheet.name}".lower(), "autofilter": False, "style": None, "columns": columns}
        ends = (sheet.header, 0, sheet.last, len(columns) - 1)
        page.add_table(*ends, {**told, "description": sheet.title})
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{sheet.last + 1}"})


def write_cell(page: Worksheet, row: int, place: int, cell: Cell, of: Format) -> None:
    """Words go in as words, whatever they begin with; the apostrophe is that of the CSV file."""
    if isinstance(cell, int | float):
        page.write_number(row, place, cell, of)
    elif cell is None or cell == "":
        page.write_blank(row, place, None, of)
    else:
        page.write_string(row, place, str(safe(cell)), of)


def write_chart(book: Workbook, page: Worksheet, row: int, chart: Chart, formats: Formats) -> None:
    page.write_string(row, 0, chart.headline, formats.headline)
    page.write_string(row + 1, 0, chart.statement, formats.line)
    drawn = bars(book, chart) if chart.kind is Kind.BARS else lines(book, chart)
    drawn.set_size(CHART_SIZE)
    drawn.set_title({"none": True})
    page.set_row(row + 2, CHART_POINTS + 10)
    page.insert_chart(row + 2, 0, drawn, {"description": f"{chart.headline}. {chart.words}", "object_position": 1})
    page.write_url(row + 3, 0, f"internal:{chart.table.name}!A1", formats.link, f"Figures: {chart.table.name}")


def cells_of(chart: Chart, column: Column) -> str:
    """The cells of one column of the chart's own sheet."""
    sheet, letter = sheet_of(chart.table), "ABCDEFGH"[chart.table.place(column.name)]
    return f"={sheet.name}!${letter}${sheet.header + 2}:${letter}${sheet.last + 1}"


def bars(book: Workbook, chart: Chart) -> Drawn:
    drawn = book.add_chart({"type": "bar"})
    interval = {
        "type": "custom",
        "plus_values": cells_of(chart, ABOVE),
        "minus_values": cells_of(chart, BELOW),
        "line": {"color": "#000000", "width": 1.5},
    }
    drawn.add_series(
        {
            "name": SHARE.title,
            "categories": cells_of(chart, chart.table.columns[0]),
            "values": cells_of(chart, SHARE),
            "fill": {"color": LIGHT_BLUE},
            "border": {"color": DARK_BLUE, "width": 1},
            "gap": 60,
            "y_error_bars": interval,
            "data_labels": {"value": True, "position": "inside_base", "num_format": "0%", "font": WORDS},
        }
    )
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": WORDS, "major_gridlines": {"visible": False}})
    drawn.set_x_axis(shares_axis())
    drawn.set_legend({"none": True})
    return drawn


def shares_axis() -> dict[str, object]:
    grid = {"visible": True, "line": {"color": GRID, "width": 0.75}}
    return {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%", "num_font": WORDS, "major_gridlines": grid}


def lines(book: Workbook, chart: Chart) -> Drawn:
    """The figures as a line with points; what is usual as dashes, told apart by their form as well."""
    drawn = book.add_chart({"type": "line"})
    for column in chart.lines:
        drawn.add_series(
            {
                "name": column.title,
                "categories": cells_of(chart, chart.table.columns[0]),
                "values": cells_of(chart, column),
                **look_of(column),
            }
        )
    drawn.set_x_axis({"num_font": WORDS, "interval_unit": max(1, len(chart.table.rows) // 8), "text_axis": True})
    drawn.set_y_axis(shares_axis())
    drawn.set_legend({"position": "top", "font": WORDS})
    drawn.show_blanks_as("gap")
    return drawn


def look_of(column: Column) -> dict[str, object]:
    if column == SHARE:
        fill = {"color": DARK_BLUE}
        return {
            "line": {"color": DARK_BLUE, "width": 2.25},
            "marker": {"type": "circle", "size": 7, "fill": fill, "border": fill},
        }
    color, dash = (GREY, "dash") if column == CENTRE else (ORANGE, "square_dot")
    return {"line": {"color": color, "width": 2, "dash_type": dash}, "marker": {"type": "none"}}

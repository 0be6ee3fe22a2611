"""An export as a file: CSV, or a workbook whose sheets go on where one is full. Constant memory, safe to open."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from surveys.core.csv_out import safe
from surveys.evidence.exports.rows import ExportTable, Row
from surveys.evidence.files.described import write_csv
from surveys.evidence.files.tables import Column

CSV, XLSX = "csv", "xlsx"
MIMETYPES = {CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# What a sheet of Excel holds, less the line of headings; and what one of its cells holds.
MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767
WIDTH = 18
# So often somebody is told that the work goes on.
TOLD_EACH = 5_000


def write_export(path: Path, form: str, table: ExportTable, about: str, tell: Callable[[int], None]) -> int:
    """The number of rows that were written. about: a sentence for the first sheet of a workbook."""
    if form == XLSX:
        return write_workbook(path, table, about, tell)
    return write_csv(path, table.columns, told(table.rows, tell))


def told(rows: Iterator[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number % TOLD_EACH == 0:
            tell(number)
        yield row


def write_workbook(path: Path, table: ExportTable, about: str, tell: Callable[[int], None]) -> int:
    options = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
    count, rows = 0, told(table.rows, tell)
    with Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        write_about(book.add_worksheet("About"), table.columns, about, bold)
        for number, (first, rest) in enumerate(sheets_of(rows), 1):
            sheet = book.add_worksheet("Rows" if number == 1 else f"Rows {number}")
            count += write_sheet(sheet, table.columns, chain([first], rest), bold)
        if not count:
            write_sheet(book.add_worksheet("Rows"), table.columns, iter(()), bold)
    return count


def sheets_of(rows: Iterator[Row]) -> Iterator[tuple[Row, Iterator[Row]]]:
    """(the first row, the others) of each sheet. The others must be gone through before the next is asked for."""
    while (first := next(rows, None)) is not None:
        yield first, islice(rows, MOST_ROWS - 1)


def write_about(sheet: Worksheet, columns: tuple[Column, ...], about: str, bold: object) -> None:
    sheet.set_column(0, 1, 2 * WIDTH)
    sheet.write_string(0, 0, about, bold)
    sheet.write_string(2, 0, "Column", bold)
    sheet.write_string(2, 1, "What it holds", bold)
    for number, column in enumerate(columns, 3):
        sheet.write_string(number, 0, column.name)
        sheet.write_string(number, 1, ": ".join(filter(None, (column.title, column.description))))


def write_sheet(sheet: Worksheet, columns: tuple[Column, ...], rows: Iterator[Row], bold: object) -> int:
    """Every cell as text, so that nothing in it is ever a formula, a link or half a date."""
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, fitting(str(safe(cell))))
    return number


def fitting(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - 2] + " …"

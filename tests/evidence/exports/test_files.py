"""An export's file: safe to open, whole, and in as many sheets as it needs."""

import csv
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from surveys.evidence.exports import files as export_files
from surveys.evidence.exports.files import write_export
from surveys.evidence.exports.rows import ExportTable, Row
from surveys.evidence.files.tables import Column

COLUMNS = (Column("service", "Service"), Column("comment.why", "why", description="redacted"))
HOSTILE = ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", 'a "b", c', "two\nlines"]


def write(path: Path, rows: Iterable[Row]) -> int:
    return write_export(path, path.suffix[1:], ExportTable(COLUMNS, iter(rows)), "Answers", lambda _rows: None)


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_a_csv_file_has_every_row_and_starts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert write(path, [("parking", words) for words in HOSTILE]) == len(HOSTILE)
    with path.open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    assert header == ["service", "comment.why"]
    assert [words.removeprefix("'") for _, words in rows] == HOSTILE
    assert all(words.startswith("'") for _, words in rows[:7])


def test_a_workbook_has_the_same_cells_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write(path, [("parking", words) for words in HOSTILE]) == len(HOSTILE)
    found = sheets(path)
    assert list(found) == ["About", "Rows"]
    assert found["About"][0][0] == "Answers"
    assert [words for _, words in found["Rows"][1:]] == [
        f"'{words}" if number < 7 else words for number, words in enumerate(HOSTILE)
    ]
    cells = [cell for row in openpyxl.load_workbook(path)["Rows"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "MOST_ROWS", 3)
    path = tmp_path / "a.xlsx"
    assert write(path, [("parking", str(n)) for n in range(7)]) == 7
    found = sheets(path)
    assert [len(rows) for rows in found.values()][1:] == [4, 4, 2]
    assert {rows[0] for name, rows in found.items() if name != "About"} == {("service", "comment.why")}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_without_rows_has_its_headings(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    assert write(path, []) == 0
    if form == "csv":
        assert path.read_text() == "service,comment.why\n"
    else:
        assert sheets(path)["Rows"] == [("service", "comment.why")]


def test_a_cell_that_is_longer_than_excel_takes_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [("parking", "x" * 40_000)])
    words = str(sheets(path)["Rows"][1][1])
    assert len(words) == export_files.LONGEST_CELL
    assert words.endswith(" …")


def test_whoever_waits_is_told_that_the_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "TOLD_EACH", 2)
    told: list[int] = []
    write_export(tmp_path / "a.csv", "csv", ExportTable(COLUMNS, iter([("a", "b")] * 5)), "Answers", told.append)
    assert told == [2, 4]

"""The workbooks of a pack: the figures of its CSV files, marked up as tables, safe to open, with their charts."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook

from proof.sheets import TABLE, part
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.archive import sha256_of
from surveys.evidence.files.tables import Column, PackTable
from surveys.evidence.workbooks.ods import write_ods
from surveys.evidence.workbooks.xlsx import write_xlsx
from tests.evidence.made_packs import MadePack
from tests.evidence.made_workbooks import BOOKS, edit, faults_of, make_content, part_with
from tests.evidence.tabled import answer

SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
HEADLINE = "From 40% (Parking) to 80% (Libraries) were satisfied"
FORMULAS = ("=1+1", "@SUM(A1)", "+44", "-1", "\t=1", "＝1")


def test_both_have_every_cell_of_the_csv_files(made_pack: MadePack) -> None:
    assert faults_of(made_pack.folder) == []


@pytest.mark.parametrize("book", BOOKS)
def test_a_figure_edited_in_either_is_found(made_pack: MadePack, tmp_path: Path, book: str) -> None:
    folder = made_pack.copy(tmp_path)
    place = part_with(folder / book, b"95% interval, lower") if book.endswith("ods") else "xl/worksheets/sheet4.xml"
    before = b'office:value="0.6"' if book.endswith("ods") else b"<v>0.6</v>"
    edit(folder / book, place, before, before.replace(b"0.6", b"0.9"))
    [fault] = faults_of(folder)
    assert f"{book}, sheet results, line " in fault
    assert fault.endswith("Share satisfied: '0.9', not '0.6'")


@pytest.mark.parametrize("book", BOOKS)
def test_a_workbook_that_is_missing_is_told(made_pack: MadePack, tmp_path: Path, book: str) -> None:
    folder = made_pack.copy(tmp_path)
    (folder / book).write_bytes(b"no archive")
    with pytest.raises(Exception, match="cannot be opened"):
        faults_of(folder)


def test_a_chart_drawn_from_another_figure_is_found(made_pack: MadePack, tmp_path: Path) -> None:
    folder = made_pack.copy(tmp_path)
    sheets = load_workbook(folder / "results.xlsx").sheetnames
    place = f"xl/worksheets/sheet{sheets.index('chart_services') + 1}.xml"
    edit(folder / "results.xlsx", place, b"<v>0.4</v>", b"<v>0.8</v>")
    assert any("sheet chart_services: parking is not drawn as the table results has it" in f for f in faults_of(folder))


def test_excel_finds_each_table_under_its_titles_with_nothing_below(made_pack: MadePack) -> None:
    book = load_workbook(made_pack.folder / "results.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert book.properties.language == "en-GB"
    assert book.properties.title == "Test Council: customer satisfaction, March 2026"
    assert book.active.title == "Cover"
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].font.sz == 16
        for table in sheet.tables.values():
            first, last = table.ref.split(":")
            assert sheet[last].row == sheet.max_row
            assert first.startswith("A")
            assert table.autoFilter is None
    described = {"Cover", "Charts"}
    assert {sheet.title for sheet in book if not sheet.tables} - described == {
        sheet.title for sheet in book if "This table has no rows" in str([cell.value for cell in sheet["A"]])
    }


def test_each_sheet_can_be_reached_from_the_contents(made_pack: MadePack) -> None:
    book = load_workbook(made_pack.folder / "results.xlsx")
    linked = {cell.value for cell in book["Contents"]["A"] if cell.hyperlink}
    assert linked == set(book.sheetnames) - {"Cover", "Contents"}


def test_excel_finds_the_charts_with_words_in_their_place(made_pack: MadePack) -> None:
    book = load_workbook(made_pack.folder / "results.xlsx")
    bars, lines = book["Charts"]._charts
    assert bars.series[0].val.numRef.f.startswith("chart_services!$C$")
    assert bars.series[0].errBars.plus.numRef.f.startswith("chart_services!$G$")
    assert lines.series[0].val.numRef.f.startswith("chart_months!$C$")
    with ZipFile(made_pack.folder / "results.xlsx") as opened:
        drawing = opened.read("xl/drawings/drawing1.xml").decode()
    assert (
        "From 40% (Parking) to 80% (Libraries) were satisfied. Bar chart. Parking 40%, interval 26% to 55%" in drawing
    )


def test_the_open_document_has_the_same_tables_and_charts(made_pack: MadePack) -> None:
    book = load_workbook(made_pack.folder / "results.xlsx")
    with ZipFile(made_pack.folder / "results.ods") as opened:
        content = part(opened, "content.xml")
        listed = opened.read("META-INF/manifest.xml").decode()
        assert opened.namelist()[0] == "mimetype"
        assert all(f'full-path="{name}"' in listed for name in opened.namelist() if name.startswith("Object"))
        assert b"<dc:language>en-GB</dc:language>" in opened.read("meta.xml")
    tables = {one.get(f"{TABLE}name") for one in content.iter(f"{TABLE}database-range")}
    assert tables == {table for sheet in book for table in sheet.tables}
    assert next(one.text for one in content.iter(f"{SVG}title")) == HEADLINE
    assert all(one.text for one in content.iter(f"{SVG}desc"))


def test_words_that_would_be_a_formula_stay_words(app: Flask, tmp_path: Path) -> None:
    columns = (Column("number", "Number"), Column("words", "Words"))
    rows = [(str(number), words) for number, words in enumerate(FORMULAS)]
    content = make_content(PackTable("said", "Said", "What was said.", columns, rows, ("number",)))
    write_xlsx(tmp_path / "a.xlsx", content)
    write_ods(tmp_path / "a.ods", content)
    told = load_workbook(tmp_path / "a.xlsx")["said"]["B"][-len(FORMULAS) :]
    assert [cell.value for cell in told] == [f"'{words}" for words in FORMULAS]
    assert {cell.data_type for cell in told} == {"s"}
    with ZipFile(tmp_path / "a.ods") as opened:
        words = opened.read("content.xml").decode()
    assert "formula" not in words
    assert all(f"<text:p>&#39;{formula}</text:p>" in words for formula in FORMULAS)


def test_what_no_workbook_can_hold_is_taken_out_of_every_form_of_a_table(app: Flask, tmp_path: Path) -> None:
    table = PackTable("said", "Said", "What was said.", (Column("words", "Words"),), [("a\x0bb\r\nc\x00",)], ("words",))
    assert table.rows == [("a b\nc ",)]
    write_xlsx(tmp_path / "a.xlsx", make_content(table))
    write_ods(tmp_path / "a.ods", make_content(table))
    assert load_workbook(tmp_path / "a.xlsx")["said"]["A"][-1].value == "a b\nc "
    with ZipFile(tmp_path / "a.ods") as opened:
        assert "<text:p>a b</text:p><text:p>c </text:p>" in opened.read("content.xml").decode()


def test_a_pack_without_answers_has_tables_and_no_charts(app: Flask, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", make_content())
    write_ods(tmp_path / "a.ods", make_content())
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Cover", "Contents", "Notes", "results"]
    with ZipFile(tmp_path / "a.ods") as opened:
        assert [name for name in opened.namelist() if name.startswith("Object")] == []


def test_a_hidden_service_is_left_out_of_the_chart_and_never_drawn_as_nought(tmp_path: Path) -> None:
    tally = answer(answer(Tally(), 40), 3, service="libraries")
    answer(tally, 20, service="transport")
    write_xlsx(tmp_path / "a.xlsx", make_content(tally=tally))
    drawn = [cell.value for cell in load_workbook(tmp_path / "a.xlsx")["chart_services"]["B"]]
    assert "parking" in drawn
    assert "libraries" not in drawn


def test_the_same_content_gives_the_same_bytes(app: Flask, tmp_path: Path) -> None:
    for write, ending in ((write_xlsx, "xlsx"), (write_ods, "ods")):
        for name in ("a", "b"):
            write(tmp_path / f"{name}.{ending}", make_content(tally=answer(Tally(), 40)))
        assert sha256_of(tmp_path / f"a.{ending}") == sha256_of(tmp_path / f"b.{ending}")

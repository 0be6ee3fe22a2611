"""The cover page of a pack tells its tables and nothing else, and its bytes and its PDF's are the same each time."""

import re
from ctypes import c_ushort, create_string_buffer
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from bs4 import BeautifulSoup

from proof.__main__ import verify
from proof.shown import MARK, Figures
from surveys.core.refusals import Refused
from surveys.evidence.cover.pdf import write_pdf
from surveys.evidence.cover.writing import SECTIONS
from surveys.evidence.files.archive import sha256_of
from tests.evidence.made_packs import MadePack
from tests.pages import faults_of_page


def page_of(pack: MadePack) -> str:
    return (pack.folder / "index.html").read_text(encoding="utf-8")


def soup_of(pack: MadePack) -> BeautifulSoup:
    return BeautifulSoup(page_of(pack), "html5lib")


def test_a_built_pack_holds_and_every_figure_of_its_cover_page_is_compared(made_pack: MadePack) -> None:
    report = verify(made_pack.folder)
    assert [line for line in report.lines() if line.startswith("FAILS")] == []
    figures = Figures()
    figures.feed(page_of(made_pack))
    assert len(figures.found) > 300


def test_one_figure_edited_on_the_page_is_found(made_pack: MadePack, tmp_path: Path) -> None:
    folder = made_pack.copy(tmp_path)
    page = folder / "index.html"
    words = page.read_text(encoding="utf-8")
    figure = '<span data-figure="results|whole|all|all|all|share">'
    shown = words.split(figure)[1].split("<")[0]
    page.write_text(words.replace(f"{figure}{shown}", f"{figure}99%", 1), encoding="utf-8")
    report = "\n".join(verify(folder).lines())
    assert f"results|whole|all|all|all|share is shown as '99%' and is '{shown}'" in report


def test_every_percentage_of_a_sentence_says_whose_figure_it_is(made_pack: MadePack) -> None:
    """Those of the method, such as 95% intervals, are no figures of the pack."""
    page = soup_of(made_pack)
    for marked in page.find_all(attrs={"data-figure": True}):
        marked.decompose()
    for axis in page.find_all("svg"):
        axis.decompose()
    assert set(re.findall(r"\d[\d,.]*%", page.main.get_text(" "))) <= {"95%"}


def test_two_builds_have_the_same_page_and_the_same_pdf_to_the_byte(made_pack: MadePack) -> None:
    assert sha256_of(made_pack.archive) == sha256_of(made_pack.again)


def test_the_page_is_well_made_and_needs_nothing_beside_it(made_pack: MadePack) -> None:
    words, page = page_of(made_pack), soup_of(made_pack)
    assert faults_of_page(words) == []
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert page.find_all(["script", "link", "img", "iframe"]) == []
    links = [link["href"] for link in page.find_all("a", href=True)]
    assert [link for link in links if "//" in link] == []
    for link in links:
        target = link.removeprefix("#")
        there = page.find(id=target) is not None if link.startswith("#") else (made_pack.folder / link).is_file()
        assert there, link


def test_it_has_its_sections_in_the_order_of_an_assessor(made_pack: MadePack) -> None:
    headings = [heading.get_text(strip=True) for heading in soup_of(made_pack).find_all("h2")]
    assert headings[:2] == ["How to check it", "Contents"]
    assert headings[2:] == [title for title, _ in SECTIONS.values()]


def test_the_least_satisfied_is_named_before_the_most_satisfied(made_pack: MadePack) -> None:
    page = soup_of(made_pack)
    services = [row.th.get_text(strip=True) for row in caption(page, "Satisfaction by service").find_all("tr")[1:]]
    assert services == ["Parking", "Libraries"]
    words = " ".join(page.get_text(" ").split())
    assert words.index("was rated lowest") < words.index("was rated highest")
    first = caption(page, "Overall, how satisfied").find_all("tr")[1]
    assert first.th.get_text(strip=True) == "Very dissatisfied"


def caption(page: BeautifulSoup, words: str) -> BeautifulSoup:
    """The table whose caption begins so."""
    return next(table for table in page.find_all("table") if table.caption.get_text(strip=True).startswith(words))


def test_each_chart_has_a_title_words_and_its_table(made_pack: MadePack) -> None:
    charts = soup_of(made_pack).find_all("svg")
    assert charts
    for chart in charts:
        assert chart["role"] == "img"
        assert chart.title.get_text(strip=True)
        assert chart.desc.get_text(strip=True)
        assert chart.find_next("table") is not None
        assert all(MARK.fullmatch(words) is None for words in chart.stripped_strings)


def test_it_says_what_it_does_not_show(made_pack: MadePack) -> None:
    words = " ".join(soup_of(made_pack).get_text(" ").split())
    assert "Limits: what this does not show" in words
    assert "Do not compare these figures" in words
    assert "Most residents who were asked did not answer" not in words
    assert "Nobody uploaded counts of another system for this period" in words


def test_the_pdf_is_tagged_with_title_language_and_bookmarks_in_its_own_fonts(made_pack: MadePack) -> None:
    path = made_pack.folder / "cover.pdf"
    document = pypdfium2.PdfDocument(path)
    about = document.get_metadata_dict()
    assert about["Title"].startswith("Customer satisfaction, March 2026")
    assert about["CreationDate"] == "D:20260415011000Z"
    assert pdfium.FPDFCatalog_IsTagged(document)
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert [title for title, _ in SECTIONS.values() if title not in titles] == []
    assert language_of(document) == "en-GB"
    assert fonts_of(document) == {("Source-Sans-Pro", True), ("Source-Sans-Pro-Bold", True)}
    assert "Page 1 of" in document[0].get_textpage().get_text_range()


def language_of(document: pypdfium2.PdfDocument) -> str:
    buffer = (c_ushort * 20)()
    size = pdfium.FPDFCatalog_GetLanguage(document, buffer, 20)
    return bytes(buffer)[: size - 2].decode("utf-16-le")


def fonts_of(document: pypdfium2.PdfDocument) -> set[tuple[str, bool]]:
    """(name, whether it is embedded) of the fonts of all words."""
    found = set()
    for page in document:
        for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
            font, name = pdfium.FPDFTextObj_GetFont(one), create_string_buffer(100)
            pdfium.FPDFFont_GetBaseFontName(font, name, 100)
            found.add((name.value.decode().rpartition("+")[2], bool(pdfium.FPDFFont_GetIsEmbedded(font))))
    return found


def test_without_its_library_or_with_a_broken_program_it_is_refused_in_words(tmp_path: Path) -> None:
    page, program = tmp_path / "index.html", tmp_path / "program.py"
    page.write_text("<!doctype html><title>x</title>", encoding="utf-8")
    program.write_text("import os, sys\nsys.exit(os.EX_UNAVAILABLE)\n", encoding="utf-8")
    with pytest.raises(Refused, match="this machine has no Pango"):
        write_pdf(page, tmp_path / "cover.pdf", program)
    program.write_text("raise SystemExit(1)\n", encoding="utf-8")
    with pytest.raises(Refused, match="could not be made"):
        write_pdf(page, tmp_path / "cover.pdf", program)


def test_the_program_that_prints_gets_nothing_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret that no child process needs")
    page, program, pdf = tmp_path / "index.html", tmp_path / "program.py", tmp_path / "cover.pdf"
    page.write_text("<!doctype html><title>x</title>", encoding="utf-8")
    program.write_text(
        "import os, sys, pathlib\npathlib.Path(sys.argv[2]).write_text(' '.join(sorted(os.environ)))\n",
        encoding="utf-8",
    )
    write_pdf(page, pdf, program)
    assert set(pdf.read_text(encoding="utf-8").split()) <= {"FONTCONFIG_FILE", "LC_ALL", "LC_CTYPE", "PATH"}

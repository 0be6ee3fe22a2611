"""The printed poster: its code leads to its address, and its words are whole in both languages."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient

from surveys.answers.models import PointKind
from surveys.answers.poster import POSTER_WORDS, SIDES, Poster, poster_pdf
from surveys.answers.qr import as_svg, dark_runs
from surveys.core.settings import Settings
from tests.makers.people import make_user, sign_in
from tests.makers.points import make_point, path_of

POSTER = Poster("Cyngor Tŷ Ŵyr", "#12436d", "Council tax", "Neuadd yr Ŷd", "https://arolwg.example.gov.uk/q/bkdfmtrw")


def read(pdf: bytes) -> tuple[Any, str, list[str]]:
    """(the document, its words in one line, what its codes say)."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    words = " ".join(page.get_textpage().get_text_range().split())
    picture = page.render(scale=1.5).to_pil()
    return document, words, [found.text for found in zxingcpp.read_barcodes(picture)]


def test_the_code_on_the_poster_leads_to_the_poster_s_own_address(client: FlaskClient) -> None:
    settings: Settings = client.application.extensions["settings"]
    point = make_point(PointKind.POSTER)
    number, path = point.id, path_of(point)
    sign_in(client, make_user())
    response = client.get(f"/points/{number}/poster.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="poster-{number}.pdf"'
    document, words, codes = read(response.data)
    assert len(document) == 1
    assert codes == [settings.survey_url(path)]
    assert settings.survey_url(path).partition("://")[2] in words


def test_a_kiosk_has_no_poster(client: FlaskClient) -> None:
    number = make_point().id
    sign_in(client, make_user())
    assert client.get(f"/points/{number}/poster.pdf").status_code == 404


def test_the_words_are_whole_in_both_languages_with_the_letters_of_welsh() -> None:
    _, words, codes = read(poster_pdf(POSTER))
    assert codes == [POSTER.address]
    for told in (POSTER.council, POSTER.service, POSTER.place, "arolwg.example.gov.uk/q/bkdfmtrw"):
        assert told in words
    for language in SIDES:
        assert POSTER_WORDS[language]["title"] in words
        assert set(POSTER_WORDS[language]["open"].split()) <= set(words.split())


def test_the_document_has_a_title_and_a_language_and_brings_its_fonts() -> None:
    pdf = poster_pdf(POSTER)
    document, _, _ = read(pdf)
    assert document.get_metadata_value("Title") == "How did we do? / Sut wnaethon ni?"
    assert document.get_metadata_value("Author") == POSTER.council
    assert b"/Lang (en-GB)" in pdf
    assert pdf.count(b"/FontFile2") == 2
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("length", [1, 80])
def test_long_names_stay_on_the_paper(length: int) -> None:
    long = ("Ŵ" * length, "#12436d", "W" * length, "M" * length, f"https://{'w' * 60}.example.gov.uk/q/bkdfmtrw")
    document, _, codes = read(poster_pdf(Poster(*long)))
    width, height = document[0].get_size()
    for found in document[0].get_objects():
        left, bottom, right, top = found.get_bounds()
        assert left >= -1
        assert bottom >= -1
        assert right <= width + 1
        assert top <= height + 1
    assert codes == [long[-1]]


def test_the_picture_on_the_page_is_the_same_code_without_styles() -> None:
    drawn = str(as_svg(POSTER.address))
    assert "style" not in drawn
    assert "<script" not in drawn
    modules, runs = dark_runs(POSTER.address)
    dark = {(column + n, row) for column, row, length in runs for n in range(length)}
    finder = {(x, y) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6)}
    assert finder <= dark
    assert {(modules - 1 - x, y) for x, y in finder} <= dark
    assert (1, 1) not in dark

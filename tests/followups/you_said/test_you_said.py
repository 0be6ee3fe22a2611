"""The public page and the poster "You said, we did": approved words, quotations that still are, and figures for all."""

from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.comments.quotations.models import Quotation
from surveys.core.db import db, transaction
from surveys.followups.improvements.models import Publishing
from surveys.followups.you_said.poster import Sheet, sheet_pdf
from surveys.followups.you_said.published import Told, published_share
from surveys.people.models import Service
from surveys.people.roles import Role
from surveys.rates.months import Month
from tests.counting import statements
from tests.followups.made import MOMENT
from tests.makers.improvements import make_improvement, make_quotation, make_rated
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.questionnaires import make_published, publish_changed, use
from tests.pages import soup, text_of


@pytest.fixture
def reviewer(app: Flask) -> int:
    return make_user(Role.REVIEWER).id


def test_only_what_is_published_can_be_read_by_anybody(client: FlaskClient, reviewer: int) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    make_improvement(parking, approved_by=reviewer, title="Shorter waits")
    make_improvement(bins, approved_by=reviewer, title="Cleaner bins", done_on=date(2026, 11, 2))
    make_improvement(approved_by=reviewer, title="For everybody")
    make_improvement(parking, title="A draft of ours")
    make_improvement(parking, title="A proposal", publishing=Publishing.PROPOSED, proposed_by=reviewer)
    page = client.get("/you-said-we-did")
    assert [h.get_text() for h in soup(page).select("article h2")] == ["For everybody", "Cleaner bins", "Shorter waits"]
    words = text_of(page)
    assert "You said It took too long to get through." in words
    assert "Done in November 2026. Has it helped? It is too early to tell." in words
    assert soup(page).find("script") is None
    assert "Set-Cookie" not in page.headers
    own = text_of(client.get("/you-said-we-did/bins"))
    assert "Cleaner bins" in own
    assert "Shorter waits" not in own
    assert client.get("/you-said-we-did/nothing").status_code == 404
    assert "Nothing is published here yet." in text_of(client.get(f"/you-said-we-did/{make_service('x', 'X').slug}"))


def test_a_quotation_that_is_withdrawn_or_erased_is_gone_at_once(client: FlaskClient, reviewer: int) -> None:
    quotation = make_quotation(reviewer)
    parking = db.session.get_one(Service, 1)
    make_improvement(parking, approved_by=reviewer, quotations=[quotation])
    first = client.get("/you-said-we-did")
    assert "“waited for forty minutes”" in text_of(first)
    same = client.get("/you-said-we-did", headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, first.headers["Cache-Control"]) == (304, "public, no-cache")
    with transaction():
        db.session.delete(db.session.get_one(Quotation, quotation))
    after = client.get("/you-said-we-did", headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert "forty minutes" not in text_of(after)


def test_what_was_measured_is_told_in_rounded_figures(client: FlaskClient, reviewer: int) -> None:
    parking = make_service()
    make_rated(parking.id, Month(2026, 6), 36, 61)
    make_rated(parking.id, Month(2026, 9), 54, 62)
    make_improvement(parking, approved_by=reviewer, done_on=date(2026, 8, 20))
    told = (
        "Very or fairly satisfied: 59% of about 60 answers in May 2026 to July 2026, and 87% of about 60 in September "
        "2026 to October 2026. That is 28 percentage points better (12 to 42, to allow for chance)."
    )
    words = text_of(client.get("/you-said-we-did"))
    assert told in words
    assert "other changes" not in words
    make_improvement(parking, done_on=date(2026, 10, 1), title="A draft of ours")
    words = text_of(client.get("/you-said-we-did"))
    assert "We made other changes in the same months" in words
    assert "A draft of ours" not in words


def test_few_answers_are_told_to_nobody_outside(client: FlaskClient, reviewer: int) -> None:
    parking = make_service()
    make_rated(parking.id, Month(2026, 6), 20, 29)
    make_rated(parking.id, Month(2026, 9), 35, 40)
    make_improvement(parking, approved_by=reviewer, done_on=date(2026, 8, 20))
    words = text_of(client.get("/you-said-we-did"))
    assert "Too few people have answered since to tell." in words
    assert "%" not in words


def test_it_is_said_whether_the_question_or_the_whole_questionnaire_was_another_one(
    client: FlaskClient, reviewer: int, clock: time_machine.Traveller
) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    for service in (parking, bins):
        make_rated(service.id, Month(2026, 6), 36, 61)
        make_rated(service.id, Month(2026, 9), 54, 62)
        make_improvement(service, approved_by=reviewer, done_on=date(2026, 8, 20))
    clock.move_to(datetime(2026, 9, 3, 9, tzinfo=UTC))
    use(make_published("About parking"), parking.id)
    clock.move_to(datetime(2026, 9, 4, 9, tzinfo=UTC))
    publish_changed(lambda found: found | {"questions": [shorter(found["questions"][0]), *found["questions"][1:]]})
    clock.move_to(MOMENT)
    for slug, language, said in (
        ("bins", "en", "We changed the question, so we cannot compare the answers."),
        ("parking", "en", "We changed the questionnaire, so we cannot compare the answers."),
        ("bins", "cy", "Newidiwyd y cwestiwn gennym, felly ni allwn gymharu’r atebion."),
        ("parking", "cy", "Newidiwyd yr holiadur gennym, felly ni allwn gymharu’r atebion."),
    ):
        words = text_of(client.get(f"/you-said-we-did/{slug}?lang={language}"))
        assert said in words
        assert "%" not in words


def shorter(question: dict[str, Any]) -> dict[str, Any]:
    return question | {"text": question["text"] | {"en": "How happy are you with us?"}}


@pytest.mark.parametrize(
    ("count", "base", "shown"), [(3, 9, None), (0, 20, None), (34, 100, 34), (1, 200, 1), (None, None, None)]
)
def test_the_share_of_comments_is_published_only_where_it_is_of_enough(
    count: int | None, base: int | None, shown: int | None
) -> None:
    assert published_share(count, base) == shown


def test_it_is_in_welsh_too_and_the_words_keep_their_own_language(client: FlaskClient, reviewer: int) -> None:
    make_improvement(make_service(), approved_by=reviewer, done_on=date(2026, 11, 2))
    page = client.get("/you-said-we-did?lang=cy")
    assert "Wedi’i wneud ym mis Tachwedd 2026." in text_of(page)
    assert soup(page).select_one("html[lang=cy]")
    assert soup(page).select_one("article p[lang=en]")
    browser = client.get("/you-said-we-did", headers={"Accept-Language": "cy"})
    assert "Dywedoch chi" in text_of(browser)
    assert "Accept-Language" in browser.headers["Vary"]


def test_the_page_reads_a_bounded_number_of_the_newest_ones(
    client: FlaskClient, reviewer: int, clock: time_machine.Traveller
) -> None:
    parking, by = make_service(), make_user().id
    for n in range(32):
        clock.move_to(datetime(2026, 11, 23, 8, n, tzinfo=UTC))
        make_improvement(parking, by, approved_by=reviewer, done_on=date(2026, n % 9 + 1, 3), title=f"Number {n}")
    with statements() as seen:
        page = client.get("/you-said-we-did")
    titles = [h.get_text() for h in soup(page).select("article h2")]
    assert (len(titles), titles[0], titles[-1]) == (30, "Number 31", "Number 2")
    assert len(seen) <= 10, seen


def read(pdf: bytes) -> tuple[pypdfium2.PdfDocument, str]:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    return document, " ".join(words.split())


def test_the_poster_has_approved_words_and_the_address(client: FlaskClient, reviewer: int) -> None:
    quotation = make_quotation(reviewer)
    parking, bins = db.session.get_one(Service, 1), make_service("bins", "Bins")
    one = make_improvement(parking, approved_by=reviewer, quotations=[quotation], title="Shorter waits")
    draft = make_improvement(parking, title="A draft")
    other = make_improvement(bins, approved_by=reviewer)
    sign_in(client, make_user(Role.MANAGER))
    response = client.get(f"/improvements/poster.pdf?number={one}")
    assert response.mimetype == "application/pdf"
    document, words = read(response.data)
    assert len(document) == 1
    assert document.get_metadata_value("Title") == "You said, we did"
    for told in ("Test Council", "Shorter waits", "“waited for forty minutes”", "/you-said-we-did/parking"):
        assert told in words
    assert client.get(f"/improvements/poster.pdf?number={one}&number={draft}").status_code == 404
    assert client.get(f"/improvements/poster.pdf?number={one}&number={other}").status_code == 422
    assert client.get("/improvements/poster.pdf").status_code == 422
    sign_in(client, make_user(Role.ASSESSOR, service=bins))
    assert client.get(f"/improvements/poster.pdf?number={one}").status_code == 404


def told(words: int, service: str = "Parking") -> Told:
    text = " ".join(f"word{n}" for n in range(words))
    return Told(1, text[:120], text[:600], text[:600], (), service, 1, Month(2026, 3), None, None, None)


@pytest.mark.parametrize(("count", "words", "pages"), [(1, 5, 1), (1, 100, 1), (3, 5, 1), (3, 100, 3)])
def test_long_words_fit_or_flow_over_and_stay_on_the_paper(count: int, words: int, pages: int) -> None:
    long = tuple(told(words) for _ in range(count))
    document, read_words = read(sheet_pdf(Sheet("W" * 60, "#12436d", "M" * 80, "https://x.example/you", "en", long)))
    assert len(document) == pages
    assert read_words.count("word1 ") == 3 * count
    width, height = document[0].get_size()
    for page in document:
        for found in page.get_objects():
            left, bottom, right, top = found.get_bounds()
            assert left >= -1
            assert bottom >= -1
            assert right <= width + 1
            assert top <= height + 1


def test_the_poster_names_its_language_and_brings_its_fonts() -> None:
    pdf = sheet_pdf(Sheet("Cyngor Tŷ Ŵyr", "#12436d", "Parcio", "https://x.example/you", "cy", (told(4),)))
    document, words = read(pdf)
    assert b"/Lang (cy)" in pdf
    assert b"Helvetica" not in pdf
    assert document.get_metadata_value("Title") == "Dywedoch chi, gwnaethom ni"
    assert "Cyngor Tŷ Ŵyr" in words

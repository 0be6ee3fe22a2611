"""Published figures in each language that there is: the same figures, all words in it, and kept from page to page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.clock import day_in_words
from surveys.evidence.publishing.counts import STAGES
from surveys.evidence.publishing.wording import LANGUAGES, OWN_WORDS, channel_in, day_in, month_in, quarter_in
from surveys.rates.protection_tables import Mark
from tests.evidence.quarterly import (
    MOMENT,
    NAMES,
    SUMMER,
    make_figures,
    publish_now,
    some_ratings,
    with_late_answers,
)
from tests.pages import soup, text_of

PUBLIC = ("/results", "/results/parking")
WHY = "We found a mistake in the answers that people sent us by post."


@pytest.fixture(autouse=True)
def published(app: Flask) -> None:
    """Two quarters, of which the newer has a second version."""
    make_figures(some_ratings(1, SUMMER.plus(-1)))
    publish_now(SUMMER.plus(-1))
    make_figures(some_ratings(1))
    publish_now()
    make_figures(with_late_answers(some_ratings(1), 2))
    publish_now(why=WHY)


def test_english_words_are_those_of_the_rest_of_the_program() -> None:
    assert [channel_in("en", channel) for channel in Channel] == [channel.label for channel in Channel]
    quarters = [SUMMER.plus(-number) for number in range(4)]
    assert [quarter_in("en", quarter) for quarter in quarters] == [quarter.label for quarter in quarters]
    assert [month_in("en", month) for month in SUMMER.months] == [month.label for month in SUMMER.months]
    assert day_in("en", MOMENT.date()) == day_in_words(MOMENT.date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_twelve_short_months_and_words_for_each_stage_and_mark(language: str) -> None:
    words = OWN_WORDS[language]
    assert len(set(words["months_short"].split(", "))) == 12
    assert set(STAGES) <= words.keys()
    told = (Mark.CONFIDENTIAL, Mark.LOW_RELIABILITY, Mark.ROUNDS_TO_ZERO, Mark.REVISED)
    assert {"mark_" + mark.value.strip("[]") for mark in told} <= words.keys()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_in_welsh_has_no_english_left_but_names_and_what_staff_wrote(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?lang=cy")
    html = soup(page).html
    assert html
    assert html["lang"] == "cy"
    words = text_of(page)
    own = {key: said for key, said in OWN_WORDS["en"].items() if "{" not in said and OWN_WORDS["cy"][key] != said}
    long = [said for said in own.values() if len(said) > 6]
    assert [said for said in long if said in words] == []
    assert NAMES["parking"] in words
    assert "Gorffennaf i Fedi 2026" in words


def test_the_figures_are_the_same_in_each_language(client: FlaskClient) -> None:
    seen = [
        [
            cell.get_text().replace(" i ", " to ")
            for cell in soup(client.get(f"/results/parking?lang={language}")).select("td.number")
        ]
        for language in LANGUAGES
    ]
    assert all(one == seen[0] for one in seen)
    assert len(seen[0]) > 20


@pytest.mark.parametrize("path", PUBLIC)
def test_the_language_is_kept_from_page_to_page(client: FlaskClient, path: str) -> None:
    page = soup(client.get(f"{path}?lang=cy"))
    links = [str(link["href"]) for link in page.select("main a[href], footer a[href]")]
    pages = [link for link in links if link.startswith(("/results", "/you-said")) and "/data/" not in link]
    assert len(pages) > 1
    assert [link for link in pages if "?lang=cy" not in link] == []
    assert not any("lang=" in str(link["href"]) for link in soup(client.get(path)).select("main a[href]"))


@pytest.mark.parametrize("path", [*PUBLIC, "/you-said-we-did"])
def test_each_language_has_an_address_of_its_own_for_search_engines(app: Flask, client: FlaskClient, path: str) -> None:
    plain = app.extensions["settings"].survey_url(path)
    for asked, own in (("", plain), ("?lang=en", plain), ("?lang=cy", f"{plain}?lang=cy"), ("?lang=xx", plain)):
        page = soup(client.get(path + asked))
        canonical = page.select_one("link[rel=canonical]")
        assert canonical
        assert canonical["href"] == own
        found = {str(link["hreflang"]): link["href"] for link in page.select("link[rel=alternate]")}
        assert found == {"en": plain, "cy": f"{plain}?lang=cy", "x-default": plain}


def test_a_browser_that_likes_welsh_best_gets_it_and_caches_are_told(client: FlaskClient) -> None:
    page = client.get("/results", headers={"Accept-Language": "cy, en;q=0.5"})
    assert "Data agored" in text_of(page)
    assert "Accept-Language" in page.headers["Vary"]
    assert "Open data" in text_of(client.get("/results?lang=en", headers={"Accept-Language": "cy"}))


def test_what_staff_wrote_is_marked_with_its_own_language(client: FlaskClient) -> None:
    page = soup(client.get("/results/parking?lang=cy"))
    marked = [span.get_text() for span in page.select("main span[lang=en]")]
    assert marked
    assert set(marked) == {WHY}
    assert soup(client.get("/results/parking")).select("main span[lang]") == []

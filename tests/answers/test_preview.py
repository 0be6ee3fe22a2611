"""A draft is looked at as residents would see it, on a phone-sized page, and nothing can be sent from there."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import Response
from surveys.core.db import db
from surveys.people.roles import Role
from surveys.questionnaires.arranging import put
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.library import READY
from tests.makers.people import make_user, sign_in
from tests.makers.questionnaires import make_draft, question
from tests.pages import soup, text_of


@pytest.fixture
def editor(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def changed(found: dict[str, Any]) -> dict[str, Any]:
    later = question("later", text={"en": "Later?"}, pool=True, show_if={"question": "resolved", "any_of": ["no"]})
    return put(found, "", later) | {"equality": ["age"]}


def test_each_page_is_shown_in_each_language_without_a_form(editor: FlaskClient) -> None:
    address = f"/questionnaires/{make_draft(changed)}/draft/preview"
    for language in LANGUAGES.values():
        for number in range(4):
            page = soup(editor.get(f"{address}?lang={language.code}&page={number}"))
            assert page.html is not None
            assert (page.html["lang"], page.html["dir"]) == (language.code, language.direction)
            assert page.select("form, button") == []
            assert page.select_one(".phone fieldset, .phone textarea") is not None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0


def test_the_pages_are_those_that_a_resident_gets(editor: FlaskClient) -> None:
    address = f"/questionnaires/{make_draft(changed)}/draft/preview"
    first, second, third, last = (soup(editor.get(f"{address}?page={n}")) for n in (0, 1, 2, 3))
    assert first.select_one(".phone h1 #overall-0, .phone legend h1") is not None
    assert [tag["name"] for tag in second.select(".phone [name]")] == ["resolved"] * 5 + ["why"] + ["contact_back"] * 2
    assert {tag["name"] for tag in third.select(".phone [name]")} == {"later"}
    assert {tag["name"] for tag in last.select(".phone [name]")} == {"age"}
    assert "later: Asked if resolved is no. It is of the pool" in text_of(editor.get(f"{address}?page=2"))


def test_words_that_are_wanting_are_shown_in_english(editor: FlaskClient) -> None:
    address = f"/questionnaires/{make_draft(changed)}/draft/preview"
    assert "Later?" in text_of(editor.get(f"{address}?page=2&lang=pl"))


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?page=-5", "?lang=xx"])
def test_an_address_that_was_tampered_with_shows_a_page_all_the_same(editor: FlaskClient, query: str) -> None:
    assert editor.get(f"/questionnaires/{make_draft()}/draft/preview{query}").status_code == 200


def test_a_draft_that_cannot_be_shown_says_what_to_put_right(editor: FlaskClient) -> None:
    draft = make_draft(lambda found: put(found, "", question("new", text={})))
    shown = text_of(editor.get(f"/questionnaires/{draft}/draft/preview"))
    assert "Question 5: text has no words in English." in shown


def test_ready_questions_of_every_kind_are_shown(editor: FlaskClient) -> None:
    draft = make_draft(lambda found: found | {"questions": [*found["questions"], *READY.values()]})
    shown = text_of(editor.get(f"/questionnaires/{draft}/draft/preview?page=1"))
    assert "1 – Very little effort" in shown
    assert "Strongly agree" in shown

"""Texts at the same moment as each other and as a page: one response, nothing lost, few texts back."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers.by_text import Phone, asked_by_reply, settings_for_texts, waiting_words
from tests.answers.racing import assert_sound, at_once, invited, kept, post
from tests.invitations.told import PHONE, stopped


@pytest.fixture
def token(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The link of one person who was asked by text."""
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    asked_by_reply()
    (token,) = invited(tmp_path, 1, phone=PHONE, email="")
    return token


def test_the_same_text_told_five_times_at_once_is_answered_once(app: Flask, token: str) -> None:
    sid = "SM" + "5" * 32
    back = at_once(app, *[lambda client: Phone(client).says("4 - took ages", sid=sid)] * 5)
    assert sorted(words != "" for words in back) == [False] * 4 + [True]
    assert kept() == {"overall": "fairly_dissatisfied", "why": "took ages"}
    assert_sound(1)


def test_two_texts_at_once_answer_two_questions_or_the_second_waits(app: Flask, token: str) -> None:
    back = at_once(app, lambda client: Phone(client).says("4"), lambda client: Phone(client).says("1"))
    assert all(back)
    found = kept()
    assert (found["overall"], found["resolved"]) in (("fairly_dissatisfied", "first_time"), ("very_satisfied", "no"))
    assert waiting_words() == []
    assert_sound(1)


def test_a_text_and_the_page_at_once_make_one_response(app: Flask, token: str) -> None:
    back = at_once(app, lambda client: Phone(client).says("4"), post("", token, overall="very_satisfied"))
    assert back[1].status_code == 303
    assert set(kept()) == {"overall"}
    assert_sound(1)


def test_a_text_and_the_last_page_at_once_lose_nothing(app: Flask, client: FlaskClient, token: str) -> None:
    post("", token, overall="very_satisfied")(client)
    at_once(app, lambda one: Phone(one).says("4"), post("/more", token, resolved="no", why="Nobody came"))
    found = kept()
    assert (found["resolved"], found["why"]) == ("no", "Nobody came")
    assert (found["overall"], waiting_words()) in (("fairly_dissatisfied", []), ("very_satisfied", ["4"]))
    assert_sound(1)


def test_a_stop_and_an_answer_at_once_both_hold(app: Flask, token: str) -> None:
    at_once(app, lambda client: Phone(client).says("STOP"), lambda client: Phone(client).says("4"))
    assert kept() == {"overall": "fairly_dissatisfied"}
    assert stopped(PHONE) == "reply"
    assert Phone(app.test_client()).says("what now?") == ""

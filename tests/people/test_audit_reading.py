"""The audit page narrowed: by act, subject, actor and London day, and on through its pages."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from surveys.core.db import transaction
from surveys.people.audit import record
from surveys.people.audit_reading import A_PAGE, Wanted, read_page, read_wanted
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import Browser


def write(action: str, subject: str, moment: datetime | None = None, actor: str = "system") -> None:
    with transaction():
        record(action, subject, at=moment, actor=actor)


def subjects(**asked: str) -> list[str]:
    return [entry.subject for entry in read_page(read_wanted(MultiDict(asked))).entries]


def test_acts_are_found_by_their_first_words_in_any_case(app: Flask) -> None:
    write("target set", "target:1")
    write("target ended", "target:2")
    write("new target_x", "other:3")
    assert subjects(what="Target") == ["target:2", "target:1"]
    assert subjects(what="target set") == ["target:1"]
    assert subjects(what="%") == subjects(what="_") == []


def test_a_subject_is_one_thing_or_all_of_its_kind(app: Flask) -> None:
    for subject in ("plan:1", "plan:12", "planet:1"):
        write("tried", subject)
    assert subjects(about="plan:1") == ["plan:1"]
    assert subjects(about="plan") == subjects(about="plan:") == ["plan:12", "plan:1"]


def test_an_actor_is_that_one_alone(app: Flask) -> None:
    write("tried", "a:1", actor="user:1")
    write("tried", "a:2", actor="user:12")
    assert subjects(who="user:1") == ["a:1"]


def test_a_day_is_the_councils(app: Flask) -> None:
    write("tried", "before:1", datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    write("tried", "on:1", datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    write("tried", "on:2", datetime(2026, 7, 1, 22, 59, tzinfo=UTC))
    write("tried", "after:1", datetime(2026, 7, 1, 23, 0, tzinfo=UTC))
    assert subjects(day="2026-07-01") == ["on:2", "on:1"]


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_narrows_nothing_and_is_told(app: Flask, day: str) -> None:
    write("tried", "a:1")
    wanted = read_wanted(MultiDict({"day": day}))
    assert (wanted.day, len(wanted.notes)) == (None, 1)
    assert len(read_page(wanted).entries) == 1


def test_the_way_to_older_acts_keeps_the_filters(browser: Browser) -> None:
    for number in range(A_PAGE + 1):
        write("tried", f"thing:{number}")
    client = sign_in(browser(), make_user())
    page = client.get("/audit?what=tried&about=thing")
    link = next(a["href"] for a in soup(page).find_all("a") if a.text == "Older acts")
    assert "what=tried" in link
    assert "about=thing" in link
    assert "thing:0" in text_of(client.get(link))
    assert "Nothing like this has been done." in text_of(client.get("/audit?what=nothing"))


def test_nothing_asked_for_is_everything() -> None:
    assert Wanted().kept == {}

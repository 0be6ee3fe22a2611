"""/results for everybody and /publications for administrators: what is read, by whom, and what it costs."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.people.roles import Role
from surveys.rates.models import Revision
from surveys.rates.statistics import Rate
from tests.counting import statements
from tests.evidence.quarterly import (
    MOMENT,
    SUMMER,
    Ratings,
    make_figures,
    make_services,
    publish_now,
    some_ratings,
    with_late_answers,
)
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

ADDRESS = f"/publications/{SUMMER.code}"
PUBLIC = ("/results", "/results/parking")


def three_channels() -> Ratings:
    """Parking: phone 3 x 100 answers, web 3 x 40, and a few by email; bins and rent to hide beside."""
    rates = {Channel.PHONE: Rate(80, 100, 4), Channel.WEB: Rate(20, 40, 4), Channel.EMAIL: Rate(1, 2, 0)}
    return {
        (service, channel, month): rate
        for service in ("parking", "bins", "rent")
        for channel, rate in rates.items()
        for month in SUMMER.months
    }


def test_a_page_tells_the_published_figure_in_words_with_what_it_is_not(client: FlaskClient) -> None:
    make_figures(three_channels())
    publish_now()
    words = text_of(client.get("/results/parking"))
    assert (
        "Of those who got in touch in July to September 2026 and answered, 71% were very or fairly satisfied." in words
    )
    assert "This comes from about 425 answers. Allowing for chance, it lies between 67% and 75%" in words
    assert "Phone 80% 75% to 84% 300" in words
    assert "Email hidden to protect people [c] [c] [c]" in words
    assert "August 2026 71%" in words
    assert "They cannot be compared with surveys of all residents" in words
    assert "Chosen by lot to be asked 1,800" in words


def test_public_pages_have_no_script_set_no_cookie_and_may_be_kept(client: FlaskClient) -> None:
    make_figures(some_ratings(1))
    publish_now()
    for path in PUBLIC:
        page = client.get(path)
        assert soup(page).find("script") is None
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "public, no-cache"
        assert client.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    file = client.get(f"/results/data/{SUMMER.code}/1.zip")
    assert file.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in file.headers


def test_live_figures_are_never_read_by_the_public(client: FlaskClient) -> None:
    make_figures(three_channels())
    assert "Nothing is published here yet." in text_of(client.get("/results"))
    assert client.get("/results/parking").status_code == 404
    publish_now()
    before = [client.get(path).data for path in PUBLIC]
    make_figures(with_late_answers(three_channels(), 3))
    assert [client.get(path).data for path in PUBLIC] == before


def test_a_page_says_how_many_months_late_answers_changed_since(client: FlaskClient) -> None:
    make_figures(three_channels())
    publish_now()
    assert "late answers" not in text_of(client.get("/results/parking"))
    place = {"service_id": make_services({"parking"})["parking"], "channel": Channel.PHONE}
    counts = {"satisfied_before": 1, "base_before": 2, "satisfied_after": 2, "base_after": 3}
    with transaction():
        for month in SUMMER.months[:2]:
            db.session.add(Revision(at=MOMENT.replace(day=25), month=month.first, **place, **counts))
    assert "late answers have changed figures of 2 of its months" in text_of(client.get("/results/parking"))


def test_the_trend_is_drawn_over_published_quarters_with_its_table(client: FlaskClient) -> None:
    for number in range(3):
        quarter = SUMMER.plus(-number)
        make_figures(some_ratings(number, quarter))
        publish_now(quarter)
    page = soup(client.get("/results/tax"))
    rows = [row.th.get_text() for row in page.select("table:has(#quarters) tbody tr")]
    assert [row.split(" ")[0] for row in rows] == ["January", "April", "July"]
    drawn = page.select_one("svg[role=img]")
    assert drawn
    assert [text.get_text() for text in drawn.select("text.says")] == [
        row.td.get_text() for row in page.select("table:has(#quarters) tbody tr")
    ]


def test_a_public_page_asks_the_same_few_questions_however_much_is_published(client: FlaskClient) -> None:
    def asked(path: str) -> int:
        with statements() as seen:
            client.get(path)
        return len(seen)

    make_figures(some_ratings(1))
    publish_now()
    few = [asked(path) for path in PUBLIC]
    make_figures(some_ratings(2, SUMMER.plus(-1)))
    publish_now(SUMMER.plus(-1))
    make_figures(with_late_answers(some_ratings(1), 2))
    publish_now(why="Late answers")
    assert [asked(path) for path in PUBLIC] == few
    assert max(few) <= 4


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_look_through_and_publish(client: FlaskClient, role: Role) -> None:
    sign_in(client, make_user(role))
    assert client.get("/publications").status_code == 403
    assert client.post(ADDRESS, data={"agreed": "y"}).status_code == 403
    assert client.post(f"/publications/draft/{SUMMER.code}").status_code == 403
    assert client.get(f"{ADDRESS}/parking").status_code == 403


@time_machine.travel(MOMENT, tick=False)
def test_an_administrator_looks_through_a_quarter_and_publishes_what_they_saw(app: Flask, client: FlaskClient) -> None:
    make_figures(three_channels())
    sign_in(client, make_user())
    assert "July to September 2026 Ready to be worked out" in text_of(client.get("/publications"))
    assert client.get(f"{ADDRESS}/parking").status_code == 404
    waiting = client.post(f"/publications/draft/{SUMMER.code}", follow_redirects=True)
    assert "Waiting for a worker" in text_of(waiting)
    assert "July to September 2026 Being worked out" in text_of(client.get("/publications"))
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    progress = f"/publications/progress/{SUMMER.code}"
    assert client.get(progress).json == {"words": "Being worked out", "running": True}
    run_waiting(app)
    assert client.get(progress).json == {"words": "Being worked out", "running": False}
    assert "July to September 2026 Ready to look through" in text_of(client.get("/publications"))
    draft = client.get(ADDRESS)
    assert "Parking, email: fewer than 10 people" in text_of(draft)
    preview = soup(client.get(f"{ADDRESS}/parking"))
    seen = soup(draft).select_one("input[name=seen]")
    assert seen
    assert "Tick that you have looked" in text_of(client.post(ADDRESS, data={"seen": seen["value"]}))
    assert client.get("/results/parking").status_code == 404
    moved = client.post(ADDRESS, data={"seen": "0" * 64, "agreed": "y"})
    assert (moved.status_code, "moved since you looked" in text_of(moved)) == (422, True)
    assert client.post(ADDRESS, data={"seen": seen["value"], "agreed": "y"}).status_code == 303
    assert "Published, version 1, 20 November 2026" in text_of(client.get("/publications"))
    public = soup(client.get("/results/parking"))
    assert [table.get_text() for table in preview.select("table")] == [t.get_text() for t in public.select("table")]


@time_machine.travel(MOMENT, tick=False)
def test_a_quarter_that_is_not_ready_is_refused_in_words(client: FlaskClient) -> None:
    make_figures(some_ratings(1, SUMMER.plus(1)))
    sign_in(client, make_user())
    page = client.get(f"/publications/{SUMMER.plus(1).code}")
    assert (page.status_code, "can be published from 1 February 2027" in text_of(page)) == (422, True)
    assert client.get("/publications/2026").status_code == 404

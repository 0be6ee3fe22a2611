"""Abuse at kiosks and posters: a flood is refused, what is in doubt is kept and marked, and nobody is followed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import NetworkMark, PointKind, Response
from surveys.answers.point_doubts import MOST_AT_ONCE, network_mark, network_of
from surveys.answers.point_tasks import forget_networks
from surveys.core.db import db
from surveys.questionnaires.kinds import Satisfaction
from tests.answers.racing import at_once
from tests.makers.points import make_point, number_in, path_of, rate
from tests.pages import text_of

START = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


def doubts() -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Response.doubt).order_by(Response.id)))


def marks() -> list[NetworkMark]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(NetworkMark)))


def rate_from(client: FlaskClient, path: str, address: str) -> None:
    rate(client, path, environ_overrides={"REMOTE_ADDR": address})


def test_the_same_rating_within_five_seconds_is_in_doubt(client: FlaskClient, clock: time_machine.Traveller) -> None:
    path = path_of(make_point())
    for seconds in (4, 5, 6, 0):
        rate(client, path)
        clock.shift(timedelta(seconds=seconds))
    assert doubts() == [None, "fast", None, None]


def test_another_rating_or_another_point_within_five_seconds_is_not_in_doubt(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    first, second = path_of(make_point()), path_of(make_point())
    for path in (first, second):
        for rating in Satisfaction:
            rate(client, path, rating)
    assert doubts() == [None] * 12


def test_two_of_the_same_at_the_same_moment_leave_one_in_doubt(app: Flask) -> None:
    path = path_of(make_point())
    at_once(app, lambda c: rate(c, path), lambda c: rate(c, path))
    assert sorted(map(str, doubts())) == ["None", "fast"]


@pytest.mark.parametrize("kind", list(PointKind))
def test_a_flood_is_refused_in_words_that_help_until_ten_minutes_have_passed(
    client: FlaskClient, clock: time_machine.Traveller, kind: PointKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_AT_ONCE == {PointKind.KIOSK: 40, PointKind.POSTER: 120}
    monkeypatch.setitem(MOST_AT_ONCE, kind, 5)
    path = path_of(make_point(kind))
    for _ in range(5):
        assert rate(client, path).status_code == 303
    page = rate(client, f"{path}?lang=cy")
    assert page.status_code == 429
    assert "Gormod o atebion ar unwaith" in text_of(page)
    assert "Ni chadwyd eich ateb" in text_of(page)
    assert len(doubts()) == 5
    clock.shift(timedelta(minutes=10, seconds=1))
    assert rate(client, path).status_code == 303


def test_in_a_flood_who_had_begun_may_end(
    client: FlaskClient, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_AT_ONCE, PointKind.KIOSK, 1)
    path = path_of(make_point())
    number = number_in(client.get(path))
    rated = client.post(path, data={"page": number, "overall": "neither"})
    assert client.post(path, data={"page": number, "overall": "very_satisfied"}).status_code == 303
    form = {"page": number_in(client.get(rated.location)), "resolved": "no"}
    assert client.post(rated.location.partition("?")[0], data=form).status_code == 303


def test_the_fourth_answer_of_a_network_by_a_poster_within_the_hour_is_in_doubt(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    path = path_of(make_point(PointKind.POSTER))
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.1", "198.51.100.7"):
        rate_from(client, path, address)
        clock.shift(timedelta(minutes=10))
    assert doubts() == [None, None, None, "same-network", None]
    clock.shift(timedelta(hours=1))
    rate_from(client, path, "192.0.2.1")
    assert doubts()[-1] is None


def test_a_kiosk_marks_no_network(client: FlaskClient, clock: time_machine.Traveller) -> None:
    path = path_of(make_point())
    for _ in range(5):
        rate_from(client, path, "192.0.2.1")
        clock.shift(timedelta(minutes=1))
    assert doubts() == [None] * 5
    assert marks() == []


def test_a_page_sent_twice_marks_its_network_once(client: FlaskClient, clock: time_machine.Traveller) -> None:
    path = path_of(make_point(PointKind.POSTER))
    number = number_in(client.get(path))
    for _ in range(3):
        client.post(path, data={"page": number, "overall": "neither"})
    assert [mark.answers for mark in marks()] == [1]


@pytest.mark.parametrize(
    ("caller", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_the_half_of_an_ipv6_address_that_changes_at_will_is_left_out(caller: str, network: str) -> None:
    assert network_of(caller) == network


def test_a_mark_is_two_bytes_and_differs_by_day_and_place(app: Flask) -> None:
    mark = network_mark(1, "192.0.2.1", START)
    assert len(mark) == 2
    assert mark == network_mark(1, "192.0.2.1", START + timedelta(hours=9))
    assert mark != network_mark(1, "192.0.2.1", START + timedelta(days=1))
    assert mark != network_mark(2, "192.0.2.1", START)


def test_a_mark_has_no_finer_time_than_ten_minutes_and_is_let_go_of_after_an_hour(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=17, seconds=3))
    rate_from(client, path_of(make_point(PointKind.POSTER)), "192.0.2.1")
    (mark,) = marks()
    assert (mark.slot, mark.answers) == (START + timedelta(minutes=10), 1)
    db.session.rollback()
    clock.move_to(START + timedelta(minutes=69))
    forget_networks()
    assert len(marks()) == 1
    db.session.rollback()
    clock.move_to(START + timedelta(minutes=70))
    forget_networks()
    assert marks() == []

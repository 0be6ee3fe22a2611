"""Moments are aware and kept in UTC; days are London's."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.core import clock
from surveys.core.db import UtcDateTime, db, transaction
from surveys.people.models import SignInFailure

MOMENT = datetime(2026, 3, 29, 0, 59, 59, 123456, UTC)


def kept(moment: datetime) -> datetime:
    with transaction():
        db.session.add(SignInFailure(tried_hash=b"x", at=moment))
    db.session.expire_all()
    return db.session.scalars(sa.select(SignInFailure.at)).one()


@pytest.mark.parametrize(
    "zone",
    [UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu"), timezone(timedelta(hours=-9, minutes=-30))],
    ids=str,
)
def test_a_moment_of_any_zone_comes_back_the_same_and_in_utc(app: Flask, zone: ZoneInfo) -> None:
    back = kept(MOMENT.astimezone(zone))
    assert back == MOMENT
    assert back.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a time zone"):
        kept(datetime(2026, 1, 1))  # noqa: DTZ001  # the rule itself


def test_both_readings_of_the_hour_that_comes_twice_are_kept_apart(app: Flask) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=clock.LONDON)
    with transaction():
        db.session.add_all([SignInFailure(tried_hash=b"x", at=at) for at in (first, first.replace(fold=1))])
    found = db.session.scalars(sa.select(SignInFailure.at).order_by(SignInFailure.at)).all()
    assert found[1] - found[0] == timedelta(hours=1)


def test_no_moment_stays_none(app: Flask) -> None:
    kind = UtcDateTime()
    assert kind.process_bind_param(None, db.engine.dialect) is None
    assert kind.process_result_value(None, db.engine.dialect) is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 2, 1, 0, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 7, 1, 18, 30, tzinfo=timezone(timedelta(hours=-5))), date(2026, 7, 2)),
    ],
)
def test_the_day_of_a_moment_is_londons(moment: datetime, day: date) -> None:
    assert clock.day_of(moment) == day


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24), (date(2026, 1, 1), 24)],
)
def test_a_day_begins_at_its_own_midnight_and_ends_at_the_next(day: date, hours: int) -> None:
    start, end = clock.start_of(day), clock.start_of(day + timedelta(days=1))
    assert end - start == timedelta(hours=hours)
    assert clock.day_of(start) == day
    assert clock.day_of(end - timedelta(microseconds=1)) == day


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 3, 14, 5, tzinfo=UTC), "3 March 2026 at 2:05pm"),
        (datetime(2026, 7, 3, 11, 0, tzinfo=UTC), "3 July 2026 at 12:00pm"),
        (datetime(2026, 7, 3, 23, 9, tzinfo=UTC), "4 July 2026 at 12:09am"),
        (datetime(2026, 12, 25, 11, 59, tzinfo=UTC), "25 December 2026 at 11:59am"),
    ],
)
def test_a_moment_in_words_is_local_and_plain(moment: datetime, words: str) -> None:
    assert clock.in_words(moment) == words


def test_today_is_londons_when_utc_is_still_yesterday() -> None:
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        assert clock.now().tzinfo is UTC
        assert clock.day_in_words(clock.today()) == "1 July 2026"

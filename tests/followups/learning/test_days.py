"""Days between moments are working days of the council's calendar, and what many come to is exact."""

import statistics
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from surveys.core.clock import day_of
from surveys.core.db import UtcDateTime, db
from surveys.followups.cases.working_days import working_days_between
from surveys.followups.learning.days import Spread, days_after, london_day, spread_of, working_days_by
from surveys.messaging.hours import Nation

FIRST = date(2025, 12, 1)
TURNS = [
    datetime(year, month, day, 1, tzinfo=UTC) for year, month, day in ((2024, 3, 31), (2025, 10, 26), (2030, 3, 31))
]
SUMMER_NIGHT = datetime(2026, 7, 31, 23, tzinfo=UTC)
WINTER_NIGHT = datetime(2026, 1, 31, 23, tzinfo=UTC)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_the_median_of_a_histogram_is_that_of_its_days_one_by_one(days: list[int]) -> None:
    found = spread_of(Counter(days))
    assert found is not None
    assert found.median == statistics.median(days)
    within = sum(day <= found.ninetieth for day in days)
    quicker = sum(day < found.ninetieth for day in days)
    assert 10 * within >= 9 * len(days) > 10 * quicker
    assert found.cases == len(days)


def test_of_no_case_there_is_no_median_and_one_case_is_its_own() -> None:
    assert spread_of({}) is None
    assert spread_of({4: 1}) == Spread(1, 4, 4)


@pytest.mark.parametrize("moment", [*TURNS, SUMMER_NIGHT, WINTER_NIGHT])
def test_the_council_s_day_in_sql_is_that_of_its_clock(app: Flask, moment: datetime) -> None:
    for near in (timedelta(0), timedelta(hours=-1), timedelta(microseconds=-1), timedelta(minutes=59)):
        at = moment + near
        asked = sa.select(london_day(sa.literal(at, UtcDateTime())))
        assert db.session.scalar(asked) == day_of(at), at


@pytest.mark.parametrize("first", [FIRST + timedelta(days=n) for n in range(7)])
@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.SCOTLAND])
def test_working_days_in_sql_are_those_of_the_calendar(app: Flask, first: date, nation: Nation) -> None:
    last = first + timedelta(days=45)
    worked = [
        db.session.scalar(sa.select(working_days_by(sa.literal(n, sa.Integer()), first, last, nation)))
        for n in range(45)
    ]
    for start in range(0, 45, 4):
        for end in range(start, 45):
            days = working_days_between(first + timedelta(days=start), first + timedelta(days=end), nation)
            assert worked[end] - worked[start] == days


def test_how_many_days_one_comes_after_another_is_counted_over_a_change_of_the_clock(app: Flask) -> None:
    at = sa.literal(datetime(2026, 3, 30, 8, tzinfo=UTC), UtcDateTime())
    assert db.session.scalar(sa.select(days_after(london_day(at), date(2026, 3, 28)))) == 2

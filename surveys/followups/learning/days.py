"""Working days between two moments of a case, counted in SQL, and what many of them come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from surveys.core.db import is_sqlite
from surveys.followups.cases.working_days import SATURDAY
from surveys.messaging.hours import Nation, bank_holidays

# Working days, and how many cases took so many.
Histogram = Mapping[int, int]
Moment = sa.ColumnElement[Any] | InstrumentedAttribute[Any]

WEEK = 7
# From the last Sunday of March to that of October, at 1am UTC each.
SUMMER_BEGINS = ("start of year", "+3 months", "-7 days", "weekday 0")
SUMMER_ENDS = ("start of year", "+10 months", "-7 days", "weekday 0")


@dataclass(frozen=True)
class Spread:
    """Of so many cases half took no longer than the median, and nine of ten no longer than the ninetieth."""

    cases: int
    median: float
    ninetieth: int


def spread_of(histogram: Histogram) -> Spread | None:
    """The median lies between the two in the middle where their number is even; the ninetieth is by nearest rank."""
    cases = sum(histogram.values())
    if not cases:
        return None
    middle = (ranked(histogram, (cases + 1) // 2) + ranked(histogram, cases // 2 + 1)) / 2
    return Spread(cases, middle, ranked(histogram, -(-9 * cases // 10)))


def ranked(histogram: Histogram, rank: int) -> int:
    """What the case of this rank took, the quickest being the first."""
    days = sorted(histogram)
    reached = accumulate(histogram[day] for day in days)
    return next(day for day, up_to in zip(days, reached, strict=True) if up_to >= rank)


def london_day(moment: Moment) -> sa.ColumnElement[date]:
    """The council's day of a stored moment. SQLite knows no time zones, but what summer time is can be told it."""
    if not is_sqlite():
        return sa.cast(sa.func.timezone(sa.literal_column("'Europe/London'"), moment), sa.Date())
    # Without fractions of a second, which SQLite would round up into the next day.
    stored = sa.func.substr(sa.type_coerce(moment, sa.String()), 1, 19, type_=sa.String())
    begins, ends = (
        sa.func.date(stored, *steps, type_=sa.String()) + " 01:00" for steps in (SUMMER_BEGINS, SUMMER_ENDS)
    )
    ahead = sa.case((sa.and_(stored >= begins, stored < ends), "+1 hours"), else_="+0 hours")
    return sa.func.date(stored, ahead, type_=sa.Date())


def days_after(day: Any, first: date) -> sa.ColumnElement[int]:
    """How many days a day of SQL comes after this one."""
    if is_sqlite():
        return sa.cast(sa.func.julianday(day) - sa.func.julianday(first.isoformat()), sa.Integer())
    return sa.type_coerce(day - sa.cast(first, sa.Date()), sa.Integer())


def working_days_by(days: sa.ColumnElement[int], first: date, last: date, nation: Nation) -> sa.ColumnElement[int]:
    """Working days from the Monday of the first day's week up to and including the one so many days after the first.

    The difference of two of these is the working days between. last: no later day is asked for. Plain arithmetic, for
    SQLite would walk through a table of days for each case.
    """
    since_monday = days + first.weekday()
    rest = since_monday % WEEK
    weekdays = since_monday // WEEK * SATURDAY + sa.case((rest < SATURDAY, rest + 1), else_=SATURDAY)
    return sum(
        (-one_where(days >= (holiday - first).days) for holiday in weekday_holidays(first, last, nation)), weekdays
    )


def weekday_holidays(first: date, last: date, nation: Nation) -> list[date]:
    """Bank holidays from Monday to Friday, in order, both ends among them."""
    years = range(first.year, last.year + 1)
    found = sorted(day for year in years for day in bank_holidays(year, nation))
    return [day for day in found if first <= day <= last and day.weekday() < SATURDAY]


def one_where(*conditions: sa.ColumnElement[bool]) -> sa.Case[int]:
    return sa.case((sa.and_(*conditions), 1), else_=0)

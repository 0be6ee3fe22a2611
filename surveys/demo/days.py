"""The made-up council's calendar: open Monday to Saturday, closed on the holidays that a rule can name."""

from collections.abc import Sequence
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SUNDAY = 6
# How busy each day is beside a Wednesday, Monday first.
WEEKDAYS = (1.28, 1.09, 1.0, 0.96, 0.9, 0.34)
NEWEST_DAYS = 2


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def holidays(year: int) -> frozenset[date]:
    """England's bank holidays on their own days; days given in lieu are left out."""
    early_may, late_may, august = date(year, 5, 7), date(year, 5, 31), date(year, 8, 31)
    fixed = (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    mondays = map(monday_of, (early_may, late_may, august))
    return frozenset((*fixed, easter(year) - 2 * ONE_DAY, easter(year) + ONE_DAY, *mondays))


def open_days(starts_on: date, ends_on: date) -> list[date]:
    closed = {day for year in range(starts_on.year, ends_on.year + 1) for day in holidays(year)}
    every = (starts_on + n * ONE_DAY for n in range((ends_on - starts_on).days + 1))
    return [day for day in every if day.weekday() != SUNDAY and day not in closed]


def files_of(days: Sequence[date]) -> list[list[date]]:
    """The days by the file that brings them: one a week, and the newest two days in a file of their own."""
    files: list[list[date]] = []
    for day in days[:-NEWEST_DAYS]:
        if not files or monday_of(files[-1][0]) != monday_of(day):
            files.append([])
        files[-1].append(day)
    return [*files, list(days[-NEWEST_DAYS:])]


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before the day's own."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)

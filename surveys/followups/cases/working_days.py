"""Working days: Monday to Friday without the bank holidays of the council's nation. Pure."""

from datetime import date, timedelta

from surveys.messaging.hours import Nation, bank_holidays

SATURDAY = 5
DAY = timedelta(days=1)


def is_working_day(day: date, nation: Nation) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def add_working_days(day: date, count: int, nation: Nation) -> date:
    """The day that comes so many working days after this one, which itself does not count, whatever day it is.

    A count of 0 gives the day itself where it is a working day, and the next working day where it is not.
    """
    if count < 0:
        raise ValueError("a count of working days is 0 or more")
    if count == 0:
        return day if is_working_day(day, nation) else add_working_days(day, 1, nation)
    left = count
    while left:
        day += DAY
        left -= is_working_day(day, nation)
    return day


def working_days_between(start: date, end: date, nation: Nation) -> int:
    """How many working days come after start, up to and including end; 0 where end is not after start."""
    days = max((end - start).days, 0)
    weeks, rest = divmod(days, 7)
    over = sum((start + DAY * n).weekday() < SATURDAY for n in range(1, rest + 1))
    return weeks * 5 + over - weekday_holidays(start, end, nation)


def weekday_holidays(start: date, end: date, nation: Nation) -> int:
    """Bank holidays from Monday to Friday after start, up to and including end."""
    years = range(start.year, end.year + 1)
    found = (day for year in years for day in bank_holidays(year, nation))
    return sum(start < day <= end and day.weekday() < SATURDAY for day in found)

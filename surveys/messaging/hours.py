"""When a message may go: by day, Europe/London, not on bank holidays, and on Sundays only where asked for. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from surveys.core.clock import LONDON
from surveys.core.settings import Settings

# The clock changes between 1am and 2am, so from here on each day's hours are one unbroken stretch.
NIGHT_ENDS = time(6)
SUNDAY = 6
DAY = timedelta(days=1)


class Nation(StrEnum):
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


SUBDIVISION = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@dataclass(frozen=True)
class Hours:
    """From `opens` up to, but not at, `closes`, on the council's clock."""

    nation: Nation
    opens: time = time(9)
    closes: time = time(20)
    sundays: bool = False

    def __post_init__(self) -> None:
        if not NIGHT_ENDS <= self.opens < self.closes:
            raise ValueError("opens must be 06:00 or later, and before closes")


def hours_of(settings: Settings) -> Hours:
    return Hours(Nation(settings.send_nation), settings.send_opens, settings.send_closes)


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: Nation) -> frozenset[date]:
    """The bank holidays of a year with their substitute days; a holiday that has one stays a holiday itself."""
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISION[nation], years=year))


def is_open_day(day: date, hours: Hours) -> bool:
    return (hours.sundays or day.weekday() != SUNDAY) and day not in bank_holidays(day.year, hours.nation)


def may_send(moment: datetime, hours: Hours) -> bool:
    """Whether a message may go at this moment, which must know its time zone."""
    local = local_time(moment)
    return hours.opens <= local.time() < hours.closes and is_open_day(local.date(), hours)


def next_allowed(moment: datetime, hours: Hours) -> datetime:
    """The first moment, this one or later, at which a message may go; in UTC."""
    day = local_time(moment).date()
    while True:
        opening = max(moment.astimezone(UTC), datetime.combine(day, hours.opens, LONDON).astimezone(UTC))
        if may_send(opening, hours):
            return opening
        day += DAY


def due_at(occurred_at: datetime, delay: timedelta, hours: Hours) -> datetime:
    """When a message about a contact goes: so long after it, at the next allowed moment; in UTC."""
    return next_allowed(occurred_at + delay, hours)


def local_time(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(LONDON)

"""Dates and times as exports write them: ISO 8601 or British, local unless they say otherwise."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from surveys.core.clock import LONDON

BRITISH = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
    r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?"
)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


ISO = re.compile(r"\d{4}-")
# The first and last years of the calendar cannot be moved to another time zone.
YEARS = range(2, 9999)


@lru_cache(maxsize=100_000)
def offset_of(hour: int) -> timedelta:
    """London's distance from UTC in a local hour (counted since year 1); it only ever changes on the hour."""
    return datetime.fromordinal(hour // 24).replace(hour=hour % 24, tzinfo=LONDON).utcoffset() or timedelta()


def read_moment(typed: str) -> tuple[datetime, date] | None:
    """(the moment in UTC, the council's day) of what was typed; None where it is no date.

    A date alone is taken as noon. A time that the clock change repeats is taken as its first pass.
    """
    try:
        local = datetime.fromisoformat(typed) if ISO.match(typed) else read_british(typed)
    except ValueError:
        return None
    if local is None or local.year not in YEARS:
        return None
    if local.tzinfo is not None:
        moment = local.astimezone(UTC)
        return moment, moment.astimezone(LONDON).date()
    if is_day(typed):
        local = local.replace(hour=12)
    moment = local.replace(tzinfo=UTC) - offset_of(local.toordinal() * 24 + local.hour)
    return moment, local.date()


def is_day(typed: str) -> bool:
    """Whether a date stands alone, with no time."""
    return len(typed) <= 10


def read_british(typed: str) -> datetime | None:
    """Day, month, year, with or without a time by the 24 or 12 hour clock. Raises ValueError for the 31/02."""
    found = BRITISH.fullmatch(typed)
    if found is None:
        return None
    day, month, year, hour, minute, second, half = found.groups()
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    whole_year = int(year) + (2000 if len(year) == 2 else 0)
    return datetime(whole_year, int(month), int(day), hours, int(minute or 0), int(second or 0))  # noqa: DTZ001

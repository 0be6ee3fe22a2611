"""Days on the council's calendar, Europe/London, with the standard library alone."""

from datetime import UTC, datetime, timedelta


def day_of(moment: str) -> str:
    """The London day of a moment as the audit trail writes it: 2026-03-29T00:30:00.000000Z.

    Summer time runs from 1am UTC on the last Sunday of March to 1am UTC on the last Sunday of October. Python's own
    table of zones is not on every machine, and this rule has held since 1996.
    """
    at = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    summer = last_sunday(at.year, 3) <= at < last_sunday(at.year, 10)
    return (at + timedelta(hours=1) if summer else at).date().isoformat()


def last_sunday(year: int, month: int) -> datetime:
    """1am UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)

"""The one place that asks the time. Moments are aware and UTC; days are the council's, Europe/London."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day on the council's calendar on which the moment falls."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    return day_of(now())


def start_of(day: date) -> datetime:
    """The first moment of a council day, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def in_words(moment: datetime) -> str:
    """A moment as residents and staff read it: 3 March 2026 at 2:05pm."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y} at {hour}:{local:%M}{half}"


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

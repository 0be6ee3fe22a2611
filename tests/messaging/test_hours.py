"""Messages go by day only: every hour of the clock changes and of Christmas, for all four nations."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.core.settings import BadSettings, read_settings
from surveys.messaging.hours import Hours, Nation, bank_holidays, due_at, hours_of, may_send, next_allowed

HOUR = timedelta(hours=1)
BST = timezone(HOUR)
# Written out from the lists that GOV.UK publishes, with the substitute days.
CHRISTMAS = {
    2025: {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)},
    2026: {date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1)},
    2027: {date(2027, 12, 25), date(2027, 12, 26), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 1)},
}
SECOND_OF_JANUARY = {2025: {date(2026, 1, 2)}, 2026: {date(2027, 1, 2)}, 2027: {date(2028, 1, 2)}}
# Clocks change at 1am UTC on the last Sundays of March and October.
SUMMER = {
    2026: (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    2027: (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
}
# The clocks of 2027 change at Easter: Good Friday everywhere, Easter Monday everywhere but in Scotland.
GOOD_FRIDAY, EASTER_MONDAY = date(2027, 3, 26), date(2027, 3, 29)
CHANGES = [change for year in SUMMER.values() for change in year]


def on_the_clock(moment: datetime) -> datetime:
    """London's clock worked out by hand: an hour ahead between the two changes."""
    begins, ends = SUMMER.get(moment.year, (moment, moment))
    return moment.astimezone(BST if begins <= moment < ends else UTC)


def hours_from(first: datetime, count: int) -> Iterator[datetime]:
    return (first + n * HOUR for n in range(count))


def first_from(moment: datetime, allowed: set[datetime]) -> datetime:
    return min(m for m in allowed if m >= moment)


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change:%Y-%m}")
@pytest.mark.parametrize("sundays", [False, True])
def test_every_hour_of_a_clock_change_weekend_follows_the_clock(
    nation: Nation, change: datetime, sundays: bool
) -> None:
    hours = Hours(nation, sundays=sundays)
    free = {GOOD_FRIDAY} if nation is Nation.SCOTLAND else {GOOD_FRIDAY, EASTER_MONDAY}
    weekend = list(hours_from(change - timedelta(hours=49), 24 * 5))
    local = {moment: on_the_clock(moment) for moment in weekend}
    by_day = {m for m, at in local.items() if 9 <= at.hour < 20 and at.date() not in free}
    allowed = {m for m in by_day if sundays or local[m].isoweekday() != 7}
    assert {m for m in weekend if may_send(m, hours)} == allowed
    for moment in weekend[: 24 * 3]:
        assert next_allowed(moment, hours) == first_from(moment, allowed)


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("year", CHRISTMAS)
def test_every_hour_of_the_christmas_holidays_is_kept_free(nation: Nation, year: int) -> None:
    hours = Hours(nation)
    free = CHRISTMAS[year] | (SECOND_OF_JANUARY[year] if nation is Nation.SCOTLAND else set())
    if nation is Nation.SCOTLAND:
        free |= {date(2027, 1, 4), date(2028, 1, 4)}
    # New Year's Day 2028 is a Saturday, so its substitute is the 3rd.
    free |= {date(2028, 1, 3)}
    # 23 December to 3 January, and three days more in which to find the next moment.
    days = list(hours_from(datetime(year, 12, 23, tzinfo=UTC), 24 * 15))
    allowed = {m for m in days if 9 <= m.hour < 20 and m.isoweekday() != 7 and m.date() not in free}
    assert {m for m in days if may_send(m, hours)} == allowed
    for moment in days[: 24 * 12]:
        assert next_allowed(moment, hours) == first_from(moment, allowed)


@pytest.mark.parametrize(
    ("day", "closed_in"),
    [
        (date(2026, 3, 17), {Nation.NORTHERN_IRELAND}),
        (date(2026, 4, 3), set(Nation)),
        (date(2026, 4, 6), set(Nation) - {Nation.SCOTLAND}),
        (date(2026, 7, 13), {Nation.NORTHERN_IRELAND}),
        (date(2026, 8, 3), {Nation.SCOTLAND}),
        (date(2026, 8, 31), set(Nation) - {Nation.SCOTLAND}),
        (date(2026, 11, 30), {Nation.SCOTLAND}),
        (date(2026, 3, 2), set()),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day: date, closed_in: set[Nation]) -> None:
    noon = datetime.combine(day, time(12), UTC)
    assert {nation for nation in Nation if not may_send(noon, Hours(nation))} == closed_in


HOURS = st.builds(
    lambda nation, opens, length, sundays: Hours(
        nation, time(opens // 60, opens % 60), closing(opens, length), sundays
    ),
    st.sampled_from(Nation),
    st.integers(6 * 60, 22 * 60),
    st.integers(1, 16 * 60),
    st.booleans(),
)


def closing(opens: int, length: int) -> time:
    minute = min(opens + length, 24 * 60 - 1)
    return time(minute // 60, minute % 60)


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, HOURS, st.floats(0, 1, exclude_max=True))
def test_the_next_allowed_moment_is_the_first_one(moment: datetime, hours: Hours, part: float) -> None:
    found = next_allowed(moment, hours)
    assert found >= moment
    assert found.tzinfo is UTC
    assert may_send(found, hours)
    assert next_allowed(found, hours) == found
    between = moment + (found - moment) * part
    assert between == found or not may_send(between, hours)
    if found > moment:
        assert not may_send(found - timedelta(microseconds=1), hours)


@given(MOMENTS, HOURS)
def test_a_moment_that_is_allowed_is_its_own_next(moment: datetime, hours: Hours) -> None:
    assert may_send(moment, hours) == (next_allowed(moment, hours) == moment)


def test_the_closing_time_itself_is_too_late() -> None:
    hours = Hours(Nation.ENGLAND)
    closes = datetime(2026, 7, 1, 19, tzinfo=UTC)
    assert may_send(closes - timedelta(microseconds=1), hours)
    assert not may_send(closes, hours)
    assert next_allowed(closes, hours) == datetime(2026, 7, 2, 8, tzinfo=UTC)


def test_a_message_is_due_after_its_delay_or_at_the_next_opening() -> None:
    hours = Hours(Nation.ENGLAND)
    delay = timedelta(minutes=60)
    assert due_at(datetime(2026, 3, 10, 12, tzinfo=UTC), delay, hours) == datetime(2026, 3, 10, 13, tzinfo=UTC)
    assert due_at(datetime(2026, 3, 28, 19, 30, tzinfo=UTC), delay, hours) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 10, 12)  # noqa: DTZ001
    for ask in (may_send, next_allowed):
        with pytest.raises(ValueError, match="time zone"):
            ask(naive, Hours(Nation.ENGLAND))


@pytest.mark.parametrize(("opens", "closes"), [("05:59", "20:00"), ("20:00", "20:00"), ("21:00", "09:00")])
def test_hours_never_reach_into_the_night(opens: str, closes: str) -> None:
    with pytest.raises(ValueError, match="06:00"):
        Hours(Nation.ENGLAND, time.fromisoformat(opens), time.fromisoformat(closes))


def test_bank_holidays_are_worked_out_once_a_year_and_nation() -> None:
    assert bank_holidays(2026, Nation.WALES) is bank_holidays(2026, Nation.WALES)


def test_the_settings_say_the_hours() -> None:
    settings = read_settings(send_nation="scotland", send_opens="08:30", send_closes="18:00")
    assert hours_of(settings) == Hours(Nation.SCOTLAND, time(8, 30), time(18))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"send_opens": "9"}, "SEND_OPENS"),
        ({"send_opens": "9:00"}, "SEND_OPENS"),
        ({"send_opens": "05:30"}, "SEND_OPENS"),
        ({"send_closes": "24:00"}, "SEND_CLOSES"),
        ({"send_closes": "23:00"}, "SEND_CLOSES"),
        ({"send_opens": "20:30"}, "SEND_CLOSES"),
        ({"send_nation": "cornwall"}, "SEND_NATION"),
        ({"send_delay_minutes": "-1"}, "SEND_DELAY_MINUTES"),
    ],
)
def test_hours_that_cannot_be_kept_stop_the_start(given: dict[str, object], named: str) -> None:
    with pytest.raises(BadSettings, match=named):
        read_settings(**given)

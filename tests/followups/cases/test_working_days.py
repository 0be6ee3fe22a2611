"""Working days over Easter, Christmas and the days of four nations, by a table written out from GOV.UK's lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.followups.cases.working_days import add_working_days, is_working_day, working_days_between
from surveys.messaging.hours import Nation, bank_holidays

E, W, S, N = Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND
DAY = timedelta(days=1)
# From this day so many working days in each nation: England, Wales, Scotland, Northern Ireland.
TABLE = [
    # An ordinary week, and over a weekend.
    ("2026-02-02", 5, "2026-02-09", "2026-02-09", "2026-02-09", "2026-02-09"),
    ("2026-02-06", 1, "2026-02-09", "2026-02-09", "2026-02-09", "2026-02-09"),
    ("2026-02-07", 1, "2026-02-09", "2026-02-09", "2026-02-09", "2026-02-09"),
    ("2026-02-08", 0, "2026-02-09", "2026-02-09", "2026-02-09", "2026-02-09"),
    # Easter 2026: Good Friday is 3 April; Easter Monday is a working day in Scotland.
    ("2026-04-02", 1, "2026-04-07", "2026-04-07", "2026-04-06", "2026-04-07"),
    ("2026-04-02", 5, "2026-04-13", "2026-04-13", "2026-04-10", "2026-04-13"),
    ("2026-04-03", 0, "2026-04-07", "2026-04-07", "2026-04-06", "2026-04-07"),
    ("2026-03-30", 10, "2026-04-15", "2026-04-15", "2026-04-14", "2026-04-15"),
    # Easter 2027, with the change of the clocks: Good Friday is 26 March.
    ("2027-03-25", 1, "2027-03-30", "2027-03-30", "2027-03-29", "2027-03-30"),
    ("2027-03-24", 5, "2027-04-02", "2027-04-02", "2027-04-01", "2027-04-02"),
    # Christmas 2026: Boxing Day is a Saturday, so Monday 28 December stands in for it; 4 January for Scotland's 2nd.
    ("2026-12-24", 1, "2026-12-29", "2026-12-29", "2026-12-29", "2026-12-29"),
    ("2026-12-24", 5, "2027-01-05", "2027-01-05", "2027-01-06", "2027-01-05"),
    ("2026-12-24", 10, "2027-01-12", "2027-01-12", "2027-01-13", "2027-01-12"),
    ("2026-12-31", 1, "2027-01-04", "2027-01-04", "2027-01-05", "2027-01-04"),
    # Christmas 2027: a Saturday and a Sunday, with Monday and Tuesday for them; 3 and 4 January in Scotland.
    ("2027-12-24", 1, "2027-12-29", "2027-12-29", "2027-12-29", "2027-12-29"),
    ("2027-12-31", 1, "2028-01-04", "2028-01-04", "2028-01-05", "2028-01-04"),
    # New Year 2026: 2 January is a holiday in Scotland alone.
    ("2025-12-31", 1, "2026-01-02", "2026-01-02", "2026-01-05", "2026-01-02"),
    # St Patrick's Day, 17 March, in Northern Ireland: a Tuesday in 2026, a Wednesday in 2027.
    ("2026-03-16", 1, "2026-03-17", "2026-03-17", "2026-03-17", "2026-03-18"),
    ("2027-03-15", 5, "2027-03-22", "2027-03-22", "2027-03-22", "2027-03-23"),
    # The Twelfth in Northern Ireland: a Sunday in 2026, so Monday 13 July; a Monday in 2027.
    ("2026-07-10", 1, "2026-07-13", "2026-07-13", "2026-07-13", "2026-07-14"),
    ("2027-07-09", 2, "2027-07-13", "2027-07-13", "2027-07-13", "2027-07-14"),
    # Late summer: the first Monday of August in Scotland, the last one elsewhere. St Andrew's Day in Scotland.
    ("2026-07-31", 1, "2026-08-03", "2026-08-03", "2026-08-04", "2026-08-03"),
    ("2026-08-28", 1, "2026-09-01", "2026-09-01", "2026-08-31", "2026-09-01"),
    ("2026-11-27", 1, "2026-11-30", "2026-11-30", "2026-12-01", "2026-11-30"),
    # May: two Mondays everywhere.
    ("2026-05-01", 1, "2026-05-05", "2026-05-05", "2026-05-05", "2026-05-05"),
    ("2026-05-22", 1, "2026-05-26", "2026-05-26", "2026-05-26", "2026-05-26"),
]
ROWS = [
    pytest.param(
        date.fromisoformat(start), count, nation, date.fromisoformat(end), id=f"{start}+{count}-{nation.value}"
    )
    for start, count, *ends in TABLE
    for nation, end in zip((E, W, S, N), ends, strict=True)
]
DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
NATIONS = st.sampled_from(Nation)


def slow_working_day(day: date, nation: Nation) -> bool:
    return day.isoweekday() not in (6, 7) and day not in bank_holidays(day.year, nation)


@pytest.mark.parametrize(("start", "count", "nation", "end"), ROWS)
def test_so_many_working_days_after_a_day_is_as_the_table_says(
    start: date, count: int, nation: Nation, end: date
) -> None:
    assert add_working_days(start, count, nation) == end
    assert working_days_between(start, end, nation) == count or count == 0


@pytest.mark.parametrize("nation", list(Nation))
def test_no_saturday_sunday_or_christmas_day_is_a_working_day(nation: Nation) -> None:
    assert is_working_day(date(2026, 2, 2), nation)
    for day in (date(2026, 2, 7), date(2026, 2, 8), date(2026, 12, 25), date(2026, 12, 28)):
        assert not is_working_day(day, nation)


@given(DAYS, st.integers(-3, 60), NATIONS)
def test_working_days_between_two_days_are_those_that_a_slow_count_finds(
    start: date, days: int, nation: Nation
) -> None:
    end = start + DAY * days
    counted = sum(slow_working_day(start + DAY * n, nation) for n in range(1, days + 1))
    assert working_days_between(start, end, nation) == counted


@given(DAYS, st.integers(0, 25), NATIONS)
def test_adding_working_days_lands_on_the_working_day_that_has_so_many_before_it(
    start: date, count: int, nation: Nation
) -> None:
    end = add_working_days(start, count, nation)
    assert slow_working_day(end, nation)
    passed = sum(slow_working_day(start + DAY * n, nation) for n in range(1, (end - start).days + 1))
    assert passed == (count if count or slow_working_day(start, nation) else 1)
    assert (end == start) == (count == 0 and slow_working_day(start, nation))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(date(2026, 2, 2), -1, E)

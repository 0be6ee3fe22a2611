"""Dates and times as exports write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.contacts.moments import read_moment
from surveys.core.clock import LONDON, day_of

READ = {
    "2026-01-31 14:05": "2026-01-31T14:05:00Z",
    "2026-01-31T14:05:09": "2026-01-31T14:05:09Z",
    "2026-07-31T14:05:09.250": "2026-07-31T13:05:09.250Z",
    "2026-07-31 14:05Z": "2026-07-31T14:05:00Z",
    "2026-07-31T14:05:00+01:00": "2026-07-31T13:05:00Z",
    "2026-07-31T14:05:00-0500": "2026-07-31T19:05:00Z",
    "31/01/2026 14:05": "2026-01-31T14:05:00Z",
    "31/07/2026 14:05": "2026-07-31T13:05:00Z",
    "1/7/2026 9:05": "2026-07-01T08:05:00Z",
    "1/7/26 9:05:30": "2026-07-01T08:05:30Z",
    "01.07.2026 09.05": "2026-07-01T08:05:00Z",
    "01-07-2026, 09:05": "2026-07-01T08:05:00Z",
    "1-12-2026 09:05": "2026-12-01T09:05:00Z",
    "1-12-26": "2026-12-01T12:00:00Z",
    "31/01/2026 12:05 AM": "2026-01-31T00:05:00Z",
    "31/01/2026 12:05pm": "2026-01-31T12:05:00Z",
    "31/01/2026 2:05:07 p.m.": "2026-01-31T14:05:07Z",
    "2026-01-31": "2026-01-31T12:00:00Z",
    "31/07/2026": "2026-07-31T11:00:00Z",
    "29/02/2024": "2024-02-29T12:00:00Z",
}
NOT_READ = (
    "", " ", "yesterday", "31/02/2026", "29/02/2026", "12/31/2026", "2026-13-01", "2026-02-30 10:00",
    "31/01/2026 25:00",
    "31/01/2026 10:60", "31/01/2026 13:05 PM", "31/01/2026 0:05 am", "20260131", "45719.39", "10:05", "31/01/20261",
    "2026-01-31 24:00", "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "00/00/0000",
    "1/1/0000",
    "31/01/2026 10:05 or so", "2026-01-31\n10:05\n",
)  # fmt: skip


@pytest.mark.parametrize(("typed", "moment"), READ.items())
def test_iso_and_british_dates_are_read_as_london_time_unless_they_name_an_offset(typed: str, moment: str) -> None:
    read = read_moment(typed)
    assert read is not None
    assert read[0] == datetime.fromisoformat(moment)
    assert read[0].tzinfo is UTC


@pytest.mark.parametrize("typed", NOT_READ)
def test_what_is_no_date_is_not_guessed_at(typed: str) -> None:
    assert read_moment(typed) is None


def test_a_time_that_the_autumn_clock_change_repeats_is_its_first_pass() -> None:
    assert read_moment("25/10/2026 01:30") == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25))
    assert read_moment("25/10/2026 00:59") == (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), date(2026, 10, 25))
    assert read_moment("25/10/2026 02:00") == (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), date(2026, 10, 25))


def test_a_time_that_the_spring_clock_change_skips_is_still_on_its_day() -> None:
    assert read_moment("2026-03-29 00:59") == (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29))
    assert read_moment("2026-03-29 01:30") == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), date(2026, 3, 29))
    assert read_moment("2026-03-29 02:00") == (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29))


def test_the_day_is_the_councils_own_not_that_of_utc() -> None:
    assert read_moment("2026-07-31T23:30:00Z") == (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), date(2026, 8, 1))
    assert read_moment("01/08/2026 00:30") == (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), date(2026, 8, 1))


@settings(deadline=None)
@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_written_with_its_offset_is_read_back(moment: datetime) -> None:
    assert read_moment(moment.astimezone(LONDON).isoformat()) == (moment, day_of(moment))


@settings(deadline=None)
@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_local_minute_is_read_as_london_reads_it(local: datetime) -> None:
    local = local.replace(second=0, microsecond=0, fold=0)
    read = read_moment(f"{local:%d/%m/%Y %H:%M}")
    assert read == (local.replace(tzinfo=LONDON).astimezone(UTC), local.date())


@settings(deadline=None)
@given(
    st.text(max_size=40) | st.from_regex(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}:\d{1,2}.{0,9}", fullmatch=True)
)
def test_whatever_is_typed_is_read_or_refused_and_never_fails(typed: str) -> None:
    read = read_moment(typed)
    assert read is None or read[0].tzinfo is UTC

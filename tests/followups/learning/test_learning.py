"""What cases teach is counted in the month of their opening, within the scope, and by exact working days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.db import db, insert_into, transaction
from surveys.followups.cases.models import CaseState
from surveys.followups.compliments.models import Compliment
from surveys.followups.learning.counts import (
    Days,
    Progress,
    read_days,
    read_passed_on,
    read_progress,
)
from surveys.followups.learning.reading import answers_by_service, causes_by_service, days_by_service, progress_by_month
from surveys.followups.learning.roll_up import count_cases
from surveys.messaging.hours import Nation
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from tests.counting import statements
from tests.followups.many_cases import one_case, put_cases
from tests.makers.people import make_service, make_user
from tests.rates.made import make_ratings, roll_up_all

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
BOTH = Scope(JANUARY, FEBRUARY)
TODAY = date(2026, 2, 20)
MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)
THURSDAY = datetime(2026, 2, 19, 10, tzinfo=UTC)


@pytest.fixture
def parking(app: Flask) -> int:
    return make_service().id


def counted() -> None:
    with transaction():
        count_cases(TODAY, Nation.ENGLAND)


def test_a_case_counts_in_its_month_with_what_became_of_it(parking: int) -> None:
    put_cases(
        [
            one_case(parking, MONDAY, acted=0, closed=4),
            one_case(parking, MONDAY, acted=2, closed=7, reopened=1),
            one_case(parking, MONDAY, acted=3),
            one_case(parking, MONDAY),
            one_case(parking, MONDAY, acted=1, state=CaseState.HANDED_OVER),
            one_case(parking, THURSDAY, acted=1),
        ]
    )
    found = read_progress(BOTH, TODAY)
    assert found == {
        (JANUARY, parking): Progress(5, 2, 1, 5, 3, 4, 1),
        (FEBRUARY, parking): Progress(1, 0, 0, 0, 0, 0, 0),
    }
    counted()
    assert progress_by_month(BOTH, TODAY) == found
    assert found[JANUARY, parking].settled
    assert not found[FEBRUARY, parking].settled


def test_the_last_hour_of_a_summer_month_belongs_to_the_next(parking: int) -> None:
    put_cases(
        [
            one_case(parking, datetime(2025, 7, 31, 22, 59, tzinfo=UTC)),
            one_case(parking, datetime(2025, 7, 31, 23, tzinfo=UTC)),
        ]
    )
    found = read_progress(Scope(Month(2025, 7), Month(2025, 8)), TODAY)
    assert {month: one.opened for (month, _), one in found.items()} == {Month(2025, 7): 1, Month(2025, 8): 1}
    assert list(read_progress(Scope(Month(2025, 7), Month(2025, 7)), TODAY)) == [(Month(2025, 7), parking)]


def test_days_are_working_days_over_a_weekend_and_a_bank_holiday(parking: int) -> None:
    new_year_s_eve = datetime(2025, 12, 31, 10, tzinfo=UTC)
    put_cases([one_case(parking, new_year_s_eve, acted=1, closed=3), one_case(parking, MONDAY, acted=1)])
    scope = Scope(Month(2025, 12), JANUARY)
    assert read_days(scope, TODAY, Nation.ENGLAND) == {parking: Days({1: 2}, {3: 1})}
    # The second of January is a holiday in Scotland alone.
    assert read_days(scope, TODAY, Nation.SCOTLAND) == {parking: Days({0: 1, 1: 1}, {2: 1})}


def test_nothing_is_read_beyond_the_services_and_channels_of_the_scope(parking: int) -> None:
    bins = make_service("bins", "Bins").id
    given: dict[str, Any] = {"acted": 1, "closed": 2, "cause": "waiting_time"}
    put_cases([one_case(parking, MONDAY, **given), one_case(bins, MONDAY, **given, channel=Channel.WEB)])
    counted()
    for scope in (
        Scope(JANUARY, JANUARY, frozenset({parking})),
        Scope(JANUARY, JANUARY, None, frozenset({Channel.PHONE})),
    ):
        assert {service for _, service in read_progress(scope, TODAY)} == {parking}
        assert set(read_days(scope, TODAY, Nation.ENGLAND)) == {parking}
        assert causes_by_service(scope, Month(2025, 12))[0] == {("waiting_time", parking): 1}
    nothing = Scope(JANUARY, JANUARY, frozenset())
    assert read_progress(nothing, TODAY) == {}
    assert read_days(nothing, TODAY, Nation.ENGLAND) == {}


def test_causes_are_told_apart_by_period(parking: int) -> None:
    december = datetime(2025, 12, 15, 10, tzinfo=UTC)
    put_cases(
        [
            *(one_case(parking, MONDAY, cause="waiting_time") for _ in range(3)),
            one_case(parking, december, cause="waiting_time"),
            one_case(parking, december),
            one_case(parking, datetime(2025, 11, 15, tzinfo=UTC), cause="waiting_time"),
        ]
    )
    counted()
    now, before = causes_by_service(Scope(JANUARY, JANUARY), Month(2025, 12))
    assert now == {("waiting_time", parking): 3, (None, parking): 0}
    assert before == {("waiting_time", parking): 1, (None, parking): 1}


def test_the_share_of_answers_that_became_cases_is_of_answers_about_contacts_of_the_period(parking: int) -> None:
    make_ratings(parking, [Satisfaction.VERY_SATISFIED] * 8, date(2026, 1, 5))
    roll_up_all()
    put_cases(
        [one_case(parking, MONDAY), one_case(parking, THURSDAY, day=date(2026, 1, 30)), one_case(parking, THURSDAY)]
    )
    counted()
    assert answers_by_service(Scope(JANUARY, JANUARY)) == {parking: (2, 8)}


def test_compliments_count_in_the_month_in_which_they_were_passed_on(parking: int) -> None:
    user = make_user().id
    moments = (MONDAY, datetime(2026, 1, 31, 23, 30, tzinfo=UTC), THURSDAY, datetime(2025, 12, 31, 23, tzinfo=UTC))
    rows = [{"service_id": parking, "team": "Desk", "passed_on_at": at, "passed_on_by": user} for at in moments]
    with transaction():
        db.session.execute(insert_into(Compliment), rows)
    assert read_passed_on(BOTH) == {(JANUARY, parking): 2, (FEBRUARY, parking): 1}
    assert read_passed_on(Scope(JANUARY, FEBRUARY, frozenset())) == {}


def test_each_reader_asks_once_however_many_cases_there_are(parking: int) -> None:
    put_cases(one_case(parking, MONDAY, acted=n % 4, closed=n % 9) for n in range(60))
    with statements() as seen:
        read_progress(BOTH, TODAY)
        read_days(BOTH, TODAY, Nation.ENGLAND)
        progress_by_month(BOTH, TODAY)
        days_by_service(BOTH)
        causes_by_service(BOTH, Month(2025, 11))
    assert len(seen) == 5

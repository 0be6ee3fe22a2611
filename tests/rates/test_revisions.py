"""What late answers change in a month that was long over is told; a first fill and a recount are no revision."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from surveys.answers.models import Mode
from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.months import Month
from surveys.rates.roll_up import recount_everything
from surveys.rates.scope import Scope
from surveys.rates.told import Revised, read_revisions
from tests.counting import statements
from tests.makers.people import make_service
from tests.rates.made import EVERYTHING, drifts, make_ratings, make_response, roll_up_all

MARCH = Month(2026, 3)
IN_TIME, LATE = datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 2, 12, tzinfo=UTC)
VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER


@pytest.fixture
def parking(app: Flask) -> int:
    """Two answers of March, counted in April."""
    service = make_service().id
    make_ratings(service, [VERY, NEITHER])
    roll_up_all(datetime(2026, 4, 5, tzinfo=UTC))
    return service


def revisions(scope: Scope = EVERYTHING) -> list[Revised]:
    return list(read_revisions(scope))


def test_a_late_answer_to_a_month_that_was_over_is_told_with_before_and_after(parking: int) -> None:
    make_ratings(parking, [VERY], date(2026, 3, 31))
    with transaction():
        make_response(parking, VERY, channel=Channel.WEB)
    roll_up_all(LATE)
    by_phone, by_web = sorted(revisions(), key=lambda found: found.channel)
    assert (by_phone.before, by_phone.after, by_phone.month) == ((1, 2), (2, 3), MARCH)
    assert (by_phone.at, by_phone.service, by_phone.channel) == (LATE, "Parking", Channel.PHONE)
    assert (by_web.before, by_web.after, by_web.channel) == ((0, 0), (1, 1), Channel.WEB)


def test_until_31_days_after_its_end_a_month_only_fills(parking: int) -> None:
    make_ratings(parking, [VERY])
    roll_up_all(IN_TIME)
    assert revisions() == []


def test_what_changes_no_rating_of_the_drawn_revises_nothing(parking: int) -> None:
    make_ratings(parking, [Satisfaction.DO_NOT_KNOW])
    with transaction():
        make_response(parking, VERY, mode=Mode.KIOSK)
    roll_up_all(LATE)
    assert revisions() == []


def test_neither_a_first_fill_nor_a_recount_is_a_revision(parking: int) -> None:
    make_ratings(parking, [VERY], date(2026, 1, 5))
    roll_up_all(LATE)
    make_ratings(parking, [VERY])
    with transaction():
        recount_everything(LATE)
    assert revisions() == []


def test_a_month_that_is_first_filled_in_several_statements_is_no_revision(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.rates.recounts.AT_ONCE", 1)
    service = make_service().id
    with transaction():
        for channel in (Channel.PHONE, Channel.WEB, Channel.EMAIL):
            make_response(service, VERY, channel=channel)
    roll_up_all(LATE)
    assert revisions() == []
    assert drifts() == 0


def test_revisions_are_read_within_a_scope_in_one_query(parking: int) -> None:
    make_ratings(parking, [VERY])
    roll_up_all(LATE)
    with statements() as seen:
        assert len(revisions(Scope(MARCH, MARCH, frozenset({parking}), frozenset({Channel.PHONE})))) == 1
    assert len(seen) == 1
    assert revisions(Scope(MARCH.plus(1), MARCH.plus(1))) == []
    assert revisions(Scope(MARCH, MARCH, frozenset())) == []

"""Counted figures of cases are those that reading every case gives, whatever changed; the check finds others."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.clock import day_of
from surveys.core.db import db, transaction
from surveys.followups.cases.models import Case, CaseOutcome, CaseState
from surveys.followups.learning.checking import check_cases
from surveys.followups.learning.counts import Days, read_days, read_progress
from surveys.followups.learning.models import CaseFigure
from surveys.followups.learning.reading import (
    answers_by_service,
    causes_by_service,
    days_by_service,
    progress_by_month,
)
from surveys.followups.learning.roll_up import count_cases, waiting_months
from surveys.messaging.hours import Nation
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from tests.counting import statements
from tests.followups.learning.every_case import read_answers, read_causes
from tests.followups.many_cases import one_case, put_cases
from tests.makers.people import make_service
from tests.rates.made import make_ratings, roll_up_all

TODAY = date(2026, 3, 20)
ENGLAND, SCOTLAND = Nation.ENGLAND, Nation.SCOTLAND
FIRST, LAST = datetime(2025, 3, 1, tzinfo=UTC), datetime(2026, 3, 18, tzinfo=UTC)
STATES = (CaseState.NEW, CaseState.WAITING, CaseState.ANSWERED, CaseState.HANDED_OVER, CaseState.CLOSED)


@pytest.fixture
def services(app: Flask) -> Iterator[list[int]]:
    with time_machine.travel(datetime(2026, 3, 20, 12, tzinfo=UTC), tick=False):
        yield [make_service(f"service-{n}", f"Service {n}").id for n in range(3)]


def count(today: date = TODAY, nation: Nation = ENGLAND, months: int | None = None) -> bool:
    with transaction():
        return count_cases(today, nation, months)


def random_case(rng: Random, services: list[int]) -> dict[str, Any]:
    """Any moment of a year, near midnight often, with whatever may become of a case."""
    opened = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days), hours=rng.choice([0, 9, 22, 23]), minutes=30)
    state, after = rng.choice(STATES), sorted(rng.randrange(16) for _ in range(3))
    acted, answered, closed = (min(opened + timedelta(days=days, hours=5), LAST + timedelta(days=2)) for days in after)
    is_closed, is_answered = state is CaseState.CLOSED, state is CaseState.ANSWERED
    return one_case(rng.choice(services), opened, channel=rng.choice([Channel.PHONE, Channel.WEB, Channel.POST])) | {
        "state": state,
        "day": day_of(opened) - timedelta(days=rng.randrange(40)),
        "acted_at": None if state is CaseState.NEW else acted,
        "answered_at": answered if is_answered or (is_closed and rng.random() < 0.5) else None,
        "closed_at": closed if is_closed else None,
        "outcome": CaseOutcome.EXPLAINED if is_closed else None,
        "cause": rng.choice([None, "waiting_time", "outcome"]) if is_closed else None,
        "reopened": rng.choice([0, 0, 0, 1, 2]),
    }


def scopes(services: list[int]) -> list[Scope]:
    some = frozenset(services[:2])
    return [
        Scope(Month(2025, 3), Month(2026, 3)),
        Scope(Month(2025, 12), Month(2026, 1), some),
        Scope(Month(2025, 5), Month(2026, 2), some, frozenset({Channel.PHONE})),
        Scope(Month(2026, 3), Month(2026, 3), None, frozenset({Channel.WEB, Channel.POST})),
        Scope(Month(2025, 3), Month(2025, 9), frozenset()),
    ]


def assert_as_every_case_says(services: list[int], today: date = TODAY) -> None:
    for scope in scopes(services):
        assert progress_by_month(scope, today) == read_progress(scope, today)
        told = {service: days for service, days in read_days(scope, today, ENGLAND).items() if days != Days({}, {})}
        assert days_by_service(scope) == told
        before = scope.first_month.plus(-6)
        assert causes_by_service(scope, before) == read_causes(scope, before)
        assert answers_by_service(scope) == read_answers(scope)


@pytest.mark.parametrize("seed", range(4))
def test_counted_figures_are_those_of_every_case_read(services: list[int], seed: int) -> None:
    rng = Random(seed)
    for service in services:
        make_ratings(service, [Satisfaction.VERY_SATISFIED] * 8, date(2026, 1, 5))
    roll_up_all()
    put_cases(random_case(rng, services) for _ in range(400))
    assert not count()
    assert_as_every_case_says(services)
    # Days pass without a count, and last days with them.
    for later in (1, 4, 30):
        assert_as_every_case_says(services, TODAY + timedelta(days=later))
    assert check_cases(TODAY + timedelta(days=4), ENGLAND).drifts == []


def test_a_case_that_changes_by_any_statement_is_counted_anew_and_alone(services: list[int]) -> None:
    rng = Random(7)
    put_cases(random_case(rng, services) for _ in range(200))
    count()
    with transaction():
        case = db.session.scalars(sa.select(Case).where(Case.state == CaseState.NEW).order_by(Case.id)).first()
        assert case is not None
        case.acted_at, case.state = case.opened_at, CaseState.ACKNOWLEDGED
    assert waiting_months(ENGLAND) == {Month.of(day_of(case.opened_at)): {case.service_id}}
    with transaction():
        db.session.execute(sa.update(Case).where(Case.service_id == services[0]).values(reopened=3))
    assert set().union(*waiting_months(ENGLAND).values()) == {case.service_id, services[0]}
    assert check_cases(TODAY, ENGLAND).waiting > 1
    assert check_cases(TODAY, ENGLAND).drifts == []
    count()
    assert_as_every_case_says(services)
    with statements() as seen:
        count()
    assert len(seen) <= 2, seen


def test_another_nation_s_working_days_have_every_case_counted_anew(services: list[int]) -> None:
    put_cases([one_case(services[0], datetime(2025, 12, 31, 10, tzinfo=UTC), acted=1, closed=3)])
    december = Scope(Month(2025, 12), Month(2025, 12))
    count()
    assert days_by_service(december) == {services[0]: Days({1: 1}, {3: 1})}
    count(nation=SCOTLAND)
    assert days_by_service(december) == {services[0]: Days({0: 1}, {2: 1})}


def test_a_long_first_count_goes_by_some_months_at_a_time_the_newest_first(services: list[int]) -> None:
    months = [Month(2025, n) for n in range(5, 12)]
    put_cases(one_case(services[0], datetime(2025, month.month, 5, 9, tzinfo=UTC)) for month in months)
    assert count(months=6)
    assert list(waiting_months(ENGLAND)) == months[:1]
    assert not count(months=6)


def test_the_check_names_a_figure_that_differs_and_a_recount_mends_it(app: Flask, services: list[int]) -> None:
    put_cases(one_case(services[0], LAST - timedelta(days=20), acted=1) for _ in range(3))
    commands = app.test_cli_runner()
    before = commands.invoke(args=["followups", "check"])
    assert before.exit_code == 0
    assert "3 cases wait for the next count" in before.output
    count()
    with transaction():
        db.session.execute(sa.update(CaseFigure).where(CaseFigure.measure == "opened").values(count=4))
    found = commands.invoke(args=["followups", "check"])
    assert found.exit_code == 1
    assert "stored 4, recount 3" in found.output
    assert "figures counted from the cases" in commands.invoke(args=["followups", "recount"]).output
    assert commands.invoke(args=["followups", "check"]).exit_code == 0

"""Cases that ran past a deadline are told a step at a time, each step once, and administrators at the second."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.models import CaseEventKind, CaseState
from surveys.followups.cases.moves import Act, Step
from surveys.followups.cases.working_days import working_days_between
from surveys.followups.handling.acts import Form, move, reopen
from surveys.followups.notices.escalation import day_before, escalate
from surveys.followups.notices.models import AlertKind, Notice
from surveys.messaging.hours import Nation
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.answers.racing import at_once, inside
from tests.counting import statements
from tests.followups.acting import officer_of
from tests.followups.made import MOMENT
from tests.makers.cases import case_of, event_kinds, make_case
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

DAY = timedelta(days=1)


def run(moment: datetime) -> int:
    with transaction():
        return escalate(moment)


def told() -> list[int]:
    db.session.rollback()
    query = sa.select(Notice.user_id).where(Notice.kind == AlertKind.LATE).order_by(Notice.at, Notice.user_id)
    return list(db.session.scalars(query))


def test_the_last_day_is_in_time_and_the_day_after_it_is_late(app: Flask) -> None:
    number = make_case(acknowledge_days=2, answer_days=5)
    assert run(MOMENT + 2 * DAY) == 0
    assert run(MOMENT + 3 * DAY) == 1
    assert case_of(number).escalation == 1
    assert event_kinds(number) == [CaseEventKind.OPENED, CaseEventKind.ESCALATED]


def test_each_step_is_told_once_and_administrators_at_the_second(app: Flask) -> None:
    owner, manager, boss = officer_of(), make_user(Role.MANAGER), make_user(Role.ADMINISTRATOR)
    officer_of("bins", "binman")
    number = make_case(owner_id=owner.id)
    late = MOMENT + 3 * DAY
    for moment in (late, late + timedelta(hours=1), late + 3 * DAY):
        run(moment)
    assert told() == [owner.id, manager.id]
    # Late since Thursday; the fifth working day after the deadline of Wednesday is the Wednesday after it.
    assert run(MOMENT + 8 * DAY) == 0
    assert run(MOMENT + 9 * DAY) == 1
    assert run(MOMENT + 40 * DAY) == 0
    assert told() == [owner.id, manager.id, owner.id, manager.id, boss.id]
    assert case_of(number).escalation == 2
    told_in_trail = sa.select(AuditEntry.details).where(AuditEntry.action == "cases escalated").order_by(AuditEntry.id)
    assert db.session.scalars(told_in_trail).all() == [{"step": 1, "count": 1}, {"step": 2, "count": 1}]


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.HANDED_OVER, CaseState.CLOSED])
def test_what_is_answered_handed_over_or_closed_is_never_late(app: Flask, state: CaseState) -> None:
    number = make_case(state=state)
    assert run(MOMENT + 60 * DAY) == 0
    assert case_of(number).escalation == 0


def test_what_was_acknowledged_is_late_again_past_the_day_of_its_answer(app: Flask) -> None:
    number, by = make_case(acknowledge_days=2, answer_days=5), officer_of()
    assert run(MOMENT + 3 * DAY) == 1
    with transaction():
        move(number, None, Step(Act.ACKNOWLEDGE), Form(b"1" * 32, 1), by.id, MOMENT + 3 * DAY)
    assert [run(MOMENT + days * DAY) for days in (4, 7, 8, 9)] == [0, 0, 1, 0]


def test_acknowledging_when_the_answer_is_late_too_tells_nothing_twice(app: Flask) -> None:
    number, by = make_case(), officer_of()
    run(MOMENT + 30 * DAY)
    with transaction():
        move(number, None, Step(Act.ACKNOWLEDGE), Form(b"1" * 32, 1), by.id, MOMENT + 30 * DAY)
    assert case_of(number).escalation == 2
    assert run(MOMENT + 31 * DAY) == 0


def test_opened_again_it_begins_with_no_step(app: Flask) -> None:
    number, by = make_case(state=CaseState.CLOSED, escalation=2), officer_of()
    with transaction():
        reopen(number, None, "Again.", Nation.ENGLAND, Form(b"1" * 32, 1), by.id, MOMENT)
    assert run(MOMENT + 14 * DAY) == 0
    assert run(MOMENT + 15 * DAY) == 1


def test_a_form_that_is_open_meanwhile_still_works(app: Flask) -> None:
    number, by = make_case(), officer_of()
    seen = case_of(number).edition
    run(MOMENT + 3 * DAY)
    with transaction():
        move(number, None, Step(Act.ACKNOWLEDGE), Form(b"1" * 32, seen), by.id, MOMENT + 3 * DAY)


def test_two_workers_tell_each_case_once(app: Flask) -> None:
    owner = officer_of()
    numbers = [make_case(owner_id=owner.id, consent=False) for _ in range(4)]
    late = MOMENT + 3 * DAY
    found = at_once(app, *(inside(app, lambda: escalate(late)) for _ in range(2)))
    assert sorted(found, key=str) == [0, 4]
    assert told() == [owner.id] * 4
    assert {case_of(number).escalation for number in numbers} == {1}


def test_many_late_cases_cost_no_more_statements_than_one(app: Flask) -> None:
    officer_of()

    def cost() -> int:
        with statements() as seen:
            run(MOMENT + 3 * DAY)
        return len(seen)

    make_case(consent=False)
    one = cost()
    for _ in range(6):
        make_case(consent=False)
    assert cost() <= one


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 30), st.sampled_from(Nation))
def test_the_day_before_so_many_working_days_is_the_last_such_day(day: date, count: int, nation: Nation) -> None:
    found = day_before(day, count, nation)
    assert working_days_between(found, day, nation) == count
    assert working_days_between(found + DAY, day, nation) < count


def test_home_says_what_is_late_and_what_nobody_took_of_one_s_own_services(app: Flask, client: FlaskClient) -> None:
    make_case(service="bins")
    make_case(opened_at=now() - 20 * DAY)
    make_case(owner_id=officer_of().id)
    sign_in(client, make_user(Role.MANAGER, service=None))
    words = text_of(client.get("/"))
    assert "1 case past the deadline" in words
    assert "2 new cases that nobody has taken" in words
    sign_in(client, officer_of(name="another"))
    assert "1 case past the deadline 1 new case that nobody has taken" in text_of(client.get("/"))
    sign_in(client, make_user(Role.REVIEWER))
    assert "nobody has taken" not in text_of(client.get("/"))

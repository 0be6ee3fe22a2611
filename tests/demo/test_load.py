"""A small made-up council, loaded through the stages once and only read: what must hold of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.answers.models import Answer, Response
from surveys.contacts.models import BatchState, Contact, ImportBatch
from surveys.core.db import db
from surveys.core.refusals import Refused
from surveys.demo.load import Wanted, load_council
from surveys.demo.users import USERS
from surveys.invitations.models import Invitation, InvitationState
from surveys.messaging.models import InboxMessage
from surveys.people.audit import breaks
from surveys.people.models import Service, User
from surveys.people.roles import Role
from surveys.rates.checking import check, contact_drifts
from surveys.rates.models import ContactFigure, CrossFigure, DayFigure, MonthFigure, Revision
from surveys.sampling.models import Draw, Outcome, SamplingPlan
from tests.conftest import empty

NOW = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
WANTED = Wanted(contacts=1500, days=75, seed=3, now=NOW)
NEWEST = (date(2026, 3, 9), date(2026, 3, 10))


@pytest.fixture(scope="module")
def council(migrated_app: Flask, folder: Path) -> Iterator[Flask]:
    with migrated_app.app_context(), time_machine.travel(NOW, tick=False):
        load_council(WANTED)
        yield migrated_app
        db.session.remove()
        empty(folder)
        migrated_app.extensions.pop("definitions", None)
        migrated_app.extensions["huey"].flush()


def count(kind: type[db.Model], *conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind).where(*conditions)) or 0


def test_every_contact_is_loaded_and_has_one_draw(council: Flask) -> None:
    assert count(Contact) == count(Draw) == 1500
    assert count(ImportBatch) == count(ImportBatch, ImportBatch.state == BatchState.LOADED, ImportBatch.rejected == 0)
    outcomes = set(db.session.scalars(sa.select(Draw.outcome).distinct()))
    assert outcomes >= {Outcome.SELECTED, Outcome.NOT_DRAWN, Outcome.ASKED_RECENTLY, Outcome.LANDLINE}
    assert outcomes >= {Outcome.UNREACHABLE, Outcome.TOO_OLD, Outcome.DUPLICATE}


def test_contacts_are_of_the_wanted_days_six_days_a_week(council: Flask) -> None:
    days = set(db.session.scalars(sa.select(Contact.day).distinct()))
    assert min(days) >= WANTED.first_day
    assert max(days) == WANTED.newest_day == NEWEST[1]
    assert {day.weekday() for day in days} == set(range(6))


def test_figures_equal_a_recount_and_the_audit_chain_holds(council: Flask) -> None:
    found = check()
    assert (found.drifts, found.waiting) == ([], 0)
    assert contact_drifts(NOW) == []
    assert found.figures > count(DayFigure) > count(MonthFigure) > 100
    assert db.session.scalar(sa.select(sa.func.sum(ContactFigure.count))) == 1500
    assert (count(CrossFigure) > 0, count(Revision)) == (True, 0)
    assert list(breaks()) == []


def test_every_plan_was_committed_before_its_month_and_next_month_has_one(council: Flask) -> None:
    plans = db.session.scalars(sa.select(SamplingPlan).order_by(SamplingPlan.starts_on)).all()
    assert [plan.starts_on for plan in plans] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
    ]
    assert all(plan.committed_on < plan.starts_on and not plan.late for plan in plans)
    assert all(3500 <= rate.rate <= 6000 for plan in plans for rate in plan.rates)
    assert len(plans[0].rates) == len(plans[-1].rates) > 30


def test_nobody_is_asked_twice_in_ninety_days(council: Flask) -> None:
    person = sa.case((Invitation.medium == "sms", Contact.phone_hash), else_=Contact.email_hash)
    sent = sa.select(person, sa.func.count()).select_from(Invitation).join(Contact, Contact.id == Invitation.contact_id)
    counts = db.session.execute(sent.where(Invitation.state == InvitationState.SENT).group_by(person)).all()
    assert len(counts) > 300
    assert {n for _, n in counts} == {1}


def test_the_newest_two_days_wait_in_the_inbox_unanswered(council: Flask) -> None:
    newest = sa.select(Contact.id).where(Contact.day.in_(NEWEST))
    invited = count(Invitation, Invitation.contact_id.in_(newest), Invitation.state == InvitationState.SENT)
    assert count(InboxMessage) == invited > 0
    assert count(Response, Response.day.in_(NEWEST)) == 0
    assert count(Invitation, Invitation.state == InvitationState.DUE) == 0


def test_answers_come_after_their_message_and_before_now(council: Flask) -> None:
    rows = db.session.execute(
        sa.select(Response.started_at, Response.completed_at, Invitation.sent_at, Invitation.expires_at).join(
            Invitation, Invitation.id == Response.invitation_id
        )
    ).all()
    assert len(rows) > 60
    for row in rows:
        assert row.sent_at < row.started_at < min(row.expires_at, NOW)
        assert row.completed_at is None or row.started_at < row.completed_at < min(row.expires_at, NOW)
    assert any(row.completed_at is None for row in rows)
    assert count(Answer, Answer.question == "why") > 10


def test_every_user_can_sign_in(council: Flask) -> None:
    for user in USERS:
        answer = council.test_client().post("/sign-in", data={"email": user.email, "password": user.words})
        assert answer.status_code == 302, user.email
    assert {user.role for user in USERS} == set(Role)


def test_one_manager_is_for_parking_only(council: Flask) -> None:
    user = db.session.scalars(sa.select(User).where(User.email == "parking@demo.example")).one()
    parking = db.session.scalar(sa.select(Service.id).where(Service.slug == "parking"))
    assert [(grant.role, grant.service_id) for grant in user.grants] == [(Role.MANAGER, parking)]


def test_a_second_council_is_refused(council: Flask) -> None:
    with pytest.raises(Refused, match="holds contacts already"):
        load_council(WANTED)
    assert count(Contact) == 1500

"""One reminder, only to who was reached and has not answered, counted as an ask, ended by an answer or a stop."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.opening import open_link
from surveys.contacts.models import ContactPoint, PointKind, Stop
from surveys.contacts.suppression import opt_out
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key, token_for
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.invitations.outbox import send_due
from surveys.invitations.remind import Reminding, note_answers, remind
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.models import Medium
from tests.invitations.made import MOMENT, Scripted, make_due

BY_EMAIL = Reminding(after_days=7, media=frozenset({Medium.EMAIL}))
A_WEEK_LATER = MOMENT + timedelta(days=7, minutes=1)


@pytest.fixture
def delivered(app: Flask, tmp_path: Path) -> Scripted:
    """Two emails delivered, one sent without a receipt."""
    make_due(tmp_path, 3)
    provider = Scripted()
    send_due(provider.senders(), MOMENT)
    with transaction():
        reached = sa.select(Invitation.id).order_by(Invitation.id).limit(2)
        ids = list(db.session.scalars(reached))
        db.session.execute(sa.update(Invitation).where(Invitation.id.in_(ids)).values(state=InvitationState.DELIVERED))
    return provider


def made(moment: object = A_WEEK_LATER, reminding: Reminding = BY_EMAIL) -> int:
    with transaction():
        return remind(moment, reminding)  # type: ignore[arg-type]  # a moment


def reminders() -> list[Invitation]:
    db.session.rollback()
    query = sa.select(Invitation).where(Invitation.kind == InvitationKind.REMINDER).order_by(Invitation.id)
    return list(db.session.scalars(query))


def test_only_what_was_delivered_and_is_unanswered_is_reminded_of(delivered: Scripted) -> None:
    assert made() == 2
    assert {r.state for r in reminders()} == {"due"}


def test_nobody_is_reminded_before_the_days_are_over_or_twice(delivered: Scripted) -> None:
    assert made(MOMENT + timedelta(days=6)) == 0
    assert made() == 2
    send_due(delivered.senders(), A_WEEK_LATER)
    assert made(A_WEEK_LATER + timedelta(days=7)) == 0


def test_by_a_medium_that_is_not_chosen_nobody_is_reminded(delivered: Scripted) -> None:
    assert made(reminding=Reminding(7, frozenset({Medium.SMS}))) == 0
    assert made(reminding=Reminding(7, frozenset())) == 0


def test_a_reminder_brings_the_same_link(delivered: Scripted) -> None:
    made()
    send_due(delivered.senders(), A_WEEK_LATER)
    first, again = delivered.messages[0], delivered.messages[3]
    token = token_for(TOKEN_PURPOSE, open_link(first.body.split("/s/")[1].split()[0]).invitation_id)
    assert f"/s/{token}" in first.body
    assert f"/s/{token}" in again.body
    assert first.correlation != again.correlation


def test_an_answer_ends_a_reminder_that_is_due(delivered: Scripted) -> None:
    made()
    first = reminders()[0].reminder_of
    assert first is not None
    with transaction():
        note_answers([(first, A_WEEK_LATER)])
    send_due(delivered.senders(), A_WEEK_LATER)
    assert [(r.state, r.reason) for r in reminders()] == [("not_sent", "answered"), ("sent", None)]


def test_an_answer_between_claim_and_sending_still_ends_the_reminder(app: Flask, delivered: Scripted) -> None:
    made()
    numbers = [r.reminder_of for r in reminders()]

    def answers_meanwhile(message: object) -> object:
        with app.app_context(), transaction():
            note_answers([(n, A_WEEK_LATER) for n in numbers if n])
        return Scripted().send(message)  # type: ignore[arg-type]  # a message

    before = len(delivered.messages)
    delivered.answer = answers_meanwhile  # type: ignore[assignment]  # a scripted provider
    send_due(delivered.senders(), A_WEEK_LATER)
    assert len(delivered.messages) == before + 1
    assert sorted(r.state for r in reminders()) == ["not_sent", "sent"]


def test_a_stop_ends_a_reminder(delivered: Scripted) -> None:
    made()
    with transaction():
        opt_out([(PointKind.EMAIL, address_hash("a000@example.com", address_key()))], A_WEEK_LATER, Stop.PAGE)
    send_due(delivered.senders(), A_WEEK_LATER)
    assert sorted((r.state, r.reason) for r in reminders()) == [("not_sent", "opted-out"), ("sent", None)]


def test_a_reminder_counts_as_an_ask(delivered: Scripted) -> None:
    made()
    point = sa.select(ContactPoint.last_invited_at).where(
        ContactPoint.address_hash == address_hash("a000@example.com", address_key())
    )
    assert db.session.scalar(point) == A_WEEK_LATER

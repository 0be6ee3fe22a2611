"""Nothing is sent to a person who had erased what was held on them, whatever had become of their message."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from surveys.answers.erasure import erase
from surveys.core.db import db, transaction
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.outbox import send_due
from surveys.invitations.reconcile import reconcile, undecided
from surveys.invitations.remind import Reminding, remind
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Found, Message, NotSent, Sent, Uncertain
from tests.invitations.made import MOMENT, Scripted, make_due, rows_by_reference


def erase_all() -> None:
    with transaction():
        for number in db.session.scalars(sa.select(Invitation.id)).all():
            erase(number, MOMENT)


def ends() -> list[tuple[str, str | None]]:
    return [(one.state.value, one.reason) for one in rows_by_reference().values()]


def test_a_message_that_is_due_is_not_sent_after_it(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 2)
    erase_all()
    provider = Scripted()
    send_due(provider.senders(), MOMENT)
    assert provider.messages == []
    assert ends() == [("not_sent", "erased")] * 2


def test_a_message_that_goes_back_to_be_tried_again_is_left_out(app: Flask, tmp_path: Path) -> None:
    """It was with the provider while the person had everything erased."""
    make_due(tmp_path, 1)

    def busy(_message: Message) -> Sent:
        erase_all()
        return NotSent("busy")

    provider = Scripted(busy)
    send_due(provider.senders(), MOMENT)
    assert ends() == [("due", "busy")]
    send_due(provider.senders(), MOMENT + timedelta(days=1))
    assert len(provider.messages) == 1
    assert ends() == [("not_sent", "erased")]


def test_nobody_is_reminded_after_it(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 2)
    send_due(Scripted().senders(), MOMENT)
    with transaction():
        db.session.execute(sa.update(Invitation).values(state=InvitationState.DELIVERED))
    erase_all()
    with transaction():
        assert remind(MOMENT + timedelta(days=8), Reminding(7, frozenset({Medium.EMAIL}))) == 0


def test_an_uncertain_message_is_left_for_a_person(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 1)
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders(), MOMENT)
    erase_all()
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), MOMENT + timedelta(minutes=5)) == 0
    assert undecided() == 1

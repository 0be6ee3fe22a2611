"""Uncertain messages: ask the provider whether it has them; what nobody can tell is left for a person to decide.

Nothing here ever sends. A lost survey is better than a double text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.invitations.claim import Claimed, message_rows, ready
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.moves import move
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import CannotTell, Found, Missing, Search, Sender
from surveys.people.audit import record

# A receipt usually comes first; a provider's list may lag behind a little.
FIRST_LOOK = timedelta(minutes=2)
LOOK_AGAIN = timedelta(minutes=10)
LOOK_UNTIL = timedelta(hours=24)
MOST = 100
# Why a message is uncertain once its provider has said that it does not have it.
NOT_FOUND = "not-found"
STATE = InvitationState


@dataclass(frozen=True)
class Doubt:
    """An uncertain message to look for, and since when it could have been taken."""

    claimed: Claimed
    since: datetime


def reconcile(
    senders: Mapping[Medium, Sender], moment: datetime | None = None, first_look: timedelta = FIRST_LOOK
) -> int:
    """Look for uncertain messages at their providers; returns how many were found to have been sent.

    Runs its own transactions: each message is marked as looked for, and that committed, before its provider is
    called with nothing open. So sweeps at the same time share the work. moment: for tests; otherwise each step's own.
    """
    found = 0
    for _ in range(MOST):
        with transaction():
            doubt = next_doubt(moment or now(), first_look)
        if doubt is None:
            break
        sender = senders.get(doubt.claimed.message.medium)
        answer = sender.find(doubt.claimed.message, doubt.since) if sender else CannotTell()
        with transaction():
            found += settle_doubt(doubt.claimed.invitation_id, answer, moment or now())
    return found


def next_doubt(moment: datetime, first_look: timedelta) -> Doubt | None:
    """The oldest uncertain message that nobody is looking for, marked as looked for; None where there is none."""
    i = Invitation
    query = (
        message_rows()
        .add_columns(i.claimed_at)
        .where(
            i.state == STATE.UNCERTAIN,
            i.erased_at.is_(None),
            i.settled_at < moment - first_look,
            i.claimed_at > moment - LOOK_UNTIL,
            sa.or_(i.looked_for_at.is_(None), i.looked_for_at < moment - LOOK_AGAIN),
        )
        .order_by(i.claimed_at, i.id)
        .limit(1)
        .with_for_update(of=i, skip_locked=True)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    db.session.execute(
        sa.update(i).where(i.id == row.id).values(looked_for_at=moment).execution_options(synchronize_session=False)
    )
    return Doubt(ready(row), row.claimed_at - timedelta(minutes=1))


def settle_doubt(number: int, answer: Search, moment: datetime) -> bool:
    """Whether it was found. A reminder shares its link, so what is found may be the other row's message."""
    invitation = db.session.get_one(Invitation, number, with_for_update=True)
    if invitation.state is not STATE.UNCERTAIN:
        return False
    match answer:
        case Found(reference) if not is_anothers(reference, number):
            move(invitation, STATE.SENT, moment)
            invitation.provider_ref = reference
            return True
        case Found() | Missing():
            invitation.reason = NOT_FOUND
    return False


def is_anothers(reference: str, number: int) -> bool:
    taken = sa.exists().where(Invitation.provider_ref == reference, Invitation.id != number)
    return bool(db.session.scalar(sa.select(taken)))


def undecided() -> int:
    """How many uncertain messages wait."""
    return db.session.scalar(sa.select(sa.func.count()).where(Invitation.state == STATE.UNCERTAIN)) or 0


def decide(number: int, was_sent: bool, moment: datetime) -> None:
    """A person says what became of an uncertain message. Either way it is never sent again."""
    invitation = db.session.get(Invitation, number, with_for_update=True)
    if invitation is None:
        raise NotFound("There is no such invitation.")
    if invitation.state is not STATE.UNCERTAIN:
        raise Conflict("This message has been settled meanwhile.")
    move(invitation, STATE.SENT if was_sent else STATE.NOT_SENT, moment, "decided")
    record("uncertain message decided", f"invitation:{number}", was_sent=was_sent)


def decide_all_not_found(moment: datetime) -> int:
    """Take every message that its provider was asked for and does not have as not sent. Returns how many."""
    looked = sa.select(Invitation.id).where(
        Invitation.state == STATE.UNCERTAIN,
        Invitation.reason == NOT_FOUND,
    )
    numbers = list(db.session.scalars(looked))
    for number in numbers:
        decide(number, False, moment)
    return len(numbers)

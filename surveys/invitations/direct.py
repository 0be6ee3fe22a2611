"""Writing to one resident: a message is put into the outbox, read back with its state, and let go of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import Contact
from surveys.core.db import db, table_of
from surveys.core.queue import ask
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import HANDED_OVER, Invitation, InvitationState
from surveys.messaging.hours import Hours, next_allowed
from surveys.messaging.models import Medium

STATE, MESSAGE = InvitationState, table_of(DirectMessage)
MAY_HAVE_ARRIVED = (*HANDED_OVER, STATE.CLAIMED, STATE.UNCERTAIN)
CONSENT_TAKEN_BACK = "consent taken back"
# What waits for the contact of an invitation, who says in its survey that we may no longer contact them.
END_WITHOUT_CONSENT = (
    sa.update(MESSAGE)
    .where(
        MESSAGE.c.contact_id.in_(sa.select(Invitation.contact_id).where(Invitation.id == sa.bindparam("row"))),
        MESSAGE.c.state == STATE.DUE,
    )
    .values(
        state=STATE.NOT_SENT,
        reason=CONSENT_TAKEN_BACK,
        settled_at=sa.bindparam("moment", type_=MESSAGE.c.settled_at.type),
    )
)
# Later than this nobody answers a text.
ANSWERED_WITHIN = timedelta(days=14)


def put_into_outbox(
    contact_id: int,
    medium: Medium,
    subject: str,
    words: str,
    once: bytes,
    user_id: int,
    moment: datetime,
    hours: Hours | None,
) -> int:
    """Make it due at the first allowed moment, and wake the sending; returns its number. The caller has checked it."""
    message = DirectMessage(
        contact_id=contact_id,
        medium=medium,
        subject=subject or None,
        words=words,
        written_by=user_id,
        written_at=moment,
        once=once,
        state=STATE.DUE,
        due_at=goes_at(moment, hours),
    )
    db.session.add(message)
    db.session.flush()
    ask("invitations.send")
    return message.id


def goes_at(moment: datetime, hours: Hours | None) -> datetime:
    return next_allowed(moment, hours) if hours else moment


def texted_since(number: bytes, since: datetime | None, moment: datetime) -> bool:
    """Whether a text of staff may have reached this number lately, and since then: a reply answers that."""
    d = DirectMessage
    went = sa.func.coalesce(d.sent_at, d.claimed_at, type_=d.sent_at.type)
    theirs = sa.select(Contact.id).where(Contact.phone_hash == number)
    wrote = sa.exists().where(
        d.contact_id.in_(theirs),
        d.medium == Medium.SMS,
        d.state.in_(MAY_HAVE_ARRIVED),
        went > max(since or moment - ANSWERED_WITHIN, moment - ANSWERED_WITHIN),
    )
    return bool(db.session.scalar(sa.select(wrote)))


def let_go_of_messages(contacts: Iterable[int] | sa.Select[int], moment: datetime) -> None:
    """What these contacts were written goes, and what is due is not sent. Words on their way go with the next call."""
    d = DirectMessage
    end_waiting(contacts, "erased", moment)
    said = sa.update(d).where(d.contact_id.in_(contacts), d.state != STATE.CLAIMED, d.words.is_not(None))
    gone = said.values(subject=None, words=None)
    db.session.execute(gone.execution_options(synchronize_session=False))


def end_waiting(contacts: Iterable[int] | sa.Select[int], reason: str, moment: datetime) -> None:
    """What these contacts were written and has not left is not sent."""
    d = DirectMessage
    waiting = sa.update(d).where(d.contact_id.in_(contacts), d.state == STATE.DUE)
    ended = waiting.values(state=STATE.NOT_SENT, reason=reason, settled_at=moment)
    db.session.execute(ended.execution_options(synchronize_session=False))

"""Writing to one resident: a message is put into the outbox, read back with its state, and let go of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import Contact
from surveys.core.db import db
from surveys.core.queue import ask
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import HANDED_OVER, InvitationState
from surveys.messaging.hours import Hours, next_allowed
from surveys.messaging.models import Medium

STATE = InvitationState
MAY_HAVE_ARRIVED = (*HANDED_OVER, STATE.CLAIMED, STATE.UNCERTAIN)
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


def let_go_of_messages(contacts: Iterable[int] | sa.Select[tuple[int]], moment: datetime) -> None:
    """What these contacts were written goes, and what is due is not sent. Words on their way go with the next call."""
    d = DirectMessage
    gone = {"subject": None, "words": None}
    theirs = sa.update(d).where(d.contact_id.in_(contacts)).execution_options(synchronize_session=False)
    ended = {"state": STATE.NOT_SENT, "reason": "erased", "settled_at": moment}
    db.session.execute(theirs.where(d.state == STATE.DUE).values(gone | ended))
    db.session.execute(theirs.where(d.state != STATE.CLAIMED, d.words.is_not(None)).values(gone))

"""Which survey a text belongs to, where one number has several, and whether a text may go back to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.answers.conversation_models import TextConversation
from surveys.answers.models import Answer, Response
from surveys.answers.opening import Opened, opened_rows
from surveys.contacts.models import Contact, PointKind
from surveys.contacts.suppression import addresses_of, has_stopped
from surveys.core.db import db, table_of
from surveys.invitations.models import InboundReply, Invitation, InvitationKind
from surveys.invitations.replies import LOOK_BACK, MAY_HAVE_ARRIVED
from surveys.invitations.switch import pause_now
from surveys.messaging.models import Medium
from surveys.questionnaires.kinds import Given
from surveys.questionnaires.queries import published_definition

# How long a reply belongs to a question we asked, though another survey was sent meanwhile.
IN_PROGRESS = timedelta(days=1)
# What one conversation can come to, and no more: two machines must not talk to each other.
MOST_TEXTS = 6
COUNTED_OVER = timedelta(hours=1)
# Of one number's surveys only the newest are looked at.
MOST_SURVEYS = 10


@dataclass(frozen=True)
class Asked:
    """A survey by text that a number was sent: when it last asked something, and whether that waits for a reply."""

    invitation_id: int
    contact_id: int
    version_id: int
    asked_at: datetime
    waiting: bool
    talking: bool
    expires_at: datetime
    completed: bool

    def standing(self, moment: datetime) -> tuple[bool, bool, bool, datetime]:
        """The highest wins: what can still be answered, a conversation of today, an open question, the newest."""
        still = not self.completed and moment < self.expires_at
        today = self.talking and self.waiting and self.asked_at > moment - IN_PROGRESS
        return still, still and today, still and self.waiting, self.asked_at


def find_asked(number: bytes, moment: datetime) -> Asked | None:
    """The survey that a reply belongs to, among those that ask for a reply; None where there is none."""
    found = [asked for asked in surveys_of(number, moment) if published_definition(asked.version_id).by_reply]
    return max(found, key=lambda asked: asked.standing(moment), default=None)


def surveys_of(number: bytes, moment: datetime) -> list[Asked]:
    i, t = Invitation, TextConversation
    sent_at = sa.func.coalesce(i.sent_at, i.claimed_at, type_=i.sent_at.type)
    talking = t.invitation_id.is_not(None)
    waiting = sa.type_coerce(sa.case((talking, t.question.is_not(None)), else_=i.answered_at.is_(None)), sa.Boolean)
    query = (
        sa.select(i.id, i.contact_id, i.version_id, sa.func.coalesce(t.asked_at, sent_at, type_=i.sent_at.type))
        .add_columns(waiting, talking, i.expires_at, Response.completed_at.is_not(None))
        .join(Contact, Contact.id == i.contact_id)
        .outerjoin(t, t.invitation_id == i.id)
        .outerjoin(Response, Response.invitation_id == i.id)
        .where(Contact.phone_hash == number, i.medium == Medium.SMS, i.kind == InvitationKind.INVITATION)
        .where(i.state.in_(MAY_HAVE_ARRIVED), i.erased_at.is_(None), sent_at > moment - LOOK_BACK)
        .order_by(sent_at.desc(), i.id.desc())
        .limit(MOST_SURVEYS)
    )
    return [Asked(*row) for row in db.session.execute(query)]


def opened(invitation_id: int) -> Opened:
    """What stands behind an invitation, as the running transaction sees it."""
    return Opened(*db.session.execute(opened_rows().where(table_of(Invitation).c.id == invitation_id)).one())


def kept_answers(response_id: int | None) -> list[Given]:
    """What the resident gave so far, by whatever door, in the running transaction."""
    if response_id is None:
        return []
    rows = db.session.execute(sa.select(Answer.question, Answer.code).where(Answer.response_id == response_id))
    return [Given(row.question, row.code) for row in rows]


def may_be_texted(number: bytes, contact_id: int, moment: datetime) -> bool:
    """Whether a text may go to this number now: not after a stop, not while paused, not over the most in an hour."""
    if has_stopped([(PointKind.PHONE, number), *addresses_of(contact_id)]) or pause_now() is not None:
        return False
    lately = (InboundReply.from_hash == number, InboundReply.received_at > moment - COUNTED_OVER)
    gone = db.session.scalar(sa.select(sa.func.count()).where(*lately, InboundReply.answered))
    return (gone or 0) < MOST_TEXTS

"""How the resident behind a case may be reached, and what they were written so far.

Nothing here gives an address: that is reaching_acts.look_up, which is audited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.contacts.models import Contact, ContactPoint, PhoneKind
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.followups.cases.history import NO_CASE
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseState
from surveys.followups.handling.reaching_words import state_in_words
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import InboundReply, InvitationState
from surveys.messaging.keywords import Meaning
from surveys.messaging.models import Medium
from surveys.people.models import User

NO_CONSENT = "The resident did not ask to be contacted, so nobody may write to them or ring them about it."
ERASED = "The resident had what was held on them erased. Nothing leads to them any more."
CLOSED = "This case is closed. Open it again before you contact the resident."
NO_ADDRESS = "No phone number and no email address of the resident is held."
STOPPED = (
    "The resident asked for no more messages, so nobody may write to them. You may ring them, if they have a phone."
)
NO_MEDIUM = "There is no mobile number and no email address that a message would reach. You may ring them."


@dataclass(frozen=True)
class Message:
    """One message that was written to them. words: None once they were let go."""

    number: int
    at: datetime
    by: str = field(repr=False)
    medium: Medium
    state: InvitationState
    reason: str | None
    due_at: datetime
    subject: str | None = field(repr=False)
    words: str | None = field(repr=False)

    @property
    def state_words(self) -> str:
        return state_in_words(self.state, self.reason, self.due_at)


@dataclass(frozen=True)
class CameBack:
    """A text that came from their number after somebody had texted them."""

    at: datetime
    words: str | None = field(repr=False)


@dataclass(frozen=True)
class Reach:
    """may_look: an address may be shown, and a call logged. why_not: why nobody may write, "" where somebody may.

    media: how a message would reach them; none where nobody may write. wrong_since: when somebody logged that their
    number is somebody else's; None where nobody did, and where it was a network that refused it.
    """

    case_id: int
    may_look: bool
    why_not: str
    media: tuple[Medium, ...]
    language: str = "en"
    messages: Sequence[Message] = ()
    came_back: Sequence[CameBack] = ()
    wrong_since: datetime | None = None

    @property
    def may_write(self) -> bool:
        return not self.why_not


def reach_of(number: int, services: frozenset[int] | None) -> Reach:
    """Three queries. Raises NotFound where the case is of none of these services."""
    messages = messages_of(number)
    row = standing(number, services)
    allowed = may_reach(row)
    shown = allowed.may_look and any(message.medium is Medium.SMS for message in messages)
    replies = replies_since(row.phone_hash, messages) if shown else ()
    wrong_since = row.wrong_since if allowed.may_look else None
    language = row.language or "en"
    return Reach(number, allowed.may_look, allowed.why_not, allowed.media, language, messages, replies, wrong_since)


def standing(number: int, services: frozenset[int] | None) -> sa.Row[tuple[object, ...]]:
    """The case, its contact's addresses as far as they matter here, and what is known of each."""
    case, contact = Case, Contact
    phone, email = aliased(ContactPoint), aliased(ContactPoint)
    query = (
        sa.select(case.id, case.state, case.consent, case.erased_at, case.contact_id, contact.language)
        .add_columns(contact.phone_kind, contact.phone_hash, contact.email_hash)
        .add_columns(phone.unusable_at.label("phone_unusable"), email.unusable_at.label("email_unusable"))
        .add_columns(sa.case((marked_by_a_call(phone), phone.unusable_at)).label("wrong_since"))
        .add_columns(sa.or_(phone.opted_out_at.is_not(None), email.opted_out_at.is_not(None)).label("stopped"))
        .outerjoin(contact, contact.id == case.contact_id)
        .outerjoin(phone, phone.address_hash == contact.phone_hash)
        .outerjoin(email, email.address_hash == contact.email_hash)
        .where(case.id == number)
    )
    if services is not None:
        query = query.where(case.service_id.in_(services))
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound(NO_CASE)
    return row


def marked_by_a_call(phone: type[ContactPoint]) -> sa.ColumnElement[bool]:
    """Whether it was a call logged in a case of this number that made it unusable: both were kept at one moment."""
    case, contact, event = aliased(Case), aliased(Contact), CaseEvent
    calls = sa.select(event.id).join(case, case.id == event.case_id).join(contact, contact.id == case.contact_id)
    theirs = (contact.phone_hash == phone.address_hash, event.kind == CaseEventKind.CALLED)
    return calls.where(*theirs, event.at == phone.unusable_at).correlate(phone).exists()


@dataclass(frozen=True)
class Allowed:
    may_look: bool
    why_not: str
    media: tuple[Medium, ...] = ()


def may_reach(row: sa.Row[tuple[object, ...]]) -> Allowed:
    """Who said stop is not written to, by any address, and may still be rung: they asked for it."""
    if row.erased_at is not None:
        return Allowed(False, ERASED)
    if not row.consent or row.contact_id is None:
        return Allowed(False, NO_CONSENT)
    if row.state is CaseState.CLOSED:
        return Allowed(False, CLOSED)
    if row.phone_hash is None and row.email_hash is None:
        return Allowed(False, NO_ADDRESS)
    if row.stopped:
        return Allowed(True, STOPPED)
    by_text = row.phone_kind is PhoneKind.MOBILE and row.phone_unusable is None
    by_email = row.email_hash is not None and row.email_unusable is None
    media = tuple(medium for medium, works in ((Medium.SMS, by_text), (Medium.EMAIL, by_email)) if works)
    return Allowed(True, "" if media else NO_MEDIUM, media)


def messages_of(number: int) -> Sequence[Message]:
    """In the order in which they were written."""
    d, e = DirectMessage, CaseEvent
    columns = (d.id, d.written_at, User.name, d.medium, d.state, d.reason, d.due_at, d.subject, d.words)
    query = sa.select(*columns).join(e, e.message_id == d.id).join(User, User.id == d.written_by)
    return [Message(*row) for row in db.session.execute(query.where(e.case_id == number).order_by(d.id))]


def replies_since(phone_hash: bytes | None, messages: Sequence[Message]) -> Sequence[CameBack]:
    """What came from their number, and answers no survey, since the first text was written to them."""
    first = min(message.at for message in messages if message.medium is Medium.SMS)
    r = InboundReply
    query = sa.select(r.received_at, r.words).where(
        r.from_hash == phone_hash,
        r.received_at > first,
        r.invitation_id.is_(None),
        r.meaning == Meaning.OTHER.value,
    )
    return [CameBack(*row) for row in db.session.execute(query.order_by(r.id))]

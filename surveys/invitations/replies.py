"""Texts that come back: stop, start and help are done at once; other words wait for the stage that reads them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.addresses import read_phone
from surveys.contacts.models import Contact, PointKind, Stop
from surveys.contacts.suppression import Address, addresses_of, opt_in
from surveys.core.db import db, insert_into, lock, table_of
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.models import HANDED_OVER, InboundReply, Invitation, InvitationState
from surveys.invitations.stops import stop
from surveys.messaging.keywords import Meaning, meaning_of
from surveys.messaging.models import Medium

# Longer than the longest life of a link: where to look for the invitation that a reply belongs to.
LOOK_BACK = timedelta(days=60)
ONE_ANSWER_IN = timedelta(hours=1)
MOST_WORDS = 1_600
WORDS_KEPT_FOR = timedelta(days=90)
MAY_HAVE_ARRIVED = (*HANDED_OVER, InvitationState.CLAIMED, InvitationState.UNCERTAIN)


@dataclass(frozen=True)
class Inbound:
    """One text from a person. provider_did: what Twilio has made of it and answered already, if anything."""

    provider_ref: str
    sender: str = field(repr=False)
    words: str = field(repr=False)
    provider_did: Meaning | None = None


@dataclass(frozen=True)
class Reply:
    """A keyword that wants a text back, and the language to answer in."""

    meaning: Meaning
    language: str


@dataclass(frozen=True)
class Taken:
    """A text that was kept: its row, the hash of its number, what it means, and what to answer a keyword with."""

    id: int
    number: bytes = field(repr=False)
    meaning: Meaning
    answer: Reply | None


@dataclass(frozen=True)
class Asked:
    """The invitation that a number's reply belongs to."""

    invitation_id: int
    contact_id: int
    language: str


def take_reply(inbound: Inbound, moment: datetime) -> Taken | None:
    """Keep a text and do what a keyword says; None where it was told before. Holds the number until the commit."""
    number = address_hash(normal(inbound.sender), address_key())
    lock_number(number)
    meaning = inbound.provider_did or meaning_of(inbound.words)
    asked = newest_asked(number, moment)
    answered_lately = has_answered(number, moment)
    kept = keep(inbound, number, meaning, asked, moment)
    if kept is None:
        return None
    if meaning in (Meaning.STOP, Meaning.START):
        how = Stop.PROVIDER if inbound.provider_did else Stop.REPLY
        heed(meaning, number, asked, moment, how)
    if meaning is Meaning.OTHER or inbound.provider_did or answered_lately:
        return Taken(kept, number, meaning, None)
    return Taken(kept, number, meaning, Reply(meaning, asked.language if asked else "en"))


def lock_number(number: bytes) -> None:
    """One reply of a number after the other, and no person deciding about one meanwhile."""
    lock(f"replies {number.hex()}")


def heed(meaning: Meaning, number: bytes, asked: Asked | None, moment: datetime, how: Stop) -> None:
    """Stop or start for the number, and for the mailbox that the contact gave with it."""
    addresses: list[Address] = [(PointKind.PHONE, number)]
    if asked is not None:
        addresses += addresses_of(asked.contact_id)
    (stop if meaning is Meaning.STOP else opt_in)(addresses, moment, how)


def normal(sender: str) -> str:
    """The number as contacts are kept under; a short code or a name stays as it is."""
    read = read_phone(sender)
    return read[0] if read else sender


def newest_asked(number: bytes, moment: datetime) -> Asked | None:
    """The newest invitation to this number whose survey is still open."""
    i = Invitation
    lately = sa.or_(i.sent_at > moment - LOOK_BACK, i.state.in_((InvitationState.CLAIMED, InvitationState.UNCERTAIN)))
    row = db.session.execute(
        sa.select(i.id, i.contact_id, i.language)
        .join(Contact, Contact.id == i.contact_id)
        .where(Contact.phone_hash == number, i.medium == Medium.SMS, lately)
        .where(i.state.in_(MAY_HAVE_ARRIVED), i.expires_at > moment)
        .order_by(sa.func.coalesce(i.sent_at, i.claimed_at).desc(), i.id.desc())
        .limit(1)
    ).one_or_none()
    return Asked(*row) if row else None


def has_answered(number: bytes, moment: datetime) -> bool:
    """Whether a keyword of this number was answered within the hour: two machines must not talk to each other."""
    r = InboundReply
    lately = sa.exists().where(
        r.from_hash == number, r.received_at > moment - ONE_ANSWER_IN, r.meaning != Meaning.OTHER.value
    )
    return bool(db.session.scalar(sa.select(lately)))


def keep(inbound: Inbound, number: bytes, meaning: Meaning, asked: Asked | None, moment: datetime) -> int | None:
    """The new row's number; None where it was kept before. Words are kept only where somebody has to read them."""
    open_words = (readable(inbound.words) or None) if meaning is Meaning.OTHER else None
    values = {
        "provider_ref": inbound.provider_ref,
        "from_hash": number,
        "meaning": meaning.value,
        "words": open_words,
        "invitation_id": asked.invitation_id if asked else None,
        "received_at": moment,
        "handled_at": None if open_words else moment,
    }
    statement = insert_into(InboundReply).values(values).on_conflict_do_nothing(index_elements=["provider_ref"])
    return db.session.scalars(statement.returning(table_of(InboundReply).c.id)).one_or_none()


def readable(words: str) -> str:
    """Without characters that no database can hold, and no longer than the longest text."""
    return words.replace("\0", "")[:MOST_WORDS].strip()


def let_go_of_words(moment: datetime) -> int:
    """Forget what replies said once they are handled, or after 90 days; their meaning stays. Returns how many."""
    r = InboundReply
    done = sa.or_(r.handled_at.is_not(None), r.received_at < moment - WORDS_KEPT_FOR)
    gone = db.session.execute(
        sa.update(r).where(r.words.is_not(None), done).values(words=None).execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every UPDATE gives

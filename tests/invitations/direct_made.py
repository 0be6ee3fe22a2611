"""Makers of messages that staff wrote to one resident, who was asked before."""

from itertools import count

import sqlalchemy as sa

from surveys.core.db import db, transaction
from surveys.invitations.direct import put_into_outbox
from surveys.invitations.direct_models import DirectMessage
from surveys.messaging.hours import Hours
from surveys.messaging.models import Medium
from surveys.people.models import User
from surveys.people.roles import Role
from tests.invitations.made import MOMENT
from tests.makers.cases import make_contact, make_response
from tests.makers.people import make_user

NUMBERS = count(1)
WORDS = "We have put your permit right."


def writer() -> int:
    """The number of the officer who wrote."""
    found = db.session.scalar(sa.select(User.id).order_by(User.id).limit(1))
    db.session.rollback()
    return found or make_user(Role.OFFICER, email="writer@example.gov.uk").id


def make_resident(phone: str | None = "+447700900123", email: str | None = "a1@example.com") -> int:
    """A contact whose survey was answered; returns its number."""
    contact = make_contact(phone=phone, email=email, occurred_at=MOMENT)
    make_response(contact_id=contact, started_at=MOMENT)
    return contact


def make_message(
    medium: Medium = Medium.SMS, contact: int | None = None, words: str = WORDS, hours: Hours | None = None
) -> int:
    """A message that is due; returns its number."""
    to, by = contact or make_resident(), writer()
    with transaction():
        subject = "Your permit" if medium is Medium.EMAIL else ""
        once = f"form {next(NUMBERS)}".encode().ljust(32)
        return put_into_outbox(to, medium, subject, words, once, by, MOMENT, hours)


def message_of(number: int) -> DirectMessage:
    """As it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(DirectMessage, number, populate_existing=True)


def stands(number: int) -> tuple[str, str | None]:
    """(its state, the reason)."""
    message = message_of(number)
    return message.state.value, message.reason

"""Makers for invitations: selected contacts, a scripted sender, and what the rows say."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from surveys.contacts.models import Contact, ContactPoint
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Found, Message, Missing, Sent
from surveys.sampling.draw import Reach, draw
from tests.makers.contacts import load_rows, row

MOMENT = datetime(2026, 3, 10, 12, tzinfo=UTC)
BOTH = Media(texts=True, emails=True)


class Scripted:
    """A provider that answers as it is told, and remembers what it was given."""

    def __init__(self, answer: Callable[[Message], Sent] | None = None) -> None:
        self.answer = answer
        self.messages: list[Message] = []
        self.found: Found | Missing | CannotTell = CannotTell()

    def send(self, message: Message) -> Sent:
        self.messages.append(message)
        return self.answer(message) if self.answer else Accepted(f"ref-{message.correlation}")

    def find(self, _message: Message, _since: datetime) -> Found | Missing | CannotTell:
        return self.found

    @property
    def recipients(self) -> list[str]:
        return [message.recipient for message in self.messages]

    def senders(self) -> dict[Medium, "Scripted"]:
        return {Medium.SMS: self, Medium.EMAIL: self}


def select(folder: Path, rows: Iterable[dict[str, str]], moment: datetime = MOMENT) -> None:
    """Load these contacts and draw them; all are selected where no rule speaks against it."""
    load_rows(folder, rows)
    with transaction():
        draw(moment, Reach(texts=True, emails=True))


def make_due(folder: Path, count: int = 3) -> None:
    """So many contacts, selected and invited, each at a mailbox of its own."""
    select(folder, [row(f"A{n:03}") for n in range(count)])
    with transaction():
        assert invite(MOMENT, BOTH) == count


def rows_by_reference() -> dict[str, Invitation]:
    """Each invitation as it stands in the database, by the reference of its contact."""
    db.session.rollback()
    query = sa.select(Contact.external_ref, Invitation).join(Invitation, Invitation.contact_id == Contact.id)
    return dict(db.session.execute(query.order_by(Contact.id)).all())


def states() -> list[str]:
    return [invitation.state.value for invitation in rows_by_reference().values()]


def stop(address: str, moment: datetime = MOMENT) -> None:
    with transaction():
        db.session.execute(
            sa.update(ContactPoint)
            .where(ContactPoint.address_hash == address_hash(address, address_key()))
            .values(opted_out_at=moment)
        )


def point_of(address: str) -> ContactPoint | None:
    wanted = ContactPoint.address_hash == address_hash(address, address_key())
    return db.session.scalars(sa.select(ContactPoint).where(wanted)).one_or_none()

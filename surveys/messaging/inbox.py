"""The development inbox: a sender that keeps messages where /inbox shows them."""

from datetime import datetime

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db
from surveys.messaging.links import mark_of
from surveys.messaging.models import InboxMessage
from surveys.messaging.outcomes import Accepted, CannotTell, Found, Message, Missing, Search


class Inbox:
    """Accepts everything. It writes on a connection of its own, as a provider would hold its own record."""

    def send(self, message: Message) -> Accepted:
        row = {
            "medium": message.medium,
            "recipient": message.recipient,
            "subject": message.subject,
            "body": message.body,
            "received_at": now(),
        }
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            made = connection.execute(sa.insert(InboxMessage).values(row).returning(InboxMessage.id)).scalar_one()
        return Accepted(f"inbox-{made}")

    def find(self, message: Message, since: datetime) -> Search:
        """Looks for the message among what came for this person since then."""
        is_it = mark_of(message)
        if is_it is None:
            return CannotTell()
        query = sa.select(InboxMessage.id, InboxMessage.body).where(
            InboxMessage.medium == message.medium,
            InboxMessage.recipient == message.recipient,
            InboxMessage.received_at >= since,
        )
        with db.engine.connect() as connection:
            for number, body in connection.execute(query.order_by(InboxMessage.id)):
                if is_it(body):
                    return Found(f"inbox-{number}")
        return Missing()


def latest(recipient: str = "", most: int = 100) -> list[InboxMessage]:
    """The newest messages, of one phone or mailbox where it is named."""
    query = sa.select(InboxMessage).order_by(InboxMessage.id.desc()).limit(most)
    if recipient:
        query = query.where(InboxMessage.recipient == recipient)
    return list(db.session.scalars(query))

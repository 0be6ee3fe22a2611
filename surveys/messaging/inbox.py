"""The development inbox: a sender that keeps messages where /inbox shows them."""

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db
from surveys.messaging.models import InboxMessage
from surveys.messaging.outcomes import Accepted, Message


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


def latest(recipient: str = "", most: int = 100) -> list[InboxMessage]:
    """The newest messages, of one phone or mailbox where it is named."""
    query = sa.select(InboxMessage).order_by(InboxMessage.id.desc()).limit(most)
    if recipient:
        query = query.where(InboxMessage.recipient == recipient)
    return list(db.session.scalars(query))

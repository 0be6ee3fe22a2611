"""What the development inbox holds: the messages that would have been sent."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class Medium(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class InboxMessage(Model):
    """A message that a phone or a mailbox would have received. Never written in production."""

    __tablename__ = "inbox_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    medium: Mapped[Medium] = mapped_column(enum_type(Medium, "medium"))
    recipient: Mapped[str] = mapped_column(sa.String(254), index=True)
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    received_at: Mapped[datetime]

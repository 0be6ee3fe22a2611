"""A message that a person of the council writes to one resident: a row of the same outbox as invitations."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText
from surveys.invitations.models import Outgoing
from surveys.messaging.models import Medium


class DirectMessage(Outgoing, Model):
    """One message in a person's own words, to an address of one contact; its states and moves are an invitation's.

    once is the digest of the form it was written in, so that a form sent twice is one message. words go after their
    term, and as soon as the resident has erased what is held on them.
    """

    __tablename__ = "direct_messages"
    __table_args__ = (
        sa.Index("ix_direct_messages_state_due_at", "state", "due_at"),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_a_moment"),
        sa.CheckConstraint("state <> 'claimed' OR claimed_at IS NOT NULL", name="claimed_has_a_moment"),
        sa.CheckConstraint(
            "words IS NOT NULL OR state NOT IN ('due', 'claimed')", name="what_is_still_to_go_says_something"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    medium: Mapped[Medium] = mapped_column(enum_type(Medium, "medium"))
    subject: Mapped[str | None] = mapped_column(SealedText)
    words: Mapped[str | None] = mapped_column(SealedText)
    written_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    written_at: Mapped[datetime]
    once: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)

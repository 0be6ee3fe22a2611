"""How they are asked: an invitation for each selected contact, a reminder at most, from due to its end."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText
from surveys.messaging.models import Medium


class InvitationKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"


class InvitationState(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"


STATE = InvitationState
# Which state may follow which. A stale claim becomes uncertain, never due. Receipts may come late and in any order,
# so what was delivered may still turn out undelivered, and the reverse; nothing ever goes back to be sent again.
MOVES: dict[InvitationState, frozenset[InvitationState]] = {
    STATE.DUE: frozenset({STATE.CLAIMED, STATE.NOT_SENT}),
    STATE.CLAIMED: frozenset(
        {
            STATE.SENT,
            STATE.DELIVERED,
            STATE.UNDELIVERED,
            STATE.REJECTED,
            STATE.UNCERTAIN,
            STATE.DUE,
            STATE.NOT_SENT,
        }
    ),
    STATE.SENT: frozenset({STATE.DELIVERED, STATE.UNDELIVERED}),
    STATE.DELIVERED: frozenset({STATE.UNDELIVERED}),
    STATE.UNDELIVERED: frozenset({STATE.DELIVERED}),
    STATE.UNCERTAIN: frozenset({STATE.SENT, STATE.DELIVERED, STATE.UNDELIVERED, STATE.NOT_SENT}),
    STATE.REJECTED: frozenset(),
    # A message taken as not sent, that its provider tells of after all, was sent.
    STATE.NOT_SENT: frozenset({STATE.SENT, STATE.DELIVERED, STATE.UNDELIVERED}),
}
# The provider has it, whatever became of it.
HANDED_OVER = (STATE.SENT, STATE.DELIVERED, STATE.UNDELIVERED)


class Outgoing:
    """What every row of the outbox has, whatever it says and to whom: how far it has come, and by whose hands."""

    state: Mapped[InvitationState] = mapped_column(enum_type(InvitationState, "state"))
    reason: Mapped[str | None] = mapped_column(sa.String(60))
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(sa.String(40))
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    looked_for_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    provider_ref: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    correlation: Mapped[str | None] = mapped_column(sa.String(12), unique=True)


class Invitation(Outgoing, Model):
    """An outbox row: committed as claimed before the provider is called. reason says why it ended as it did.

    A reminder is a row of its own that shares the link of the invitation it reminds of. erased_at: when the person
    had erased what was held on them; nothing is sent or answered after that.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        sa.UniqueConstraint("contact_id", "kind"),
        sa.Index("ix_invitations_state_due_at", "state", "due_at"),
        sa.Index("ix_invitations_sent_at", "sent_at"),
        sa.CheckConstraint("(kind = 'reminder') = (reminder_of IS NOT NULL)", name="a_reminder_reminds"),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_a_moment"),
        sa.CheckConstraint("state <> 'claimed' OR claimed_at IS NOT NULL", name="claimed_has_a_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"))
    kind: Mapped[InvitationKind] = mapped_column(enum_type(InvitationKind, "kind"))
    reminder_of: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"), unique=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire_versions.id"))
    medium: Mapped[Medium] = mapped_column(enum_type(Medium, "medium"))
    language: Mapped[str] = mapped_column(sa.String(5))
    token_digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    answered_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class DeliveryEvent(Model):
    """What a provider said of a message, as it came: kept once however often it is told, let go after 30 days."""

    __tablename__ = "delivery_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(sa.String(20))
    dedupe_key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    provider_ref: Mapped[str] = mapped_column(sa.String(120), index=True)
    event: Mapped[str] = mapped_column(sa.String(40))
    error_code: Mapped[str | None] = mapped_column(sa.String(20))
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"), index=True)
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)
    raw: Mapped[str] = mapped_column(sa.Text)


class InboundReply(Model):
    """A text that came back. words are kept only where a person has to read them.

    question: the one that it came in answer to, where we asked several. answered: a text went back.
    """

    __tablename__ = "inbound_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_ref: Mapped[str] = mapped_column(sa.String(80), unique=True)
    from_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(16), index=True)
    meaning: Mapped[str] = mapped_column(sa.String(20))
    words: Mapped[str | None] = mapped_column(SealedText)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"))
    question: Mapped[str | None] = mapped_column(sa.String(40))
    received_at: Mapped[datetime] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]
    answered: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class SendingSwitch(Model):
    """The one row that says whether anything may be sent. reason: who or what stopped it.

    told_at: when administrators were told of a pause that a provider brought about.
    """

    __tablename__ = "sending_switch"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paused_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.String(60))
    told_at: Mapped[datetime | None]

"""How they are asked: one invitation for each selected contact, from due to its end."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.messaging.models import Medium


class InvitationState(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"


# Which state may follow which. A stale claim becomes uncertain, never due.
MOVES: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.DUE: frozenset({InvitationState.CLAIMED, InvitationState.NOT_SENT}),
    InvitationState.CLAIMED: frozenset(
        {
            InvitationState.SENT,
            InvitationState.REJECTED,
            InvitationState.UNCERTAIN,
            InvitationState.DUE,
            InvitationState.NOT_SENT,
        }
    ),
    InvitationState.SENT: frozenset(),
    InvitationState.UNCERTAIN: frozenset({InvitationState.SENT, InvitationState.NOT_SENT}),
    InvitationState.REJECTED: frozenset(),
    InvitationState.NOT_SENT: frozenset(),
}


class Invitation(Model):
    """A row is committed as claimed before the provider is called. reason says why it ended as it did."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.Index("ix_invitations_state_due_at", "state", "due_at"),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_a_moment"),
        sa.CheckConstraint("state <> 'claimed' OR claimed_at IS NOT NULL", name="claimed_has_a_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id"), unique=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire_versions.id"))
    medium: Mapped[Medium] = mapped_column(enum_type(Medium, "medium"))
    language: Mapped[str] = mapped_column(sa.String(5))
    state: Mapped[InvitationState] = mapped_column(enum_type(InvitationState, "state"))
    reason: Mapped[str | None] = mapped_column(sa.String(60))
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(sa.String(40))
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    provider_ref: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    token_digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]

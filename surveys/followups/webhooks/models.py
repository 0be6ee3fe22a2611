"""Other systems that are told of cases, and each message to one of them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText


class WebhookEvent(StrEnum):
    CASE_OPENED = "case.opened"
    CASE_LATE = "case.late"
    CASE_CLOSED = "case.closed"
    CASE_HANDED_OVER = "case.handed_over"


class Webhook(Model):
    """An address of another system that administrators named, and the secret that its messages are signed with."""

    __tablename__ = "webhooks"
    __table_args__ = (sa.CheckConstraint("name <> '' AND url <> ''", name="it_has_a_name_and_an_address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    url: Mapped[str] = mapped_column(sa.String(500))
    secret: Mapped[str] = mapped_column(SealedText)
    events: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    active: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookDelivery(Model):
    """One message to one webhook, tried until it is taken or given up. body is sealed: it may hold an address.

    Whoever receives it twice sees the same message_id. user_id: whose alert it is, where somebody chose to have theirs
    there.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        sa.Index("ix_webhook_deliveries_state_due_at", "state", "due_at"),
        sa.CheckConstraint("state <> 'waiting' OR body IS NOT NULL", name="what_is_to_go_has_a_body"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(sa.String(40), unique=True)
    webhook_id: Mapped[int] = mapped_column(sa.ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    event: Mapped[str] = mapped_column(sa.String(40))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    body: Mapped[str | None] = mapped_column(SealedText)
    state: Mapped[DeliveryState] = mapped_column(enum_type(DeliveryState, "state"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]

"""Who is told of cases, and how they chose to be: in the console, by email, by a signed webhook."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class AlertKind(StrEnum):
    """What a person may be told of. URGENT is for safeguarding and threats."""

    URGENT = "urgent"
    NEW_CASE = "new_case"
    GIVEN = "given"  # a case was given to them
    LATE = "late"  # a case of theirs, or of their service, ran past a deadline


class AlertChoice(Model):
    """How a user wants to be told of one kind of thing; without a row, by email. The console always shows it."""

    __tablename__ = "alert_choices"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[AlertKind] = mapped_column(enum_type(AlertKind, "kind"), primary_key=True)
    by_email: Mapped[bool]
    webhook_id: Mapped[int | None] = mapped_column(sa.ForeignKey("webhooks.id", ondelete="SET NULL"))


class EmailState(StrEnum):
    """none: not wanted by email. failed will not be tried again."""

    NONE = "none"
    WAITING = "waiting"
    TOLD = "told"
    FAILED = "failed"


class Notice(Model):
    """That one person is told of one case: seen in the console, and perhaps sent by email.

    tried_at is committed before the email goes, so that no two workers send it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "case_id", "kind", "at"),
        sa.Index("ix_notices_user_id_id", "user_id", "id"),
        sa.Index("ix_notices_user_id_tried_at", "user_id", "tried_at"),
        sa.Index(
            "ix_notices_unseen",
            "user_id",
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        ),
        sa.Index(
            "ix_notices_waiting",
            "at",
            sqlite_where=sa.text("email = 'waiting'"),
            postgresql_where=sa.text("email = 'waiting'"),
        ),
        sa.CheckConstraint("email IN ('none', 'waiting') OR tried_at IS NOT NULL", name="nothing_is_settled_untried"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    kind: Mapped[AlertKind] = mapped_column(enum_type(AlertKind, "kind"))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    email: Mapped[EmailState] = mapped_column(enum_type(EmailState, "email"))
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

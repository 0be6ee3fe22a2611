"""Comments that somebody must look at, and who is told of them."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from nlp.urgency.types import Urgency
from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText


class Outcome(StrEnum):
    """What a person made of a possible urgency. Nothing but a person's word ends one."""

    PASSED_ON = "passed_on"
    KNOWN = "known"
    NO_CONCERN = "no_concern"


class UrgentComment(Model):
    """A comment that may tell of harm, a threat or a complaint, until a person has looked.

    raised_by is a user where a reviewer raised it; told_at: when the first email about it was accepted. note is the
    person's own, sealed, for it may name somebody; one that is open again keeps it.
    """

    __tablename__ = "urgent_comments"
    __table_args__ = (
        sa.UniqueConstraint("comment_id", "flag"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)",
            name="a_person_closes_it_with_an_outcome",
        ),
        sa.Index(
            "ix_urgent_comments_open",
            "flag",
            "raised_at",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(
            "ix_urgent_comments_untold",
            "raised_at",
            sqlite_where=sa.text("told_at IS NULL AND closed_at IS NULL"),
            postgresql_where=sa.text("told_at IS NULL AND closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comments.id", ondelete="CASCADE"))
    flag: Mapped[Urgency] = mapped_column(enum_type(Urgency, "flag"))
    raised_at: Mapped[datetime]
    raised_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome, "outcome"))
    note: Mapped[str | None] = mapped_column(SealedText)


class NoticeState(StrEnum):
    """Waiting is for an email that is still to go, or to be tried again; failed will not be tried again."""

    WAITING = "waiting"
    TOLD = "told"
    FAILED = "failed"


class UrgentNotice(Model):
    """That one person is to be told, or was told, by email of one urgent comment as it was raised at that moment.

    tried_at is committed before the email goes, so that no two workers send it.
    """

    __tablename__ = "urgent_notices"
    __table_args__ = (
        sa.Index("ix_urgent_notices_tried_at", "tried_at"),
        sa.Index(
            "ix_urgent_notices_waiting",
            "urgent_id",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
        sa.CheckConstraint("state = 'waiting' OR tried_at IS NOT NULL", name="nothing_is_settled_untried"),
    )

    urgent_id: Mapped[int] = mapped_column(sa.ForeignKey("urgent_comments.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    raised_at: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[NoticeState] = mapped_column(enum_type(NoticeState, "state"), default=NoticeState.WAITING)
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

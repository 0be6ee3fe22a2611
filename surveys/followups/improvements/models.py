"""You said, we did: what residents said, and what is done about it."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class CameFrom(StrEnum):
    """What gave rise to an improvement."""

    THEME = "theme"
    SIGNAL = "signal"
    CASES = "cases"
    OTHER = "other"


class ImprovementState(StrEnum):
    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Publishing(StrEnum):
    """Whether the public may read it. What is changed after its approval is a draft again."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"


class Improvement(Model):
    """What was said and what is done, for one service, or for all where none is named.

    Its effect is measured on question ("overall" is the rating), in months before and after done_on. share_count of
    share_base comments were about the theme when it was made. title, said and did are what the public reads, once
    somebody else than its writer approved them. edition goes up with each change.
    """

    __tablename__ = "improvements"
    __table_args__ = (
        sa.CheckConstraint("title <> ''", name="it_has_a_title"),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_a_day"),
        sa.CheckConstraint("share_count IS NULL OR share_count <= share_base", name="a_share_is_a_part"),
        sa.CheckConstraint(
            "publishing <> 'published' OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name="a_person_approves",
        ),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="nobody_approves_their_own"),
        sa.Index("ix_improvements_service_id_state", "service_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    question: Mapped[str] = mapped_column(sa.String(40))
    came_from: Mapped[CameFrom] = mapped_column(enum_type(CameFrom, "came_from"))
    theme: Mapped[str | None] = mapped_column(sa.String(63))
    signal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("signals_told.id"))
    share_count: Mapped[int | None]
    share_base: Mapped[int | None]
    said: Mapped[str] = mapped_column(sa.Text)
    did: Mapped[str] = mapped_column(sa.Text)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    due_on: Mapped[date]
    state: Mapped[ImprovementState] = mapped_column(enum_type(ImprovementState, "state"))
    done_on: Mapped[date | None]
    publishing: Mapped[Publishing] = mapped_column(enum_type(Publishing, "publishing"))
    proposed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    edition: Mapped[int] = mapped_column(default=1)


class ImprovementQuotation(Model):
    """An approved quotation that an improvement answers; it goes when the quotation's comment is erased."""

    __tablename__ = "improvement_quotations"

    improvement_id: Mapped[int] = mapped_column(sa.ForeignKey("improvements.id", ondelete="CASCADE"), primary_key=True)
    quotation_id: Mapped[int] = mapped_column(sa.ForeignKey("quotations.id", ondelete="CASCADE"), primary_key=True)


class ImprovementCase(Model):
    """A case that an improvement came from."""

    __tablename__ = "improvement_cases"

    improvement_id: Mapped[int] = mapped_column(sa.ForeignKey("improvements.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), primary_key=True, index=True)

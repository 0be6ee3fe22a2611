"""What it comes to: counts of answers and of contacts, by day and by month.

Day figures are counted from the answers; every other figure here can be counted from those or from the rows behind
them, and `flask rates check` does so. Pages read month figures and what page_models.py makes of them, so that their
cost does not grow with the answers.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.answers.models import Mode
from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type
from surveys.sampling.models import Outcome


class DayFigure(Model):
    """day is the day of the contact, so a late answer goes to its own day."""

    __tablename__ = "day_figures"
    __table_args__ = (sa.CheckConstraint("count > 0", name="count_is_positive"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    mode: Mapped[Mode] = mapped_column(enum_type(Mode, "mode"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int]


class PointFigure(Model):
    """The ratings given at one kiosk or poster on one day; doubted ones are counted apart."""

    __tablename__ = "point_figures"
    __table_args__ = (sa.CheckConstraint("count > 0", name="count_is_positive"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(sa.ForeignKey("collection_points.id"), primary_key=True)
    doubted: Mapped[bool] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int]


class MonthFigure(Model):
    """The day figures of a month together; month is its first day."""

    __tablename__ = "month_figures"
    __table_args__ = (
        sa.CheckConstraint("count > 0", name="count_is_positive"),
        # With all its columns: pages read it alone, where the rows of one question lie side by side.
        sa.Index("ix_month_figures_by_question", "question", "month", "service_id", "channel", "mode", "code", "count"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    mode: Mapped[Mode] = mapped_column(enum_type(Mode, "mode"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int]


class CrossFigure(Model):
    """How those of the drawn who gave this answer rated the whole. Equality items are questions "equality.item".

    base: who chose one of the five points.
    """

    __tablename__ = "cross_figures"
    __table_args__ = (
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name="share_of_base"),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name="somebody_rated"),
        sa.Index(
            "ix_cross_figures_by_question",
            *("question", "month", "service_id", "channel", "code", "satisfied", "base", "do_not_know"),
        ),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    satisfied: Mapped[int]
    base: Mapped[int]
    do_not_know: Mapped[int]


class Disposition(StrEnum):
    """Where asking a selected contact ended, in the terms of AAPOR's Standard Definitions; the rest was not asked."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    NON_CONTACT = "non_contact"
    UNKNOWN = "unknown"
    NOT_ELIGIBLE = "not_eligible"
    NOT_SENT = "not_sent"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"


class ContactFigure(Model):
    """How many contacts of a month the draw put where, and what became of those it selected.

    outcome is "waiting" only for contacts that no draw has seen yet.
    """

    __tablename__ = "contact_figures"
    __table_args__ = (
        sa.CheckConstraint("count > 0", name="count_is_positive"),
        sa.CheckConstraint("(outcome = 'selected') = (disposition <> 'not_asked')", name="only_the_selected_are_asked"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    outcome: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    disposition: Mapped[Disposition] = mapped_column(enum_type(Disposition, "disposition"), primary_key=True)
    count: Mapped[int]


WAITING_FOR_THE_DRAW = "waiting"
OUTCOMES = (*(outcome.value for outcome in Outcome), WAITING_FOR_THE_DRAW)


class Revision(Model):
    """A month that was over changed by late answers: what its rating was and what it is now, told and never hidden."""

    __tablename__ = "revisions"
    __table_args__ = (
        sa.CheckConstraint("satisfied_before <= base_before AND satisfied_after <= base_after", name="shares_of_bases"),
        sa.Index("ix_revisions_month", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    month: Mapped[date]
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    satisfied_before: Mapped[int]
    base_before: Mapped[int]
    satisfied_after: Mapped[int]
    base_after: Mapped[int]

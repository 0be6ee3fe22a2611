"""What pages read: the figures of a month once more, side by side or added up, so that a page reads few rows.

Each can be counted again from the figures of models.py, and `flask rates check` does so.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.answers.models import Mode
from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class RatingFigure(Model):
    """The headline of the drawn: the month figures of the rating, all codes and modes in one row."""

    __tablename__ = "rating_figures"
    __table_args__ = (
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name="share_of_base"),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name="somebody_rated"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    satisfied: Mapped[int]
    base: Mapped[int]
    do_not_know: Mapped[int]


class CodeTotal(Model):
    """The month figures of the drawn together: of everything, of each service, and of each channel, as crosses are."""

    __tablename__ = "code_totals"
    __table_args__ = (
        sa.CheckConstraint("count > 0", name="count_is_positive"),
        sa.Index("ix_code_totals_by_question", "question", "series", "month", "mode", "code", "count"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    mode: Mapped[Mode] = mapped_column(enum_type(Mode, "mode"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int]


class PointTotal(Model):
    """The point figures of a month together, all codes in one row; doubted are among them."""

    __tablename__ = "point_totals"
    __table_args__ = (
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name="share_of_base"),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name="somebody_rated"),
        sa.CheckConstraint("doubted BETWEEN 0 AND base + do_not_know", name="doubted_of_all"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(sa.ForeignKey("collection_points.id"), primary_key=True)
    satisfied: Mapped[int]
    base: Mapped[int]
    do_not_know: Mapped[int]
    doubted: Mapped[int]


class CrossTotal(Model):
    """The cross figures of a month together: of everything, of each service, and of each channel.

    series is the code of a Series: "all/all", "3/all", "all/phone".
    """

    __tablename__ = "cross_totals"
    __table_args__ = (
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name="share_of_base"),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name="somebody_rated"),
        sa.Index(
            "ix_cross_totals_by_question",
            *("question", "series", "month", "code", "satisfied", "base", "do_not_know"),
        ),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    satisfied: Mapped[int]
    base: Mapped[int]
    do_not_know: Mapped[int]


class ContactTotal(Model):
    """The contact figures of a place, a column a count: by outcome up to waiting_for_draw, then by disposition."""

    __tablename__ = "contact_totals"

    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    selected: Mapped[int]
    not_drawn: Mapped[int]
    opted_out: Mapped[int]
    asked_recently: Mapped[int]
    unreachable: Mapped[int]
    landline: Mapped[int]
    too_old: Mapped[int]
    excluded_by_rule: Mapped[int]
    duplicate: Mapped[int]
    waiting_for_draw: Mapped[int]
    complete: Mapped[int]
    partial: Mapped[int]
    refusal: Mapped[int]
    non_contact: Mapped[int]
    unknown: Mapped[int]
    not_eligible: Mapped[int]
    not_sent: Mapped[int]
    waiting: Mapped[int]

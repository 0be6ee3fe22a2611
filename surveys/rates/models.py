"""What it comes to: one count for each day, service, channel, mode, question and answer."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.answers.models import Mode
from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


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

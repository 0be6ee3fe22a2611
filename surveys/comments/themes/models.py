"""Figures by theme: what is counted of comments."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class ThemeFigure(Model):
    """How many comments of one day, service and channel have this label and sentiment.

    The label "*" counts each classified comment once: what shares are shares of. Figures of a comment stay when its
    text has been let go.
    """

    __tablename__ = "theme_figures"
    __table_args__ = (sa.CheckConstraint("count > 0", name="count_is_positive"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    label: Mapped[str] = mapped_column(sa.String(63), primary_key=True)
    sentiment: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    count: Mapped[int]

"""Who is told what by email, and what they were told already, so that nobody is told twice."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class EmailChoice(Model):
    """What a user wants by email; without a row, all of it."""

    __tablename__ = "email_choices"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    weekly: Mapped[bool]
    signals: Mapped[bool]


class DigestSent(Model):
    """The digest of one week, which begins on this Monday, went to one user."""

    __tablename__ = "digests_sent"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]


class SignalTold(Model):
    """A control chart's signal that was seen, and when the people concerned were told. One row a signal.

    of names the series ("service:3", "channel:phone", "all"), rule the rule of the chart; month is its last point.
    """

    __tablename__ = "signals_told"
    __table_args__ = (
        sa.UniqueConstraint("of", "month", "rule"),
        sa.CheckConstraint("rule <> ''", name="names_a_rule"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(sa.String(40))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    month: Mapped[date]
    rule: Mapped[str] = mapped_column(sa.String(30))
    seen_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

"""What people set beside the figures: targets, baselines, notes, and the totals that telephony counted by itself.

Each is for one service and channel, or for all of them where none is named. Nothing here is changed in place: a new
row takes the place of the older one, which stays.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class Target(Model):
    """The share to be very or fairly satisfied from a month on, in ten-thousandths, and who answers for it."""

    __tablename__ = "targets"
    __table_args__ = (sa.CheckConstraint("share BETWEEN 1 AND 10000", name="share_is_a_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    share: Mapped[int]
    from_month: Mapped[date]
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]


class Baseline(Model):
    """The months that a control chart is held against, frozen by a person for a reason; the newest is in force."""

    __tablename__ = "baselines"
    __table_args__ = (
        sa.CheckConstraint("first_month <= last_month", name="runs_forward"),
        sa.CheckConstraint("reason <> ''", name="has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    first_month: Mapped[date]
    last_month: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(300))
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))


class PointNote(Model):
    """Words beside a month of a chart, such as "new phone system"."""

    __tablename__ = "point_notes"
    __table_args__ = (sa.CheckConstraint("words <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    month: Mapped[date]
    words: Mapped[str] = mapped_column(sa.String(200))
    written_at: Mapped[datetime]
    written_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]


class ControlTotal(Model):
    """How many contacts another system counted on a day, beside those that were loaded, counted with the contacts."""

    __tablename__ = "control_totals"
    __table_args__ = (
        sa.CheckConstraint("total >= 0", name="total_is_a_count"),
        # With all that a page adds up, so that it reads this alone.
        sa.Index("ix_control_totals_by_service", "service_id", "channel", "day", "total", "loaded"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    total: Mapped[int]
    loaded: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    source: Mapped[str] = mapped_column(sa.String(60))
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class SavedView(Model):
    """A page with its filters under a name of its user's: the page's name and the words after the question mark."""

    __tablename__ = "saved_views"
    __table_args__ = (sa.UniqueConstraint("user_id", "name"), sa.CheckConstraint("name <> ''", name="has_a_name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(60))
    page: Mapped[str] = mapped_column(sa.String(60))
    address: Mapped[str] = mapped_column(sa.String(1000))
    saved_at: Mapped[datetime]

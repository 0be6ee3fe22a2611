"""Praise that was passed on to those who earned it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model


class Compliment(Model):
    """A comment of praise that somebody passed on to a team, once. It has no words: the comment has."""

    __tablename__ = "compliments"
    __table_args__ = (sa.CheckConstraint("team <> ''", name="it_went_to_somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comments.id", ondelete="SET NULL"), unique=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), index=True)
    team: Mapped[str] = mapped_column(sa.String(80))
    passed_on_at: Mapped[datetime]
    passed_on_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

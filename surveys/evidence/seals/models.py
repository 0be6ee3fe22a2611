"""Seals: what a day's answers and draws were, as digests in the audit chain."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class Sealed(StrEnum):
    """What is sealed day by day."""

    ANSWERS = "answers"
    DRAWS = "draws"


class ResponseSeal(Model):
    """The leaf of one closed response: SHA-256 of its chosen answers in canonical words, never of a comment.

    It stays when the response goes, so that the day's seal can always be computed again.
    """

    __tablename__ = "response_seals"
    __table_args__ = (sa.Index("ix_response_seals_day_leaf", "day", "leaf"),)

    response_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    leaf: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class DrawLeaf(Model):
    """The leaf of a draw whose contact has gone by retention, kept in its place."""

    __tablename__ = "draw_leaves"
    __table_args__ = (sa.Index("ix_draw_leaves_day", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    leaf: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class DaySeal(Model):
    """One day's digest, as the audit entry of this number has it; the entry is the proof, this row finds it."""

    __tablename__ = "day_seals"
    __table_args__ = (sa.CheckConstraint("count >= 0", name="count_is_a_count"),)

    kind: Mapped[Sealed] = mapped_column(enum_type(Sealed, "kind"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    sealed_at: Mapped[datetime]
    entry: Mapped[int] = mapped_column(sa.ForeignKey("audit_entries.id"))

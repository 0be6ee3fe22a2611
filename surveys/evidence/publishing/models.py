"""Publications: the open data of each quarter, version after version; and the next version, while it is worked out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.evidence.files.models import WorkState


class Publication(Model):
    """A quarter's open data. A new version takes the place of an older one, which stays where it was."""

    __tablename__ = "publications"
    __table_args__ = (
        sa.UniqueConstraint("quarter", "version"),
        sa.CheckConstraint("version >= 1", name="versions_count_from_one"),
        sa.CheckConstraint("(version = 1) = (why IS NULL)", name="a_new_version_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[date]
    version: Mapped[int]
    why: Mapped[str | None] = mapped_column(sa.String(300))
    tables: Mapped[Mapping[str, Any]] = mapped_column(sa.JSON)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("made_files.id"))


class PublicationDraft(Model):
    """The next version of a quarter, for staff alone: one a quarter, and gone once it is published.

    tables is what everybody would see; hidden is what they would not, each with its reason. counts_sha256 says whether
    what stands behind them has moved since. refusal says in words why it failed.
    """

    __tablename__ = "publication_drafts"
    __table_args__ = (
        sa.UniqueConstraint("quarter"),
        sa.CheckConstraint(
            "state <> 'done' OR (tables IS NOT NULL AND hidden IS NOT NULL AND counts_sha256 IS NOT NULL)",
            name="done_has_figures",
        ),
        sa.CheckConstraint("(state = 'failed') = (refusal IS NOT NULL)", name="failed_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[date]
    version: Mapped[int | None]
    tables: Mapped[Mapping[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    hidden: Mapped[Sequence[Sequence[str]] | None] = mapped_column(sa.JSON(none_as_null=True))
    counts_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    state: Mapped[WorkState] = mapped_column(enum_type(WorkState, "state"), index=True)
    refusal: Mapped[str | None] = mapped_column(sa.String(300))
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    finished_at: Mapped[datetime | None]

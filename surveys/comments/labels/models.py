"""The models that label comments, the code frames they learn, and the corrections they learn from."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class Standing(StrEnum):
    """The champion labels comments; a challenger waits for its figures; the rest served once or lost."""

    CHALLENGER = "challenger"
    CHAMPION = "champion"
    FORMER = "former"
    REFUSED = "refused"


class LabelModel(Model):
    """A fitted model: its arrays as an .npz file, never a pickle, and its manifest.

    arrays is None once it is older than the last five: its figures and the labels it gave stay. code_frame: number of
    the frame it learned. report: how it measured beside the champion, None where there was nothing to measure on.
    corrections: how many it learned from.
    """

    __tablename__ = "label_models"
    __table_args__ = (
        sa.Index(
            "uq_label_models_champion",
            "standing",
            unique=True,
            sqlite_where=sa.text("standing = 'champion'"),
            postgresql_where=sa.text("standing = 'champion'"),
        ),
        sa.CheckConstraint("standing <> 'champion' OR arrays IS NOT NULL", name="a_champion_is_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[Standing] = mapped_column(enum_type(Standing, "standing"))
    made_at: Mapped[datetime]
    stood_at: Mapped[datetime]
    code_frame: Mapped[int] = mapped_column(sa.ForeignKey("code_frames.number"))
    corrections: Mapped[int] = mapped_column(default=0)
    arrays: Mapped[bytes | None] = mapped_column(deferred=True)
    manifest: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))


class CodeFrameVersion(Model):
    """The labels in force from a moment on; the newest number is in force. definition is what nlp reads."""

    __tablename__ = "code_frames"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    definition: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class ShownAs(StrEnum):
    """Why a comment came to a reviewer. Only the random ones say how good a model is."""

    UNCERTAIN = "uncertain"
    RARE = "rare"
    RANDOM = "random"
    SECOND = "second"  # shown to a second reviewer, to see whether people agree
    CHOSEN = "chosen"  # opened from a list or a search


class Correction(Model):
    """What one reviewer said of one comment, for good: triggers refuse every change and deletion.

    It holds labels and no words, and stays when the comment is erased. comment_read_at tells which reading of the
    comment it is about: a comment that the resident wrote anew is another one. before is None where the reviewer saw no
    suggestion.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        sa.Index("ix_corrections_comment_id", "comment_id"),
        sa.Index("ix_corrections_reviewer_id_comment_id", "reviewer_id", "comment_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int]
    comment_read_at: Mapped[datetime]
    reviewer_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    at: Mapped[datetime]
    shown_as: Mapped[ShownAs] = mapped_column(enum_type(ShownAs, "shown_as"))
    model_id: Mapped[int | None] = mapped_column(sa.ForeignKey("label_models.id"))
    topics_before: Mapped[Sequence[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    topics: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    sentiment_before: Mapped[str | None] = mapped_column(sa.String(20))
    sentiment: Mapped[str] = mapped_column(sa.String(20))

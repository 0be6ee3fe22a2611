"""Packs: what assessors get, each a file that is made once and never changed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.evidence.files.models import WorkState


class EvidencePack(Model):
    """The evidence of a period of whole months, as the audit trail stood at entry `cutoff`.

    The same period and cutoff give the same bytes. manifest_sha256 is the digest of its MANIFEST, which the audit
    trail has too. progress goes to 100; refusal says in words why it failed.
    """

    __tablename__ = "evidence_packs"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="runs_forward"),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_a_percentage"),
        sa.CheckConstraint(
            "state <> 'done' OR (file_id IS NOT NULL AND manifest_sha256 IS NOT NULL)", name="done_has_a_file"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    cutoff: Mapped[int]
    cutoff_at: Mapped[datetime]
    state: Mapped[WorkState] = mapped_column(enum_type(WorkState, "state"), index=True)
    progress: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(sa.String(60), default="")
    refusal: Mapped[str | None] = mapped_column(sa.String(300))
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    finished_at: Mapped[datetime | None]
    manifest_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("made_files.id"))

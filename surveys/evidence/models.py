"""What assessors get: packs, exports and publications, each a file that is made once and never changed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type


class MadeFile(Model):
    """A file of ours, whole or being written. sha256, size and rows are known once it is whole; rows of tables only."""

    __tablename__ = "made_files"
    __table_args__ = (
        sa.CheckConstraint("(made_at IS NULL) = (sha256 IS NULL)", name="whole_has_a_digest"),
        sa.CheckConstraint("name <> ''", name="it_has_a_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    mimetype: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    rows: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    made_at: Mapped[datetime | None]


class FilePiece(Model):
    """A piece of a file, in order. All processes share the database and nothing else, so files lie there too."""

    __tablename__ = "file_pieces"

    file_id: Mapped[int] = mapped_column(sa.ForeignKey("made_files.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class WorkState(StrEnum):
    """A piece of work for the queue: the row is the truth, the queue only wakes it up."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


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


class ExportKind(StrEnum):
    CONTACTS = "contacts"
    ANSWERS = "answers"


class Export(Model):
    """A table that somebody asked for as a file. asked holds the filters, as codes and days and nothing personal."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ExportKind] = mapped_column(enum_type(ExportKind, "kind"))
    form: Mapped[str] = mapped_column(sa.String(10))
    asked: Mapped[Mapping[str, Any]] = mapped_column(sa.JSON)
    state: Mapped[WorkState] = mapped_column(enum_type(WorkState, "state"), index=True)
    refusal: Mapped[str | None] = mapped_column(sa.String(300))
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    finished_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("made_files.id"))


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


class ElementNote(Model):
    """What the council says of one element of a standard: its own words, reference and where else to look.

    A standard of the council's own has elements only here. paraphrase replaces ours where it is set.
    """

    __tablename__ = "element_notes"
    __table_args__ = (sa.CheckConstraint("standard <> '' AND code <> ''", name="it_is_of_a_standard"),)

    standard: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    paraphrase: Mapped[str | None] = mapped_column(sa.String(500))
    reference: Mapped[str] = mapped_column(sa.String(120), default="")
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    offered: Mapped[Mapping[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    edition: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

"""A file that is made once and never changed, and how the work on one stands."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model


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

"""Exports: tables that somebody asked for as a file."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.evidence.files.models import WorkState


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

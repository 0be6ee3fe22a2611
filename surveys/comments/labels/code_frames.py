"""The labels in force: the program's own code frame until the council makes one of its own."""

from typing import Any

import sqlalchemy as sa

from nlp.code_frame import CodeFrame, code_frame, read_code_frame
from surveys.comments.labels.models import CodeFrameVersion
from surveys.core.clock import now
from surveys.core.db import db


def newest_version() -> CodeFrameVersion | None:
    return db.session.scalars(sa.select(CodeFrameVersion).order_by(CodeFrameVersion.number.desc()).limit(1)).first()


def frame_in_force() -> CodeFrame:
    """Its version is its number. The program's own where none is kept yet."""
    newest = newest_version()
    return code_frame() if newest is None else read_code_frame(newest.definition)


def written_frame(frame: CodeFrame) -> dict[str, Any]:
    """The frame as nlp reads it."""
    labels = [
        {
            "name": label.name,
            "label": label.label,
            "definition": label.definition,
            "examples": list(label.examples),
            "near_misses": list(label.near_misses),
        }
        for label in frame.labels
    ]
    return {"version": frame.version, "labels": labels}


def keep_frame(frame: CodeFrame, made_by: int | None) -> None:
    """Put a frame in force under its version, which must be the next one."""
    row = CodeFrameVersion(number=frame.version, definition=written_frame(frame), made_at=now(), made_by=made_by)
    db.session.add(row)
    db.session.flush()


def keep_first_frame() -> CodeFrame:
    """The frame in force, kept as a row so that models can name it."""
    frame = frame_in_force()
    if newest_version() is None:
        keep_frame(frame, None)
    return frame

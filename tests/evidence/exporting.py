"""Makers of exports: asked for by somebody, made by the queue."""

from datetime import date
from typing import Any

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.evidence.exports.asking import Grants, ask_for_export
from surveys.evidence.exports.models import Export, ExportKind
from surveys.evidence.exports.rows import Asked, Row, table_for
from surveys.evidence.exports.scan import Scan
from surveys.evidence.files.stored import pieces

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
EVERYTHING = Grants(None, None)


def asked(**given: Any) -> Asked:
    usual = {"first": FIRST, "last": LAST, "services": None, "channels": None, "comments": False}
    return Asked(**usual | given)


def read(kind: ExportKind, scan: Scan | None = None, **given: Any) -> list[dict[str, object]]:
    """The rows of an export, each by the names of its columns."""
    db.session.rollback()
    table = table_for(kind, asked(**given), scan or Scan())
    names = [column.name for column in table.columns]
    rows: list[Row] = list(table.rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


def ask_one(user_id: int, kind: ExportKind = ExportKind.ANSWERS, form: str = "csv", **given: Any) -> int:
    """Asked for and not made yet; returns its number."""
    with transaction():
        return ask_for_export(kind, form, asked(**given), EVERYTHING, user_id, now()).id


def make_one(user_id: int, kind: ExportKind = ExportKind.ANSWERS, form: str = "csv", **given: Any) -> int:
    number = ask_one(user_id, kind, form, **given)
    run_waiting(current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy of werkzeug
    db.session.rollback()
    return number


def export_of(number: int) -> Export:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Export, number)


def content_of(number: int) -> bytes:
    file_id = export_of(number).file_id
    assert file_id is not None
    return b"".join(pieces(file_id))

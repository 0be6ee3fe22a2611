"""Each look of an assessor is in the audit trail before they see the page: once a page and day, a file each time."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from flask_login import current_user

from surveys.core.clock import start_of, today
from surveys.core.db import db, lock, transaction
from surveys.people.assessors import is_assessor
from surveys.people.audit import record, whoever
from surveys.people.models import AuditEntry

LOOKED, TOOK = "assessor looked", "assessor took a file"
LONGEST = 120
# Pages hand out their tables as files by this word of the address.
FILE = "file"


def init_looks(app: Flask, public: Iterable[str]) -> None:
    """public: the blueprints that anybody may open; of residents' pages nothing is read or kept."""
    open_to_all = frozenset(public)

    def look() -> None:
        if request.method != "GET" or request.blueprint is None or request.blueprint in open_to_all:
            return
        if current_user.is_authenticated and is_assessor(current_user):
            keep_look(request.path[:LONGEST], request.args.get(FILE, "")[:LONGEST])

    # After the guard, which lets in, and before the page: whoever sees it is in the trail.
    app.before_request(look)


def keep_look(path: str, table: str) -> None:
    """Only the path: what stands after the question mark may be anything."""
    which: dict[str, Any] = {"table": table} if table else {}
    if table or "." in path.rpartition("/")[2]:
        with transaction():
            record(TOOK, path, **which)
        return
    if seen_today(path):
        return
    with transaction():
        lock("audit chain")
        if not seen_today(path):
            record(LOOKED, path)


def seen_today(path: str) -> bool:
    e = AuditEntry
    mine = (e.actor == whoever(), e.action == LOOKED, e.subject == path, e.at >= start_of(today()))
    return bool(db.session.scalar(sa.select(sa.exists().where(*mine))))

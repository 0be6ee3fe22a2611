"""The append-only audit trail: each entry's hash covers the entry before it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import has_request_context
from flask_login import current_user

from surveys.core.clock import now
from surveys.core.db import db, lock
from surveys.people.models import AuditEntry

FIRST = "0" * 64


def canonical(number: int, at: datetime, actor: str, action: str, subject: str, details: dict[str, Any]) -> str:
    """The words that are hashed: JSON with sorted keys, no spaces, UTF-8, the moment in UTC to the microsecond."""
    entry = {
        "number": number,
        "at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": details,
    }
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(previous_hash: str, words: str) -> str:
    """SHA-256 of the previous hash followed by the canonical JSON, in hex."""
    return hashlib.sha256((previous_hash + words).encode()).hexdigest()


def whoever() -> str:
    """Who is acting: the signed-in user by number, or the system."""
    if has_request_context() and current_user.is_authenticated:
        return f"user:{current_user.id}"
    return "system"


def record(action: str, subject: str, *, actor: str | None = None, at: datetime | None = None, **details: Any) -> None:
    """Append one act inside the running transaction. Details are ids, codes and counts, never personal data.

    Writers wait for each other here, so that the chain has one order.
    """
    lock("audit chain")
    last = db.session.execute(
        sa.select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.id + 1, last.hash) if last else (1, FIRST)
    moment, who = (at or now()).astimezone(UTC), actor or whoever()
    words = canonical(number, moment, who, action, subject, details)
    entry = AuditEntry(id=number, at=moment, actor=who, action=action, subject=subject, details=details)
    entry.previous_hash, entry.hash = previous, chained(previous, words)
    db.session.add(entry)
    db.session.flush()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    words: str


def breaks(after: int = 0) -> Iterator[Break]:
    """Walk the chain in order, from after this entry, and tell each place where it was changed. Constant memory."""
    expected_number = after + 1
    previous = db.session.scalar(sa.select(AuditEntry.hash).where(AuditEntry.id == after)) or FIRST
    query = sa.select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id)
    for entry in db.session.scalars(query.execution_options(yield_per=1000)):
        if entry.id != expected_number:
            yield Break(entry.id, f"entries {expected_number} to {entry.id - 1} are missing")
        if entry.previous_hash != previous:
            yield Break(entry.id, "does not follow the entry before it")
        words = canonical(entry.id, entry.at, entry.actor, entry.action, entry.subject, entry.details)
        if entry.hash != chained(entry.previous_hash, words):
            yield Break(entry.id, "was changed after it was written")
        expected_number, previous = entry.id + 1, entry.hash

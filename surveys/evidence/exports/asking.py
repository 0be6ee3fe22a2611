"""Exports as they are asked for, made by a worker, downloaded for a week: a row is the truth, the queue wakes it up.

How many rows a file had, its digest and how many cells were replaced are in the audit trail, which outlives the file.
"""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from surveys.core import clock
from surveys.core.db import db, lock, transaction
from surveys.core.queue import ask
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.evidence.exports.files import MIMETYPES, write_export
from surveys.evidence.exports.models import Export, ExportKind
from surveys.evidence.exports.rows import Asked, table_for
from surveys.evidence.exports.scan import Scan
from surveys.evidence.files.models import MadeFile, WorkState
from surveys.evidence.files.stored import delete_file, find_file, keep_path
from surveys.evidence.packs.asking import MOST_TRIES, STALE, WORKER_LOST
from surveys.people.audit import record
from surveys.people.models import AuditEntry

KEPT = timedelta(days=7)
MOST_SHOWN = 100
# Files lie in the database: nobody fills it by asking again and again.
MOST_WAITING = 5
MADE = "export made"
UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)
NOT_COVERED = "Your account does not cover all of these services. Choose others, or leave the comments out."
Granted = frozenset[int] | None


@dataclass(frozen=True)
class Grants:
    """The services of which somebody may export rows, and read comments; None for all of them."""

    rows: Granted
    comments: Granted


@dataclass(frozen=True)
class Facts:
    """What the audit trail has of a file. replaced: the cells that looked like personal data."""

    rows: int
    replaced: int
    size: int
    sha256: str


def ask_for_export(kind: ExportKind, form: str, asked: Asked, grants: Grants, user_id: int, moment: datetime) -> Export:
    """Raises Refused where the account does not cover what is asked for. No services: all that it covers."""
    lock("exports")
    asked = Asked(asked.first, asked.last, asked.services or grants.rows, asked.channels, asked.comments)
    if not covered(asked, grants):
        raise Refused(NOT_COVERED)
    waiting = sa.select(sa.func.count()).where(Export.asked_by == user_id, Export.state.in_(UNDER_WAY))
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Conflict(f"{MOST_WAITING} exports of yours are still being made. Wait until one is ready.")
    export = Export(
        kind=kind, form=form, asked=asked.as_json(), state=WorkState.QUEUED, asked_at=moment, asked_by=user_id
    )
    db.session.add(export)
    db.session.flush()
    record("export asked for", subject_of(export), at=moment, kind=kind.value, form=form, **asked.as_json())
    ask("evidence.export", export.id)
    return export


def covered(asked: Asked, grants: Grants) -> bool:
    """Whether these grants, as they are now, reach as far as what was asked for."""
    needed = [grants.rows, *([grants.comments] if asked.comments else [])]
    return all(granted is None or (asked.services is not None and asked.services <= granted) for granted in needed)


def subject_of(export: Export) -> str:
    return f"export:{export.id}"


def exports_of(user_id: int) -> Sequence[Export]:
    """Their own, the newest first: what others asked for is in the audit trail."""
    query = sa.select(Export).where(Export.asked_by == user_id).order_by(Export.id.desc()).limit(MOST_SHOWN)
    return db.session.scalars(query).all()


def find_export(number: int, user_id: int, grants: Grants) -> Export:
    """One's own, as long as one's account covers what is in it."""
    export = db.session.get(Export, number)
    if export is None or export.asked_by != user_id or not covered(Asked.read(export.asked), grants):
        raise NotFound("There is no such export of yours.")
    return export


def file_of(export: Export) -> MadeFile:
    if export.state is WorkState.DONE and export.file_id is None:
        raise Gone(f"Files are kept for {KEPT.days} days. Ask for this export again.")
    return find_file(export.file_id)


def facts_of(numbers: Collection[int]) -> dict[int, Facts]:
    """By the export's number, in one query."""
    e, subjects = AuditEntry, [f"export:{number}" for number in numbers]
    query = sa.select(e.subject, e.details).where(e.action == MADE, e.subject.in_(subjects))
    return {
        int(subject.removeprefix("export:")): Facts(told["rows"], told["replaced"], told["size"], told["sha256"])
        for subject, told in db.session.execute(query)
    }


def make_export(number: int) -> None:
    """Make the file of one that waits, or that a dead worker left. Runs its own transactions, as a pack does."""
    if not claim(number, clock.now()):
        return
    export = db.session.get_one(Export, number)
    asked, scan = Asked.read(export.asked), Scan()
    with tempfile.TemporaryDirectory(prefix="fairly-export-") as folder:
        path = Path(folder) / f"{export.kind.value}-{asked.first}-to-{asked.last}.{export.form}"
        table = table_for(export.kind, asked, scan)
        rows = write_export(path, export.form, table, about(export.kind, asked), lambda _rows: note(number))
        db.session.rollback()
        with transaction():
            settle(number, path, rows, scan.found, clock.now())


def about(kind: ExportKind, asked: Asked) -> str:
    what = "Answers, without names, times or addresses" if kind is ExportKind.ANSWERS else "Contacts, without addresses"
    return f"{what}: {clock.day_in_words(asked.first)} to {clock.day_in_words(asked.last)}"


def free(moment: datetime) -> sa.ColumnElement[bool]:
    """Nobody makes it: it waits, or its worker has gone quiet."""
    stale = sa.and_(Export.state == WorkState.RUNNING, Export.claimed_at < moment - STALE)
    return sa.or_(Export.state == WorkState.QUEUED, stale)


def claim(number: int, moment: datetime) -> bool:
    with transaction():
        export = db.session.scalar(sa.select(Export).where(Export.id == number, free(moment)).with_for_update())
        if export is None:
            return False
        if export.tries >= MOST_TRIES:
            export.state, export.refusal, export.finished_at = WorkState.FAILED, WORKER_LOST, moment
            record("export not made", subject_of(export), at=moment)
            return False
        export.state, export.claimed_at, export.tries = WorkState.RUNNING, moment, export.tries + 1
    return True


def note(number: int) -> None:
    """Tell the sweep that this worker lives; on a connection of its own."""
    change = sa.update(Export).where(Export.id == number, Export.state == WorkState.RUNNING)
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(change.values(claimed_at=clock.now()))


def settle(number: int, path: Path, rows: int, replaced: int, moment: datetime) -> None:
    """Keep the file, and what it was in the audit trail; nothing where another worker was quicker."""
    export = db.session.get_one(Export, number, with_for_update=True)
    if export.state is not WorkState.RUNNING:
        return
    made = keep_path(path, MIMETYPES[export.form], moment, rows)
    export.state, export.file_id, export.finished_at = WorkState.DONE, made.id, moment
    told: dict[str, Any] = {"rows": rows, "replaced": replaced, "size": made.size, "sha256": made.sha256}
    record(MADE, subject_of(export), at=moment, **told)


def unfinished(moment: datetime) -> Sequence[int]:
    return db.session.scalars(sa.select(Export.id).where(free(moment))).all()


def let_go(moment: datetime) -> int:
    """Delete the files that are older than a week; returns how many. The rows and the audit trail stay."""
    old = sa.select(Export).where(Export.file_id.is_not(None), Export.finished_at < moment - KEPT)
    found = db.session.scalars(old).all()
    files = [export.file_id for export in found if export.file_id is not None]
    for export in found:
        export.file_id = None
    db.session.flush()
    for file_id in files:
        delete_file(file_id)
    if files:
        record("exports let go", "exports", at=moment, files=len(files))
    return len(files)

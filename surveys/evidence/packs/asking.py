"""Packs as they are asked for, built by a worker, kept for good: a row is the truth, the queue only wakes it up."""

import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from surveys.core import clock
from surveys.core.db import db, lock, transaction
from surveys.core.queue import ask
from surveys.core.refusals import NotFound, Refused
from surveys.core.settings import Settings
from surveys.evidence.figures.periods import PackPeriod, newest_entry, pack_period
from surveys.evidence.files.models import WorkState
from surveys.evidence.files.stored import keep_path
from surveys.evidence.packs.building import Built, build
from surveys.evidence.packs.models import EvidencePack
from surveys.evidence.seals.signing import announce
from surveys.people.audit import record
from surveys.people.models import AuditEntry
from surveys.rates.months import Month

ZIP = "application/zip"
# Longer than any step of a build takes between two notes of its progress.
STALE = timedelta(minutes=15)
MOST_TRIES = 3
MOST_SHOWN = 100
WORKER_LOST = "It could not be built: its worker stopped three times. Ask whoever runs this installation to look."


def ask_for_pack(first: Month, last: Month, user_id: int | None, moment: datetime) -> EvidencePack:
    """A pack of these months as the audit trail stands now. Raises Refused where nothing of them was sealed yet."""
    lock("evidence packs")
    announce(moment)
    period = pack_period(first, last, newest_entry())
    pack = EvidencePack(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        cutoff=period.cutoff,
        cutoff_at=period.cutoff_at,
        state=WorkState.QUEUED,
        asked_at=moment,
        asked_by=user_id,
    )
    db.session.add(pack)
    db.session.flush()
    months = {"first": str(first), "last": str(last)}
    record("evidence pack asked for", f"pack:{pack.id}", at=moment, cutoff=pack.cutoff, **months)
    ask("evidence.build", pack.id)
    return pack


def period_of(pack: EvidencePack) -> PackPeriod:
    return pack_period(Month.of(pack.starts_on), Month.of(pack.ends_on), pack.cutoff)


def packs(first: Month | None = None, last: Month | None = None) -> Sequence[EvidencePack]:
    """The newest, as far as they lie within these months."""
    query = sa.select(EvidencePack).order_by(EvidencePack.id.desc()).limit(MOST_SHOWN)
    if first is not None:
        query = query.where(EvidencePack.starts_on >= first.first)
    if last is not None:
        query = query.where(EvidencePack.ends_on <= last.last)
    return db.session.scalars(query).all()


def find_pack(number: int) -> EvidencePack:
    pack = db.session.get(EvidencePack, number)
    if pack is None:
        raise NotFound("There is no such evidence pack.")
    return pack


def build_pack(number: int, settings: Settings) -> None:
    """Build a pack that waits, or that a dead worker left. Runs its own transactions: it must read long and write once.

    What was refused is kept in words; any other failure leaves the row to be tried again.
    """
    if not claim(number, clock.now()):
        return
    with tempfile.TemporaryDirectory(prefix="fairly-pack-") as folder:
        try:
            built = build(period_of(find_pack(number)), settings, Path(folder), lambda n, step: note(number, n, step))
        except Refused as refusal:
            db.session.rollback()
            with transaction():
                fail(find_pack(number), refusal.words, clock.now())
            return
        db.session.rollback()
        with transaction():
            settle(number, built, clock.now())


def claim(number: int, moment: datetime) -> bool:
    """Whether this worker may build it: nobody else is, or whoever was has gone quiet."""
    p = EvidencePack
    free = sa.or_(p.state == WorkState.QUEUED, sa.and_(p.state == WorkState.RUNNING, p.claimed_at < moment - STALE))
    with transaction():
        pack = db.session.scalar(sa.select(p).where(p.id == number, free).with_for_update())
        if pack is None:
            return False
        if pack.tries >= MOST_TRIES:
            fail(pack, WORKER_LOST, moment)
            return False
        pack.state, pack.claimed_at, pack.tries, pack.progress = WorkState.RUNNING, moment, pack.tries + 1, 0
    return True


def note(number: int, progress: int, step: str) -> None:
    """Tell the page how far it is, and the sweep that this worker lives; on a connection of its own."""
    told = {"progress": progress, "step": step, "claimed_at": clock.now()}
    change = sa.update(EvidencePack).where(EvidencePack.id == number, EvidencePack.state == WorkState.RUNNING)
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(change.values(told))


def settle(number: int, built: Built, moment: datetime) -> None:
    """Keep the archive, and its digests in the audit trail; nothing where another worker was quicker."""
    pack = db.session.get_one(EvidencePack, number, with_for_update=True)
    if pack.state is not WorkState.RUNNING:
        return
    made = keep_path(built.archive, ZIP, moment)
    pack.state, pack.progress, pack.step, pack.finished_at = WorkState.DONE, 100, "", moment
    pack.file_id, pack.manifest_sha256 = made.id, built.manifest_sha256
    told: dict[str, Any] = {"manifest_sha256": built.manifest_sha256, "sha256": made.sha256, "cutoff": pack.cutoff}
    told |= {"starts_on": pack.starts_on.isoformat(), "ends_on": pack.ends_on.isoformat()}
    record("evidence pack built", f"pack:{pack.id}", at=moment, **told)


def fail(pack: EvidencePack, words: str, moment: datetime) -> None:
    pack.state, pack.refusal, pack.finished_at = WorkState.FAILED, words[:300], moment
    record("evidence pack not built", f"pack:{pack.id}", at=moment)


def unfinished(moment: datetime) -> Sequence[int]:
    """Packs that wait for a worker, or whose worker has gone quiet."""
    p = EvidencePack
    stale = sa.and_(p.state == WorkState.RUNNING, p.claimed_at < moment - STALE)
    return db.session.scalars(sa.select(p.id).where(sa.or_(p.state == WorkState.QUEUED, stale))).all()


def built_with(manifest_sha256: str) -> int | None:
    """The pack whose MANIFEST has this digest by the audit trail's word."""
    entries = sa.select(AuditEntry.subject, AuditEntry.details).where(AuditEntry.action == "evidence pack built")
    for subject, details in db.session.execute(entries.order_by(AuditEntry.id)):
        if details.get("manifest_sha256") == manifest_sha256:
            return int(subject.removeprefix("pack:"))
    return None

"""The next version of a quarter, asked for and worked out by a worker: a row is the truth, the queue wakes it up.

Nobody outside sees a draft, whatever its state. To publish one is quick, and is done while somebody waits.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from surveys.core import clock
from surveys.core.db import db, lock, transaction
from surveys.core.logs import log
from surveys.core.queue import ask
from surveys.core.refusals import Conflict, Refused
from surveys.core.settings import Settings
from surveys.evidence.files.models import WorkState
from surveys.evidence.packs.asking import MOST_TRIES, STALE
from surveys.evidence.publishing.hidden import Hidden
from surveys.evidence.publishing.models import Publication, PublicationDraft
from surveys.evidence.publishing.publications import previous_of
from surveys.evidence.publishing.publish import MOVED, Draft, basis_of, check_ready, publish, work_out
from surveys.evidence.publishing.published import Issue, read_figures
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.audit import record

UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)
ASK_WHO_RUNS_IT = "Try again. If it fails again, ask whoever runs this installation to look."
UNSOLVED = f"What is safe to show could not be worked out. {ASK_WHO_RUNS_IT}"
WORKER_LOST = f"The worker stopped {MOST_TRIES} times. {ASK_WHO_RUNS_IT}"


def row_of(quarter: Quarter) -> PublicationDraft | None:
    query = sa.select(PublicationDraft).where(PublicationDraft.quarter == quarter.first.first)
    return db.session.scalars(query).one_or_none()


def draft_states() -> dict[Quarter, WorkState]:
    """How far the next version is, of each quarter that has one asked for."""
    rows = db.session.execute(sa.select(PublicationDraft.quarter, PublicationDraft.state))
    return {Quarter.starting(day): state for day, state in rows}


def ask_for_draft(quarter: Quarter, user_id: int | None, moment: datetime) -> PublicationDraft:
    """Have the next version worked out; nothing where that is under way. Raises Refused where it is too early."""
    lock("publications")
    check_ready(quarter, moment)
    row = row_of(quarter)
    if row is not None and row.state in UNDER_WAY:
        return row
    if row is None:
        row = PublicationDraft(quarter=quarter.first.first)
        db.session.add(row)
    row.state, row.asked_at, row.asked_by = WorkState.QUEUED, moment, user_id
    row.tries, row.claimed_at, row.finished_at, row.refusal = 0, None, None, None
    row.version = row.tables = row.hidden = row.counts_sha256 = None
    db.session.flush()
    record("publication draft asked for", subject_of(row), at=moment, quarter=quarter.code)
    ask("evidence.draft", row.id)
    return row


def subject_of(row: PublicationDraft) -> str:
    return f"draft:{row.id}"


def draft_in(row: PublicationDraft) -> Draft:
    """Of one that is done."""
    if row.version is None or row.tables is None or row.hidden is None or row.counts_sha256 is None:
        raise ValueError("this draft is not worked out")
    quarter = Quarter.starting(row.quarter)
    issue = Issue(read_figures(quarter, row.tables), row.version, why=None, published_at=None)
    hidden = [Hidden(what, why) for what, why in row.hidden]
    return Draft(issue, hidden, row.counts_sha256, previous_of(quarter, row.version))


def publish_draft(
    quarter: Quarter, seen: str, why: str | None, settings: Settings, user_id: int | None, moment: datetime
) -> Publication:
    """Publish the draft that somebody looked through, and let it go. Raises Refused, in words."""
    lock("publications")
    row = row_of(quarter)
    if row is None or row.state is not WorkState.DONE:
        raise Conflict(MOVED)
    made = publish(draft_in(row), seen, why, settings, user_id, moment)
    db.session.delete(row)
    db.session.flush()
    return made


def make_draft(number: int) -> None:
    """Work out one that waits, or that a dead worker left. No transaction is open while it thinks.

    What was refused or has no solution is kept in words; any other failure leaves the row to be tried again.
    """
    if not claim(number, clock.now()):
        return
    try:
        basis = basis_of(Quarter.starting(db.session.get_one(PublicationDraft, number).quarter), clock.now())
        db.session.rollback()
        made: Draft | str = work_out(basis)
    except Refused as refusal:
        made = refusal.words
    except ArithmeticError:
        log.error("a publication could not be worked out; staff are told to try again", draft=number)
        made = UNSOLVED
    with transaction():
        settle(number, made, clock.now())


def free(moment: datetime) -> sa.ColumnElement[bool]:
    """Nobody works it out: it waits, or its worker has gone quiet."""
    d = PublicationDraft
    return sa.or_(d.state == WorkState.QUEUED, sa.and_(d.state == WorkState.RUNNING, d.claimed_at < moment - STALE))


def claim(number: int, moment: datetime) -> bool:
    query = sa.select(PublicationDraft).where(PublicationDraft.id == number, free(moment))
    with transaction():
        row = db.session.scalar(query.with_for_update())
        if row is None:
            return False
        if row.tries >= MOST_TRIES:
            fail(row, WORKER_LOST, moment)
            return False
        row.state, row.claimed_at, row.tries = WorkState.RUNNING, moment, row.tries + 1
    return True


def settle(number: int, made: Draft | str, moment: datetime) -> None:
    """Keep a draft, or the words that say why there is none; nothing where another worker was quicker."""
    row = db.session.get(PublicationDraft, number, with_for_update=True)
    if row is None or row.state is not WorkState.RUNNING:
        return
    if isinstance(made, str):
        fail(row, made, moment)
        return
    figures = made.issue.figures
    row.state, row.finished_at, row.version = WorkState.DONE, moment, made.issue.version
    row.tables, row.counts_sha256 = figures.stored, made.counts_sha256
    row.hidden = [[one.what, one.why] for one in made.hidden]
    record("publication draft made", subject_of(row), at=moment, figures_sha256=figures.digest, version=row.version)


def fail(row: PublicationDraft, words: str, moment: datetime) -> None:
    row.state, row.refusal, row.finished_at = WorkState.FAILED, words[:300], moment
    record("publication draft not made", subject_of(row), at=moment)


def unfinished(moment: datetime) -> Sequence[int]:
    return db.session.scalars(sa.select(PublicationDraft.id).where(free(moment))).all()

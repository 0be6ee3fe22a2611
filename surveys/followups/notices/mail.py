"""One email a person with what is new of cases: claimed before it is sent, and of a case only service, kind and days.

Urgent news leaves at once, day and night, and takes along what else waits; other news waits for the day. Nobody gets
more than one email in ten minutes, save where the urgent comes right after other news. What was certainly not sent is
tried again; a crash between sending and settling costs at most one email too many.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.core.db import db, insert_into, lock
from surveys.core.logs import log
from surveys.followups.cases.models import OPEN, Case
from surveys.followups.emails.letters import message_for
from surveys.followups.notices.letter import News, letter_for
from surveys.followups.notices.models import AlertKind, EmailState, Notice
from surveys.followups.notices.telling import HANDLERS, concerned
from surveys.messaging.outcomes import Accepted, NotSent, Rejected, Sender, Sent, Uncertain
from surveys.people.models import Grant, Service, User

PAUSE = timedelta(minutes=10)
MOST_UNCERTAIN = 3
AT_ONCE = 1000
MOST = 10_000
RECENT = timedelta(days=3)
LOCK = "case notices"
# A literal: SQLite takes the index of waiting notices for nothing else.
WAITS = Notice.email == sa.literal_column("'waiting'")


@dataclass(frozen=True)
class Batch:
    """What one person is told now; taken_at marks its notices."""

    user_id: int
    address: str = field(repr=False)
    news: tuple[News, ...]
    taken_at: datetime


def take_batches(moment: datetime, by_day: bool) -> list[Batch]:
    """Mark as tried at this moment what is to be sent now. Commit before sending."""
    lock(LOCK)
    make_good(WAITS)
    put_aside()
    n = Notice
    # Through the index of what waits alone: a join would tempt a planner to begin with the users.
    query = sa.select(n.id, n.user_id, n.kind).where(WAITS).order_by(n.kind != AlertKind.URGENT, n.at, n.id)
    waiting = db.session.execute(query.limit(MOST)).all()
    urgent = {row.user_id for row in waiting if row.kind is AlertKind.URGENT}
    users = due_users({row.user_id for row in waiting}, urgent, told_lately(waiting, moment), by_day)
    mine = [row.id for row in waiting if row.user_id in users]
    if not mine:
        return []
    change(sa.update(n).where(n.id.in_(mine)).values(tried_at=moment, tries=n.tries + 1))
    return batches_of(mine, moment)


def due_users(
    waiting: Collection[int], urgent: Collection[int], told: Mapping[int, bool], by_day: bool
) -> Collection[int]:
    """Who is to be sent an email now. told: whom one went to within the pause, and whether about something urgent."""
    timely = set(waiting) if by_day else set(urgent)
    return {user for user in timely if user not in told or (user in urgent and not told[user])}


def told_lately(waiting: Sequence[sa.Row[*tuple[Any, ...]]], moment: datetime) -> Mapping[int, bool]:
    """Of those for whom something waits. Only notices of the last days are looked at, so that it costs little."""
    if not waiting:
        return {}
    n = Notice
    of_urgent = sa.func.max(sa.case((n.kind == AlertKind.URGENT, 1), else_=0))
    recent = (n.user_id.in_({row.user_id for row in waiting}), n.at > moment - RECENT, n.tried_at > moment - PAUSE)
    found = db.session.execute(sa.select(n.user_id, of_urgent).where(*recent).group_by(n.user_id))
    return {user: bool(is_urgent) for user, is_urgent in found}


def put_aside() -> None:
    """What was seen in the console meanwhile, is no longer open, or is for somebody who left, is no news."""
    n = Notice
    over = sa.exists().where(Case.id == n.case_id, Case.state.not_in(OPEN))
    left = n.user_id.in_(sa.select(User.id).where(User.active.is_(False)))
    change(sa.update(n).where(WAITS, sa.or_(n.seen_at.is_not(None), over, left)).values(email=EmailState.NONE))


def make_good(*which: sa.ColumnElement[bool]) -> None:
    """Where none of those to be told of an urgent case can be any more, as they left or no email reaches them, all who
    may know are told. which: the notices to look at."""
    n, other, user = Notice, aliased(Notice), aliased(User)
    same = (other.case_id == n.case_id, other.kind == n.kind, other.at == n.at)
    can_be = sa.or_(other.email == EmailState.TOLD, sa.and_(other.email == EmailState.WAITING, user.active))
    somebody = sa.exists().where(*same, other.user_id == user.id, can_be)
    still_open = sa.exists().where(Case.id == n.case_id, Case.state.in_(OPEN))
    lost = sa.select(n.at, n.case_id).where(*which, n.kind == AlertKind.URGENT, still_open, ~somebody).distinct()
    found = db.session.execute(lost.order_by(n.at, n.case_id).limit(AT_ONCE)).all()
    for at, rows in groupby(found, key=lambda row: row.at):
        tell_all([row.case_id for row in rows], at)


def tell_all(case_ids: Sequence[int], at: datetime) -> None:
    """One statement for all that were told of at one moment."""
    columns = ["user_id", "case_id", "kind", "at", "email"]
    made = insert_into(Notice).from_select(columns, concerned(AlertKind.URGENT, case_ids, at, everybody=True))
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["user_id", "case_id", "kind", "at"],
            set_={"email": EmailState.WAITING},
            where=Notice.email == EmailState.NONE,
        )
    )


def batches_of(notices: Sequence[int], moment: datetime) -> list[Batch]:
    n = Notice
    handles = sa.exists().where(
        Grant.user_id == n.user_id,
        Grant.role.in_(HANDLERS),
        sa.or_(Grant.service_id.is_(None), Grant.service_id == Case.service_id),
    )
    query = (
        sa.select(n.user_id, User.email, n.kind, Case.id, Case.kind, Service.name, Case.acknowledge_by, Case.answer_by)
        .add_columns(handles)
        .join(User, User.id == n.user_id)
        .join(Case, Case.id == n.case_id)
        .join(Service, Service.id == Case.service_id)
        .where(n.id.in_(notices))
        .order_by(n.user_id, Case.answer_by, Case.id)
    )
    rows = db.session.execute(query)
    found = groupby(rows, key=lambda row: (row[0], row[1]))
    return [Batch(*user, tuple(News(*row[2:]) for row in theirs), moment) for user, theirs in found]


def send_batches(
    batches: Sequence[Batch], sender: Sender | None, full: Callable[[str], str]
) -> list[tuple[Batch, Sent]]:
    """With no transaction open."""
    if sender is None:
        return [(batch, NotSent("no sender")) for batch in batches]
    return [(batch, sender.send(message_for(batch.address, letter_for(batch.news), full))) for batch in batches]


def settle(sent: Sequence[tuple[Batch, Sent]]) -> None:
    """Keep what came of it. Of what may have been sent, only the urgent is tried again, three times at most."""
    lock(LOCK)
    n = Notice
    outcomes: Counter[str] = Counter()
    for batch, outcome in sent:
        outcomes[type(outcome).__name__] += 1
        theirs = (n.user_id == batch.user_id, n.tried_at == batch.taken_at)
        mine = (*theirs, WAITS)
        if isinstance(outcome, Accepted):
            change(sa.update(n).where(*mine).values(email=EmailState.TOLD))
        elif isinstance(outcome, Rejected):
            change(sa.update(n).where(*mine).values(email=EmailState.FAILED))
        elif isinstance(outcome, Uncertain):
            over = sa.or_(n.kind != AlertKind.URGENT, n.tries >= MOST_UNCERTAIN)
            change(sa.update(n).where(*mine, over).values(email=EmailState.FAILED))
        if isinstance(outcome, Rejected | Uncertain):
            make_good(*theirs, n.email == EmailState.FAILED)
    if outcomes.total() > outcomes[Accepted.__name__]:
        log.error("not everybody was told of cases by email; the console says it too", **outcomes)


def change(statement: sa.Update) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))

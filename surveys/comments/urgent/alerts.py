"""Those on duty are told by email that a comment waits on the urgent list: never its words, never whose they are.

Each urgent comment has a notice for each person to be told. A notice is marked as tried before the email leaves; one
that was not settled is tried again. So none is lost, and a crash costs at most one email too many.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from nlp.urgency.types import Urgency
from surveys.comments.texts.models import Comment
from surveys.comments.urgent.models import NoticeState, UrgentComment, UrgentNotice
from surveys.comments.urgent.words import QUEUE_WORDS, counted
from surveys.core.db import db, insert_into, lock
from surveys.core.logs import log
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sender, Sent, Uncertain
from surveys.people.models import Grant, User
from surveys.people.roles import ROLES, Permission, Role

PAUSE = timedelta(minutes=10)  # between two emails to one person
MOST_UNCERTAIN = 3
AT_ONCE = 1000
# Administrators may see all, but they keep the program; they are told where nobody else can be.
ON_DUTY = tuple(role for role in Role if Permission.SEE_URGENT in ROLES[role] and role is not Role.ADMINISTRATOR)
BODY = """Somebody must read what residents wrote in a survey. A program marked it, or a colleague did:

{lines}

Sign in and open the list:

{link}

Nothing has been passed on to anybody yet. If somebody is in danger, call 999.

You get this email because your account may see urgent comments. Fairly sends you one in
ten minutes at most, about all that came since.
"""
Key = tuple[int, datetime]
Duties = Sequence[tuple[int, int | None]]


@dataclass(frozen=True)
class Batch:
    """What one person is to be told now: how many of each queue."""

    user_id: int
    address: str = field(repr=False)
    counts: Mapping[Urgency, int]
    taken_at: datetime


def name_recipients() -> int:
    """Give each urgent comment that nobody was told of a notice for each person to tell; returns how many have none.

    Those on duty for its service come first, then its administrators. Who cannot be reached is not named again.
    """
    lock("urgent notices")
    waiting = untold()
    if not waiting:
        return 0
    failed = failed_for([row.id for row in waiting])
    on_duty, administrators = holders(ON_DUTY), holders((Role.ADMINISTRATOR,))
    rows: list[dict[str, Any]] = []
    without = 0
    for row in waiting:
        unreachable = failed.get((row.id, row.raised_at), set())
        named = told_for(row.service_id, on_duty, unreachable) or told_for(row.service_id, administrators, unreachable)
        rows += [{"urgent_id": row.id, "user_id": user, "raised_at": row.raised_at} for user in named]
        without += not named
    if rows:
        made = [row | {"state": NoticeState.WAITING, "tries": 0} for row in rows]
        db.session.execute(insert_into(UrgentNotice).on_conflict_do_nothing(), made)
    return without


def untold() -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Open urgent comments of which nobody was told, and nobody is about to be."""
    u, n = UrgentComment, UrgentNotice
    about_to_be = (
        sa.exists()
        .where(n.urgent_id == u.id, n.raised_at == u.raised_at, n.state == NoticeState.WAITING)
        .where(User.id == n.user_id, User.active)
    )
    query = sa.select(u.id, u.raised_at, Comment.service_id).join(Comment, Comment.id == u.comment_id)
    query = query.where(u.told_at.is_(None), u.closed_at.is_(None), ~about_to_be)
    return db.session.execute(query.order_by(u.raised_at).limit(AT_ONCE)).all()


def failed_for(numbers: Collection[int]) -> dict[Key, set[int]]:
    n = UrgentNotice
    query = sa.select(n.urgent_id, n.raised_at, n.user_id).where(n.urgent_id.in_(numbers))
    found: dict[Key, set[int]] = {}
    for row in db.session.execute(query.where(n.state == NoticeState.FAILED)):
        found.setdefault((row.urgent_id, row.raised_at), set()).add(row.user_id)
    return found


def holders(roles: Collection[Role]) -> Duties:
    """(user, service) of active people with one of these roles; the service is None where it is for all."""
    query = sa.select(Grant.user_id, Grant.service_id).join(User, User.id == Grant.user_id)
    query = query.where(User.active, Grant.role.in_(roles)).order_by(Grant.user_id)
    return [(row.user_id, row.service_id) for row in db.session.execute(query)]


def told_for(service_id: int, duties: Duties, unreachable: Collection[int]) -> list[int]:
    theirs = dict.fromkeys(user for user, service in duties if service in (None, service_id))
    return [user for user in theirs if user not in unreachable]


def take_batches(moment: datetime) -> list[Batch]:
    """What is to be sent now, marked as tried at this moment. Commit before sending.

    Nobody who was sent an email in the last ten minutes is among them; what waits for them goes with their next.
    """
    lock("urgent notices")
    n, u = UrgentNotice, UrgentComment
    rested = sa.select(n.user_id).where(n.tried_at > moment - PAUSE)
    still_open = sa.exists().where(u.id == n.urgent_id, u.raised_at == n.raised_at, u.closed_at.is_(None))
    active = sa.select(User.id).where(User.active)
    due = (n.state == NoticeState.WAITING, n.user_id.in_(active), n.user_id.not_in(rested), still_open)
    users = db.session.scalars(sa.select(n.user_id).where(*due).distinct()).all()
    if not users:
        return []
    mine = (n.user_id.in_(users), n.state == NoticeState.WAITING)
    change(sa.update(n).where(*mine, still_open).values(tried_at=moment, tries=n.tries + 1))
    query = (
        sa.select(n.user_id, User.email, u.flag, sa.func.count().label("n"))
        .join(User, User.id == n.user_id)
        .join(u, u.id == n.urgent_id)
        .where(*mine, n.tried_at == moment)
        .group_by(n.user_id, User.email, u.flag)
        .order_by(n.user_id)
    )
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.user_id, []).append(row)
    return [Batch(user, rows[0].email, {row.flag: row.n for row in rows}, moment) for user, rows in found.items()]


def send_batches(batches: Sequence[Batch], sender: Sender | None, link: str) -> list[tuple[Batch, Sent]]:
    """Send them, with no transaction open."""
    if sender is None:
        return [(batch, NotSent("no sender")) for batch in batches]
    return [(batch, sender.send(message_for(batch, link))) for batch in batches]


def message_for(batch: Batch, link: str) -> Message:
    total = sum(batch.counts.values())
    queues = [flag for flag in Urgency if batch.counts.get(flag)]
    lines = [f"- {QUEUE_WORDS[flag]}: {counted(batch.counts[flag], 'comment')}" for flag in queues]
    subject = f"{', '.join(QUEUE_WORDS[flag] for flag in queues)}: {counted(total, 'comment')} to read now"
    # Not drawn from a row: a receipt for it must never find an invitation.
    correlation = f"staff-{secrets.token_hex(8)}"
    return Message(Medium.EMAIL, batch.address, BODY.format(lines="\n".join(lines), link=link), correlation, subject)


def settle(sent: Sequence[tuple[Batch, Sent]], moment: datetime) -> None:
    """Keep what came of it. What was not sent, or may not have been, waits for the next try."""
    lock("urgent notices")
    n, u = UrgentNotice, UrgentComment
    outcomes: Counter[str] = Counter()
    for batch, outcome in sent:
        outcomes[type(outcome).__name__] += 1
        mine = (n.user_id == batch.user_id, n.tried_at == batch.taken_at, n.state == NoticeState.WAITING)
        if isinstance(outcome, Accepted):
            same = sa.exists().where(n.urgent_id == u.id, n.raised_at == u.raised_at, *mine)
            change(sa.update(u).where(same, u.told_at.is_(None)).values(told_at=moment))
            change(sa.update(n).where(*mine).values(state=NoticeState.TOLD))
        elif isinstance(outcome, Rejected):
            change(sa.update(n).where(*mine).values(state=NoticeState.FAILED))
        elif isinstance(outcome, Uncertain):
            change(sa.update(n).where(*mine, n.tries >= MOST_UNCERTAIN).values(state=NoticeState.FAILED))
    if outcomes.total() > outcomes[Accepted.__name__]:
        log.error("not everybody on duty was told of urgent comments; the rest is tried again", **outcomes)


def change(statement: sa.Update) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))

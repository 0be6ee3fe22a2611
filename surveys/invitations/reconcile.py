"""Uncertain messages: ask the provider whether it has them; what nobody can tell is left for a person to decide.

Nothing here ever sends. A lost survey is better than a double text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.invitations.claim import POSTS
from surveys.invitations.models import InvitationState
from surveys.invitations.moves import move
from surveys.invitations.post import Claimed, Post, held
from surveys.invitations.survey_post import SURVEYS
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import CannotTell, Found, Missing, Search, Sender
from surveys.people.audit import record

# A receipt usually comes first; a provider's list may lag behind a little.
FIRST_LOOK = timedelta(minutes=2)
LOOK_AGAIN = timedelta(minutes=10)
LOOK_UNTIL = timedelta(hours=24)
MOST = 100
# Why a message is uncertain once its provider has said that it does not have it.
NOT_FOUND = "not-found"
STATE = InvitationState


@dataclass(frozen=True)
class Doubt:
    """An uncertain message to look for, and since when it could have been taken."""

    claimed: Claimed
    since: datetime


def reconcile(
    senders: Mapping[Medium, Sender], moment: datetime | None = None, first_look: timedelta = FIRST_LOOK
) -> int:
    """Look for uncertain messages at their providers; returns how many were found to have been sent.

    Runs its own transactions: each message is marked as looked for, and that committed, before its provider is
    called with nothing open. So sweeps at the same time share the work. moment: for tests; otherwise each step's own.
    """
    return sum(reconcile_post(post, senders, moment, first_look) for post in POSTS)


def reconcile_post(post: Post, senders: Mapping[Medium, Sender], moment: datetime | None, first_look: timedelta) -> int:
    found = 0
    for _ in range(MOST):
        with transaction():
            doubt = next_doubt(post, moment or now(), first_look)
        if doubt is None:
            break
        sender = senders.get(doubt.claimed.message.medium)
        answer = sender.find(doubt.claimed.message, doubt.since) if sender else CannotTell()
        with transaction():
            found += settle_doubt(doubt.claimed, answer, moment or now())
    return found


def next_doubt(post: Post, moment: datetime, first_look: timedelta) -> Doubt | None:
    """The oldest uncertain message that nobody is looking for, marked as looked for; None where there is none."""
    t = post.table
    query = (
        post.rows()
        .add_columns(t.claimed_at)
        .where(
            t.state == STATE.UNCERTAIN,
            ~post.unsearched,
            t.settled_at < moment - first_look,
            t.claimed_at > moment - LOOK_UNTIL,
            sa.or_(t.looked_for_at.is_(None), t.looked_for_at < moment - LOOK_AGAIN),
        )
        .order_by(t.claimed_at, t.id)
        .limit(1)
        .with_for_update(of=t, skip_locked=True)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    db.session.execute(
        sa.update(t).where(t.id == row.id).values(looked_for_at=moment).execution_options(synchronize_session=False)
    )
    return Doubt(post.ready(row), row.claimed_at - timedelta(minutes=1))


def settle_doubt(claimed: Claimed, answer: Search, moment: datetime) -> bool:
    """Whether it was found. Another message may hold the same link or words, so it may be that one's that is found."""
    (row,) = held(claimed.post, claimed.post.table.id == claimed.number)
    if row.state is not STATE.UNCERTAIN:
        return False
    match answer:
        case Found(reference) if not is_anothers(reference, claimed):
            move(row, STATE.SENT, moment)
            row.provider_ref = reference
            return True
        case Found() | Missing():
            row.reason = NOT_FOUND
    return False


def is_anothers(reference: str, claimed: Claimed) -> bool:
    taken = (
        sa.exists().where(
            post.table.provider_ref == reference,
            post.table.id != claimed.number if post is claimed.post else sa.true(),
        )
        for post in POSTS
    )
    return bool(db.session.scalar(sa.select(sa.or_(*taken))))


def undecided() -> int:
    """How many uncertain messages wait."""
    waiting = (sa.select(sa.func.count()).where(post.table.state == STATE.UNCERTAIN) for post in POSTS)
    return sum(db.session.execute(sa.select(*(count.scalar_subquery() for count in waiting))).one())


def decide(number: int, was_sent: bool, moment: datetime, post: Post = SURVEYS) -> None:
    """A person says what became of an uncertain message. Either way it is never sent again."""
    row = next(iter(held(post, post.table.id == number)), None)
    if row is None:
        raise NotFound("There is no such message.")
    if row.state is not STATE.UNCERTAIN:
        raise Conflict("This message has been settled meanwhile.")
    move(row, STATE.SENT if was_sent else STATE.NOT_SENT, moment, "decided")
    record("uncertain message decided", f"{post.called}:{number}", was_sent=was_sent)


def decide_all_not_found(moment: datetime) -> int:
    """Take every message that its provider was asked for and does not have as not sent. Returns how many."""
    looked = [
        (post, number)
        for post in POSTS
        for number in db.session.scalars(
            sa.select(post.table.id).where(post.table.state == STATE.UNCERTAIN, post.table.reason == NOT_FOUND)
        )
    ]
    for post, number in looked:
        decide(number, False, moment, post)
    return len(looked)

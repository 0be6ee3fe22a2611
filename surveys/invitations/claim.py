"""The claim: due rows are committed as taken by one run, and whoever may not be asked any more is left out."""

from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, transaction
from surveys.invitations.direct_post import DIRECT
from surveys.invitations.models import InvitationState
from surveys.invitations.pace import SendingRules
from surveys.invitations.post import Claimed, Post
from surveys.invitations.survey_post import SURVEYS
from surveys.invitations.switch import pause_now

# What the outbox carries, in the order in which it goes: a person waits for what is written to them.
POSTS = (DIRECT, SURVEYS)
STATE = InvitationState


def claim(run: str, moment: datetime, most: int, rules: SendingRules) -> list[Claimed]:
    """Commit up to `most` due rows as claimed by this run; none while paused, out of hours or over the day's cap."""
    if not rules.may_send(moment):
        return []
    claimed: list[Claimed] = []
    with transaction():
        if pause_now() is not None:
            return []
        left = min(most, left_today(moment, rules, most))
        for post in POSTS:
            claimed += claim_of(post, run, moment, left - len(claimed), rules)
    return claimed


def claim_of(post: Post, run: str, moment: datetime, most: int, rules: SendingRules) -> list[Claimed]:
    table = post.table
    due = (
        sa.select(table.id)
        .where(table.state == STATE.DUE, table.due_at <= moment)
        .order_by(table.due_at, table.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.session.scalars(due))
    if not ids:
        return []
    post.leave_out(ids, moment, rules)
    take(post, ids, run, moment)
    taken = post.rows().where(table.claimed_by == run, table.state == STATE.CLAIMED).order_by(table.id)
    claimed = [post.ready(row) for row in db.session.execute(taken).all()]
    if claimed:
        post.keep(claimed)
    return claimed


def left_today(moment: datetime, rules: SendingRules, most: int) -> int:
    """How many more may go today, so that a catch-up after an outage is spread over days."""
    if rules.daily_cap is None:
        return most
    gone = (
        sa.select(sa.func.count())
        .where(post.table.claimed_at >= rules.day_began(moment), post.table.state != STATE.DUE)
        .scalar_subquery()
        for post in POSTS
    )
    return max(0, rules.daily_cap - sum(db.session.execute(sa.select(*gone)).one()))


def take(post: Post, ids: list[int], run: str, moment: datetime) -> None:
    table = post.table
    db.session.execute(
        sa.update(table)
        .where(table.id.in_(ids), table.state == STATE.DUE)
        .values(state=STATE.CLAIMED, claimed_at=moment, claimed_by=run, attempts=table.attempts + 1)
        .execution_options(synchronize_session=False)
    )

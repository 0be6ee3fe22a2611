"""Settling: each claim is written down as what came of it, and what a dead run left becomes uncertain."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import PointKind, Stop
from surveys.contacts.suppression import Address, addresses_of, mark_unusable
from surveys.core.db import db, transaction
from surveys.invitations.claim import POSTS
from surveys.invitations.models import InvitationState
from surveys.invitations.moves import move
from surveys.invitations.post import Claimed, Outgoing, Post, held
from surveys.invitations.stops import stop
from surveys.invitations.switch import pause_for_provider
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, NotSent, Rejected, Sent, Uncertain

MOST_ATTEMPTS = 5
AGAIN_AFTER_STOP = timedelta(minutes=1)
# Reasons of ours for which a run stops; any other comes from a provider and pauses the sending.
OWN_STOPS = ("out-of-hours", "paused", "run-stopped", "no-sender")
STATE = InvitationState


@dataclass(frozen=True)
class LeftOut:
    """The last look found that this message may not be sent at all."""

    reason: str


# What came of each message by its correlation; None where its sender failed and nobody knows.
Outcomes = dict[str, Sent | LeftOut | None]


def settle(run: str, claimed: Sequence[Claimed], outcomes: Outcomes, moment: datetime) -> None:
    """Write down what came of each claim. Those never handed over are due again; an unknown one stays claimed."""
    with transaction():
        rows = held_rows(run, claimed)
        for correlation in (c.message.correlation for c in claimed if c.message.correlation in rows):
            outcome = outcomes.get(correlation, NotSent("run-stopped", stops_run=True))
            if outcome is not None:
                apply(rows[correlation], outcome, moment)
        stop_for_provider(claimed, outcomes, moment)
        suppress_addresses(rows, outcomes, moment)


def held_rows(run: str, claimed: Sequence[Claimed]) -> dict[str, Outgoing]:
    """The rows that this run still holds as claimed, by their correlation: one query for each kind among them.

    Surveys are held first, as by an erasure, so that neither waits for the other in a ring.
    """
    found: dict[str, Outgoing] = {}
    for post in reversed(POSTS):
        if any(item.post is post for item in claimed):
            mine = held(post, post.table.claimed_by == run, post.table.state == STATE.CLAIMED)
            found |= {row.correlation or "": row for row in mine}
    return found


def stop_for_provider(claimed: Sequence[Claimed], outcomes: Outcomes, moment: datetime) -> None:
    """Pause all sending where a provider has said that no other message would go either."""
    for item in claimed:
        outcome = outcomes.get(item.message.correlation)
        if isinstance(outcome, NotSent) and outcome.stops_run and outcome.code not in OWN_STOPS:
            pause_for_provider(moment, item.message.medium, outcome.code)
            return


def apply(row: Outgoing, outcome: Sent | LeftOut, moment: datetime) -> None:
    """Move one row to the state its outcome calls for."""
    match outcome:
        case Accepted(reference):
            move(row, STATE.SENT, moment)
            row.sent_at, row.provider_ref = moment, reference
        case Rejected(code):
            move(row, STATE.REJECTED, moment, code)
        case Uncertain(code):
            move(row, STATE.UNCERTAIN, moment, code)
        case LeftOut(reason):
            move(row, STATE.NOT_SENT, moment, reason)
            row.attempts -= 1
        case NotSent(code, stops_run=True):
            put_off(row, code, moment, moment + AGAIN_AFTER_STOP)
            row.attempts -= 1
        case NotSent(code) if row.attempts >= MOST_ATTEMPTS:
            move(row, STATE.NOT_SENT, moment, code)
        case NotSent(code):
            put_off(row, code, moment, moment + backoff(row.attempts, outcome.retry_after))


def backoff(attempts: int, retry_after: float | None) -> timedelta:
    """Longer after each try, with full jitter, and never sooner than the provider asked for."""
    longest = 60.0 * 2**attempts
    return timedelta(seconds=max(retry_after or 0.0, random.uniform(longest / 2, longest)))  # noqa: S311  # jitter


def put_off(row: Outgoing, code: str, moment: datetime, until: datetime) -> None:
    move(row, STATE.DUE, moment, code)
    row.due_at, row.claimed_by = until, None


def suppress_addresses(rows: Mapping[str, Outgoing], outcomes: Outcomes, moment: datetime) -> None:
    """What a provider says of addresses is kept for them: a stop for all of the person's, or no address at all."""
    stopped: list[Address] = []
    unusable: list[Address] = []
    for correlation, outcome in outcomes.items():
        if not isinstance(outcome, Rejected) or outcome.suppress is None or correlation not in rows:
            continue
        addresses = addresses_of(rows[correlation].contact_id)
        if outcome.suppress == "opted_out":
            stopped += addresses
        else:
            kind = PointKind.PHONE if rows[correlation].medium is Medium.SMS else PointKind.EMAIL
            unusable += [address for address in addresses if address[0] is kind]
    stop(stopped, moment, Stop.PROVIDER)
    mark_unusable(unusable, moment)


def give_up_stale_claims(moment: datetime, stale_seconds: int = 600) -> int:
    """A claim whose run has died is uncertain: its message may have gone. Returns how many there were."""
    return sum(give_up_stale(post, moment, moment - timedelta(seconds=stale_seconds)) for post in POSTS)


def give_up_stale(post: Post, moment: datetime, oldest: datetime) -> int:
    stale = db.session.execute(
        sa.update(post.table)
        .where(post.table.state == STATE.CLAIMED, post.table.claimed_at < oldest)
        .values(state=STATE.UNCERTAIN, reason="worker-lost", settled_at=moment)
    )
    return int(stale.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every UPDATE gives

"""The outbox: claim and commit, send with nothing open, settle and commit.

The one operation that opens its own transactions. A claim that nobody settled becomes uncertain, never due:
the message may have gone.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from surveys.contacts.models import Contact, ContactPoint
from surveys.core.clock import now
from surveys.core.db import db, table_of, transaction
from surveys.core.settings import Settings
from surveys.core.tokens import token_digest, token_for
from surveys.invitations.models import MOVES, Invitation, InvitationState
from surveys.invitations.wording import words_for
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sender, Sent, Uncertain

BATCH = 200
STALE_CLAIM = timedelta(minutes=10)
# A batch that takes longer lets go of what it has not handed over, so that nothing is sent on a stale claim.
LONGEST_BATCH = timedelta(minutes=5)
MOST_ATTEMPTS = 5
TOKEN_PURPOSE = "survey links"  # noqa: S105  # a key's purpose, not a password


@dataclass(frozen=True)
class Claimed:
    """One invitation taken by this run, with its message ready; no row is held while it is sent."""

    invitation_id: int
    message: Message


# What came of each message that was handed over, by invitation; None where its sender failed and nobody knows.
Outcomes = dict[int, Sent | None]


def send_due(senders: Mapping[Medium, Sender], moment: datetime | None = None, limit: int | None = None) -> int:
    """Send what is due until nothing is left, a batch at a time. Returns how many the providers accepted.

    moment is for the made-up council, which sends in its own past; otherwise each step takes the time itself.
    """
    run = secrets.token_hex(8)
    accepted = taken = 0
    while limit is None or taken < limit:
        claimed = claim(run, moment or now(), min(BATCH, limit - taken if limit else BATCH))
        if not claimed:
            break
        taken += len(claimed)
        outcomes: Outcomes = {}
        try:
            send_all(claimed, senders, outcomes)
        finally:
            settle(run, claimed, outcomes, moment or now())
        accepted += sum(isinstance(outcome, Accepted) for outcome in outcomes.values())
        if len(outcomes) < len(claimed) or any(isinstance(outcome, NotSent) for outcome in outcomes.values()):
            break
    return accepted


def claim(run: str, moment: datetime, most: int) -> list[Claimed]:
    """Commit up to `most` due rows as claimed by this run, leaving out whoever said stop meanwhile."""
    with transaction():
        due = (
            sa.select(Invitation.id)
            .where(Invitation.state == InvitationState.DUE, Invitation.due_at <= moment)
            .order_by(Invitation.due_at, Invitation.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        ids = list(db.session.scalars(due))
        leave_out_expired(ids, moment)
        leave_out_stopped(ids)
        db.session.execute(
            sa.update(Invitation)
            .where(Invitation.id.in_(ids), Invitation.state == InvitationState.DUE)
            .values(
                state=InvitationState.CLAIMED,
                claimed_at=moment,
                claimed_by=run,
                attempts=Invitation.attempts + 1,
            )
        )
        claimed = [ready(row) for row in db.session.execute(claimed_rows(run)).all()]
        write_digests(claimed)
    return claimed


def leave_out_expired(ids: list[int], moment: datetime) -> None:
    """A link that would open on an expired survey is not sent: the sending stood still for too long."""
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(ids), Invitation.expires_at <= moment)
        .values(state=InvitationState.NOT_SENT, reason="expired")
    )


def leave_out_stopped(ids: list[int]) -> None:
    """The last look before a claim: no message to an address whose owner said stop, by any path."""
    stopped = (
        sa.select(Invitation.id)
        .join(Contact, Contact.id == Invitation.contact_id)
        .join(
            ContactPoint,
            sa.or_(
                ContactPoint.address_hash == Contact.phone_hash,
                ContactPoint.address_hash == Contact.email_hash,
            ),
        )
        .where(Invitation.id.in_(ids), ContactPoint.opted_out_at.is_not(None))
    )
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(stopped), Invitation.state == InvitationState.DUE)
        .values(state=InvitationState.NOT_SENT, reason="opted-out")
        .execution_options(synchronize_session=False)
    )


def claimed_rows(run: str) -> sa.Select[int, Medium, str, str | None, str | None]:
    return (
        sa.select(Invitation.id, Invitation.medium, Invitation.language, Contact.phone, Contact.email)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Invitation.claimed_by == run, Invitation.state == InvitationState.CLAIMED)
        .order_by(Invitation.id)
    )


def ready(row: sa.Row[int, Medium, str, str | None, str | None]) -> Claimed:
    settings: Settings = current_app.extensions["settings"]
    token = token_for(TOKEN_PURPOSE, row.id)
    words = words_for(row.medium, row.language, settings.council_name, settings.survey_url(f"/s/{token}"))
    recipient = row.phone if row.medium is Medium.SMS else row.email
    correlation = token_for("receipts", row.id)
    return Claimed(row.id, Message(row.medium, recipient or "", words.body, correlation, words.subject))


def write_digests(claimed: list[Claimed]) -> None:
    if not claimed:
        return
    table = table_of(Invitation)
    statement = sa.update(table).where(table.c.id == sa.bindparam("row")).values(token_digest=sa.bindparam("digest"))
    digests = [
        {"row": c.invitation_id, "digest": token_digest(token_for(TOKEN_PURPOSE, c.invitation_id))} for c in claimed
    ]
    db.session.connection().execute(statement, digests)


def send_all(claimed: list[Claimed], senders: Mapping[Medium, Sender], outcomes: Outcomes) -> None:
    """Hand each message to its provider with no transaction open; stop where the provider stops the run.

    outcomes is filled as it goes, so that what is known is kept whatever a sender raises.
    """
    until = now() + LONGEST_BATCH
    for item in claimed:
        if now() > until:
            return
        sender = senders.get(item.message.medium)
        outcomes[item.invitation_id] = None
        outcome = sender.send(item.message) if sender else NotSent("no-sender", stops_run=True)
        outcomes[item.invitation_id] = outcome
        if isinstance(outcome, NotSent) and outcome.stops_run:
            return


def settle(run: str, claimed: list[Claimed], outcomes: Outcomes, moment: datetime) -> None:
    """Write down what came of each claim. Those never handed over are due again; an unknown one stays claimed."""
    with transaction():
        rows = {
            row.id: row
            for row in db.session.scalars(
                sa.select(Invitation).where(Invitation.claimed_by == run, Invitation.state == InvitationState.CLAIMED)
            )
        }
        for number in (c.invitation_id for c in claimed if c.invitation_id in rows):
            outcome = outcomes.get(number, NotSent("run-stopped", stops_run=True))
            if outcome is not None:
                apply(rows[number], outcome, moment)


def apply(invitation: Invitation, outcome: Sent, moment: datetime) -> None:
    """Move one invitation to the state its outcome calls for."""
    match outcome:
        case Accepted(reference):
            move(invitation, InvitationState.SENT)
            invitation.sent_at, invitation.provider_ref = moment, reference
        case Rejected(code):
            move(invitation, InvitationState.REJECTED, code)
        case Uncertain(code):
            move(invitation, InvitationState.UNCERTAIN, code)
        case NotSent(code, stops_run=True):
            put_off(invitation, code, moment + timedelta(minutes=15))
            invitation.attempts -= 1
        case NotSent(code) if invitation.attempts >= MOST_ATTEMPTS:
            move(invitation, InvitationState.NOT_SENT, code)
        case NotSent(code):
            put_off(invitation, code, moment + timedelta(minutes=2**invitation.attempts))


def put_off(invitation: Invitation, code: str, until: datetime) -> None:
    move(invitation, InvitationState.DUE, code)
    invitation.due_at, invitation.claimed_by = until, None


def move(invitation: Invitation, state: InvitationState, reason: str | None = None) -> None:
    if state not in MOVES[invitation.state]:
        raise ValueError(f"an invitation cannot go from {invitation.state} to {state}")
    invitation.state, invitation.reason = state, reason and reason[:60]


def give_up_stale_claims(moment: datetime) -> int:
    """A claim whose run has died is uncertain: its message may have gone. Returns how many there were."""
    stale = db.session.execute(
        sa.update(Invitation)
        .where(Invitation.state == InvitationState.CLAIMED, Invitation.claimed_at < moment - STALE_CLAIM)
        .values(state=InvitationState.UNCERTAIN, reason="worker-lost")
    )
    return int(stale.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every UPDATE gives

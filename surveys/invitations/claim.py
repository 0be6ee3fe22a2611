"""The claim: due rows are committed as taken by one run, and whoever may not be asked any more is left out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import aliased

from surveys.contacts.models import Contact, ContactPoint
from surveys.core.db import db, table_of, transaction
from surveys.core.settings import Settings
from surveys.core.tokens import token_digest, token_for
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.invitations.pace import SendingRules
from surveys.invitations.switch import pause_now
from surveys.invitations.wording import may_be_answered_by_text, words_for
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Message
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

TOKEN_PURPOSE = "survey links"  # noqa: S105  # a key's purpose, not a password
STATE = InvitationState


@dataclass(frozen=True)
class Claimed:
    """One invitation taken by this run, with its message ready; no row is held while it is sent."""

    invitation_id: int
    message: Message
    link_id: int
    is_reminder: bool
    address_hashes: tuple[bytes, ...] = field(repr=False, default=())


def claim(run: str, moment: datetime, most: int, rules: SendingRules) -> list[Claimed]:
    """Commit up to `most` due rows as claimed by this run; none while paused, out of hours or over the day's cap."""
    if not rules.may_send(moment):
        return []
    with transaction():
        if pause_now() is not None:
            return []
        due = (
            sa.select(Invitation.id)
            .where(Invitation.state == STATE.DUE, Invitation.due_at <= moment)
            .order_by(Invitation.due_at, Invitation.id)
            .limit(min(most, left_today(moment, rules, most)))
            .with_for_update(skip_locked=True)
        )
        ids = list(db.session.scalars(due))
        leave_out(ids, moment, Invitation.erased_at.is_not(None), "erased")
        leave_out_late(ids, moment, rules)
        leave_out_stopped(ids, moment)
        leave_out_answered(ids, moment)
        take(ids, run, moment)
        claimed = [ready(row) for row in db.session.execute(claimed_rows(run)).all()]
        write_links(claimed)
    return claimed


def left_today(moment: datetime, rules: SendingRules, most: int) -> int:
    """How many more may go today, so that a catch-up after an outage is spread over days."""
    if rules.daily_cap is None:
        return most
    gone = db.session.scalar(
        sa.select(sa.func.count()).where(
            Invitation.claimed_at >= rules.day_began(moment), Invitation.state != STATE.DUE
        )
    )
    return max(0, rules.daily_cap - (gone or 0))


def leave_out(ids: list[int], moment: datetime, which: sa.ColumnElement[bool], reason: str) -> None:
    """End those of these due rows for which it holds, with the reason kept."""
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(ids), Invitation.state == STATE.DUE, which)
        .values(state=STATE.NOT_SENT, reason=reason, settled_at=moment)
        .execution_options(synchronize_session=False)
    )


def leave_out_late(ids: list[int], moment: datetime, rules: SendingRules) -> None:
    """Neither a link that has expired nor a question about a contact of long ago is sent."""
    leave_out(ids, moment, Invitation.expires_at <= moment, "expired")
    if rules.too_old_days is not None:
        oldest = moment - timedelta(days=rules.too_old_days)
        old = sa.select(Contact.id).where(Contact.occurred_at < oldest)
        leave_out(ids, moment, Invitation.contact_id.in_(old), "too-old")


def leave_out_stopped(ids: list[int], moment: datetime) -> None:
    """No message to a person who said stop, by any path and from any of the contact's addresses."""
    either = sa.or_(ContactPoint.address_hash == Contact.phone_hash, ContactPoint.address_hash == Contact.email_hash)
    stopped = sa.select(Contact.id).join(ContactPoint, either).where(ContactPoint.opted_out_at.is_not(None))
    mine = sa.select(Invitation.contact_id).where(Invitation.id.in_(ids)).scalar_subquery()
    leave_out(ids, moment, Invitation.contact_id.in_(stopped.where(Contact.id.in_(mine))), "opted-out")


def leave_out_answered(ids: list[int], moment: datetime) -> None:
    """Answered by the link that a reminder repeats, or told to an officer before the invitation went."""
    first = aliased(Invitation)
    link = sa.func.coalesce(Invitation.reminder_of, Invitation.id)
    answered = sa.select(first.id).where(first.answered_at.is_not(None), first.id == link)
    leave_out(ids, moment, sa.exists(answered.correlate(Invitation)), "answered")


def take(ids: list[int], run: str, moment: datetime) -> None:
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(ids), Invitation.state == STATE.DUE)
        .values(state=STATE.CLAIMED, claimed_at=moment, claimed_by=run, attempts=Invitation.attempts + 1)
        .execution_options(synchronize_session=False)
    )


def message_rows() -> sa.Select[*tuple[Any, ...]]:
    """What a message is made of: the invitation, its questionnaire's slug and its contact's addresses."""
    i, c, q, v = Invitation, Contact, Questionnaire, QuestionnaireVersion
    asked = q.slug.label("questionnaire")
    columns = (i.id, asked, i.kind, i.reminder_of, i.medium, i.language, c.phone, c.email, c.phone_hash, c.email_hash)
    by_reply = may_be_answered_by_text().label("by_reply")
    return (
        sa.select(*columns, by_reply)
        .join(c, c.id == i.contact_id)
        .join(v, v.id == i.version_id)
        .join(q, q.id == v.questionnaire_id)
    )


def claimed_rows(run: str) -> sa.Select[*tuple[Any, ...]]:
    taken = (Invitation.claimed_by == run, Invitation.state == STATE.CLAIMED)
    return message_rows().where(*taken).order_by(Invitation.id)


def ready(row: sa.Row[*tuple[Any, ...]]) -> Claimed:
    """The message of a claimed row: a reminder brings the link of the invitation it reminds of."""
    settings: Settings = current_app.extensions["settings"]
    link_id = row.reminder_of or row.id
    token = token_for(TOKEN_PURPOSE, link_id)
    link, stop = settings.survey_url(f"/s/{token}"), settings.survey_url(f"/stop/{token}")
    which = (row.questionnaire, row.kind, row.medium, row.language)
    words = words_for(*which, settings.council_name, link, stop, row.by_reply)
    recipient = row.phone if row.medium is Medium.SMS else row.email
    message = Message(
        medium=row.medium,
        recipient=recipient or "",
        body=words.body,
        correlation=token_for("receipts", row.id),
        subject=words.subject,
        html=words.html,
        unsubscribe_url=stop,
    )
    hashes = tuple(h for h in (row.phone_hash, row.email_hash) if h is not None)
    return Claimed(row.id, message, link_id, row.kind is InvitationKind.REMINDER, hashes)


def write_links(claimed: list[Claimed]) -> None:
    """Keep the digest of each first link, and what comes back in each message's receipts."""
    if not claimed:
        return
    table = table_of(Invitation)
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row"))
        .values(
            correlation=sa.bindparam("returns"),
            token_digest=sa.func.coalesce(
                sa.bindparam("digest", type_=table.c.token_digest.type), table.c.token_digest
            ),
        )
    )
    values = [
        {
            "row": c.invitation_id,
            "returns": c.message.correlation,
            "digest": None if c.is_reminder else token_digest(token_for(TOKEN_PURPOSE, c.link_id)),
        }
        for c in claimed
    ]
    db.session.connection().execute(statement, values)

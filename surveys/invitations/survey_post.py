"""Surveys in the outbox: who is left out at the last, and the message with its link."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import aliased

from surveys.contacts.models import Contact
from surveys.core.db import db, table_of
from surveys.core.settings import Settings
from surveys.core.tokens import token_digest, token_for
from surveys.invitations.models import Invitation
from surveys.invitations.pace import SendingRules
from surveys.invitations.post import Claimed, Post, hashes_of, leave_out, leave_out_stopped
from surveys.invitations.wording import may_be_answered_by_text, words_for
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Message
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

TOKEN_PURPOSE = "survey links"  # noqa: S105  # a key's purpose, not a password
RECEIPTS = "receipts"


def leave_out_surveys(ids: list[int], moment: datetime, rules: SendingRules) -> None:
    leave_out(Invitation, ids, moment, Invitation.erased_at.is_not(None), "erased")
    leave_out_late(ids, moment, rules)
    leave_out_stopped(Invitation, ids, moment)
    leave_out_answered(ids, moment)


def leave_out_late(ids: list[int], moment: datetime, rules: SendingRules) -> None:
    """Neither a link that has expired nor a question about a contact of long ago is sent."""
    leave_out(Invitation, ids, moment, Invitation.expires_at <= moment, "expired")
    if rules.too_old_days is not None:
        oldest = moment - timedelta(days=rules.too_old_days)
        old = sa.select(Contact.id).where(Contact.occurred_at < oldest)
        leave_out(Invitation, ids, moment, Invitation.contact_id.in_(old), "too-old")


def leave_out_answered(ids: list[int], moment: datetime) -> None:
    """Answered by the link that a reminder repeats, or told to an officer before the invitation went."""
    first = aliased(Invitation)
    link = sa.func.coalesce(Invitation.reminder_of, Invitation.id)
    answered = sa.select(first.id).where(first.answered_at.is_not(None), first.id == link)
    leave_out(Invitation, ids, moment, sa.exists(answered.correlate(Invitation)), "answered")


def survey_rows() -> sa.Select[*tuple[Any, ...]]:
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


def survey_ready(row: sa.Row[*tuple[Any, ...]]) -> Claimed:
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
        correlation=token_for(RECEIPTS, row.id),
        subject=words.subject,
        html=words.html,
        unsubscribe_url=stop,
    )
    return Claimed(SURVEYS, row.id, message, link_id, hashes_of(row))


def keep_links(claimed: list[Claimed]) -> None:
    """Keep the digest of each first link, and what comes back in each message's receipts."""
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
            "row": c.number,
            "returns": c.message.correlation,
            "digest": token_digest(token_for(TOKEN_PURPOSE, c.number)) if c.about == c.number else None,
        }
        for c in claimed
    ]
    db.session.connection().execute(statement, values)


SURVEYS = Post(
    called="invitation",
    table=Invitation,
    leave_out=leave_out_surveys,
    rows=survey_rows,
    ready=survey_ready,
    keep=keep_links,
    overtaken=lambda item: sa.exists().where(Invitation.id == item.about, Invitation.answered_at.is_not(None)),
    overtaken_by="answered",
    unsearched=Invitation.erased_at.is_not(None),
)

"""One reminder at most: only where the invitation was delivered and is unanswered, and counted like any other ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from surveys.core.db import db, table_of
from surveys.invitations.models import Invitation, InvitationState
from surveys.messaging.models import Medium
from surveys.people.audit import record

MOMENT = Invitation.due_at.type


@dataclass(frozen=True)
class Reminding:
    """After how many days, and by which media; none where nobody is reminded."""

    after_days: int
    media: frozenset[Medium]


REMIND = """
    INSERT INTO invitations (
        contact_id, kind, reminder_of, version_id, medium, language, state, due_at, attempts, expires_at)
    SELECT i.contact_id, 'reminder', i.id, i.version_id, i.medium, i.language, 'due', :now, 0, i.expires_at
    FROM invitations i LEFT JOIN invitations r ON r.reminder_of = i.id
    WHERE i.kind = 'invitation' AND i.state = 'delivered' AND i.answered_at IS NULL AND i.erased_at IS NULL
        AND r.id IS NULL AND i.medium IN :media AND i.sent_at <= :before AND i.expires_at > :worth_it"""
COUNTED = """
    UPDATE contact_points SET last_invited_at = :now WHERE address_hash IN (
        SELECT c.{column} FROM contacts c JOIN invitations i ON i.contact_id = c.id
        WHERE i.kind = 'reminder' AND i.id > :last)"""


def remind(moment: datetime, reminding: Reminding) -> int:
    """Make the reminders that are wanting; returns how many. Their last look comes when they are sent."""
    if not reminding.media:
        return 0
    last = db.session.scalar(sa.select(sa.func.max(Invitation.id))) or 0
    values = {
        "now": moment,
        "before": moment - timedelta(days=reminding.after_days),
        "worth_it": moment + timedelta(days=2),
        "media": [medium.value for medium in reminding.media],
    }
    moments = [sa.bindparam(name, type_=MOMENT) for name in ("now", "before", "worth_it")]
    db.session.execute(sa.text(REMIND).bindparams(*moments, sa.bindparam("media", expanding=True)), values)
    for column in ("phone_hash", "email_hash"):
        counted = sa.text(COUNTED.format(column=column)).bindparams(sa.bindparam("now", type_=MOMENT))
        db.session.execute(counted, {"now": moment, "last": last})
    made = db.session.scalar(sa.select(sa.func.count()).where(Invitation.id > last)) or 0
    if made:
        record("reminders made", "invitations", at=moment, reminders=made)
    return made


def noting() -> sa.Update:
    """Keeps the moment of the first answer, and ends a reminder that is still due, in one statement."""
    table, row, moment = (
        table_of(Invitation),
        sa.bindparam("row", type_=sa.Integer),
        sa.bindparam("moment", type_=MOMENT),
    )
    c, answered = table.c, table.c.id == row
    reminds = sa.and_(c.reminder_of == row, c.state == InvitationState.DUE)
    ended = {"state": InvitationState.NOT_SENT, "reason": "answered", "settled_at": moment}
    return (
        sa.update(table)
        .where(sa.or_(sa.and_(answered, c.erased_at.is_(None)), reminds))
        .values({name: sa.case((answered, c[name]), else_=value) for name, value in ended.items()})
        .values(answered_at=sa.case((answered, sa.func.coalesce(c.answered_at, moment)), else_=c.answered_at))
    )


# Built once: building them costs more than running them.
NOTE_ANSWERS = noting()
NOTE_ANSWER = NOTE_ANSWERS.returning(table_of(Invitation).c.id)


def note_answers(answered: Sequence[tuple[int, datetime]]) -> None:
    """These invitations were answered: kept with them, and a reminder that is still due will not go."""
    rows = [{"row": number, "moment": moment} for number, moment in answered]
    db.session.connection().execute(NOTE_ANSWERS, rows)


def note_answer(connection: Connection, invitation_id: int, moment: datetime) -> bool:
    """note_answers for one. Returns False, with nothing noted, where the person had all of it erased."""
    noted = connection.execute(NOTE_ANSWER, {"row": invitation_id, "moment": moment})
    return invitation_id in noted.scalars().all()

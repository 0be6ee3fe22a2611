"""Commitments told: assessors get each plan's commitment and the head of the audit chain by email, ahead of the period.

What lies in somebody else's mailbox cannot be changed here: that is what makes the promise one. A plan is told once
to each assessor: claimed and committed before the email is sent. Plans are made each month, and so the head of the
chain goes out each month with them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import day_in_words, day_of
from surveys.core.db import db, insert_into, lock
from surveys.core.logs import log
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Sender, Sent
from surveys.people.audit import FIRST, record
from surveys.people.models import AssessorAccess, AuditEntry, Grant, User
from surveys.people.roles import Role
from surveys.sampling.models import CommitmentTold, SamplingPlan

LOCK = "commitments told"
SUBJECT = "Keep this email: fingerprints that the survey's draw is checked against"
BODY = """Please keep this email. You need nothing else to see later whether the draw was changed.

Who is asked in a survey of this council is decided by a secret key, one for each period. The key itself is shown
after its period. Its fingerprint (SHA-256) is fixed now:

{plans}

When the period is over, the page Sampling and the evidence pack show the key. Its SHA-256 must be the fingerprint
above. If it is another one, the key was changed after you got this email.

The audit trail now ends with this entry:

Number {number}
Hash {hash}

Every later copy of the audit trail, in a pack or on the page Audit, must have this hash at this number. If it has
another one, what was done before today was changed.

The plans and their rates: {link}

You get this email because your account is an assessor's. You get one for each new plan, which is once a month.
"""
PLAN = "{starts_on} to {ends_on}\n{commitment}{late}"
LATE = "\nThis plan was fixed late, after its period had begun."


@dataclass(frozen=True)
class Promise:
    """One plan's commitment, to be told."""

    plan_id: int
    starts_on: date
    ends_on: date
    commitment: str
    late: bool


@dataclass(frozen=True)
class Letter:
    """What one assessor is told now; number and hash are those of the newest audit entry."""

    user_id: int
    address: str = field(repr=False)
    promises: tuple[Promise, ...]
    number: int
    hash: str
    taken_at: datetime


def take_letters(moment: datetime) -> list[Letter]:
    """Claim all that is to be told. Commit before sending."""
    lock(LOCK)
    rows = db.session.execute(untold(day_of(moment))).all()
    if not rows:
        return []
    claims = [{"plan_id": row.id, "user_id": row.user_id, "tried_at": moment, "told_at": None} for row in rows]
    db.session.execute(insert_into(CommitmentTold), claims)
    e = AuditEntry
    newest = db.session.execute(sa.select(e.id, e.hash).order_by(e.id.desc()).limit(1)).one_or_none()
    number, digest = newest or (0, FIRST)
    return [
        Letter(user, address, tuple(Promise(*row[2:]) for row in theirs), number, digest, moment)
        for (user, address), theirs in groupby(rows, key=lambda row: (row.user_id, row.email))
    ]


def untold(day: date) -> sa.Select[*tuple[Any, ...]]:
    """Each plan that is not over, for each assessor in access to whom it was not told."""
    p, a, t = SamplingPlan, AssessorAccess, CommitmentTold
    told = sa.exists().where(t.plan_id == p.id, t.user_id == User.id)
    only_reads = sa.and_(User.grants.any(Grant.role == Role.ASSESSOR), ~User.grants.any(Grant.role != Role.ASSESSOR))
    return (
        sa.select(User.id.label("user_id"), User.email, p.id, p.starts_on, p.ends_on, p.commitment, p.late)
        .join(a, a.user_id == User.id)
        .join(p, p.ends_on >= day)
        .where(User.active, a.ends_on >= day, only_reads, ~told)
        .order_by(User.id, p.starts_on)
    )


def send_letters(letters: Sequence[Letter], sender: Sender, link: str) -> list[tuple[Letter, Sent]]:
    """With no transaction open."""
    return [(letter, sender.send(message_for(letter, link))) for letter in letters]


def message_for(letter: Letter, link: str) -> Message:
    plans = "\n\n".join(
        PLAN.format(
            starts_on=day_in_words(one.starts_on),
            ends_on=day_in_words(one.ends_on),
            commitment=one.commitment,
            late=LATE if one.late else "",
        )
        for one in letter.promises
    )
    body = BODY.format(plans=plans, number=letter.number, hash=letter.hash, link=link)
    # Not drawn from a row: a receipt for it must never find an invitation.
    return Message(Medium.EMAIL, letter.address, body, f"staff-{secrets.token_hex(8)}", SUBJECT)


def settle(sent: Sequence[tuple[Letter, Sent]], moment: datetime) -> int:
    """Keep what came of it; returns how many were told. What was certainly not sent gives its claim back."""
    t, told = CommitmentTold, 0
    for letter, outcome in sent:
        plans = [one.plan_id for one in letter.promises]
        mine = (t.user_id == letter.user_id, t.plan_id.in_(plans), t.tried_at == letter.taken_at)
        if isinstance(outcome, Accepted):
            told += 1
            change(sa.update(t).where(*mine).values(told_at=moment))
            head: dict[str, Any] = {"entry": letter.number, "hash": letter.hash}
            record("commitments told", f"user:{letter.user_id}", at=moment, plans=plans, **head)
        elif isinstance(outcome, NotSent):
            change(sa.delete(t).where(*mine))
    if told < len(sent):
        log.error("not every assessor was told the commitments of sampling plans", told=told, asked=len(sent))
    return told


def change(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))

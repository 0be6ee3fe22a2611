"""The resident's consent to be contacted is followed for as long as their answers may change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.db import db, table_of
from surveys.followups.cases.letting_go import stop_messages
from surveys.followups.cases.models import OPEN, Case, CaseEvent, CaseEventKind
from surveys.invitations.direct import CONSENT_TAKEN_BACK
from surveys.invitations.models import Invitation
from surveys.people.audit import record

Holds = sa.ColumnElement[bool]


def follow_consent(yes: Holds, since: datetime, moment: datetime) -> None:
    """Cases opened since then become about the person, or about the service alone, as the answer now has it.

    yes: whether a response says that we may. Their edition goes up: who has the page open saw something else.
    """
    came = change(
        {"consent": True, "contact_id": behind_it()},
        sa.and_(~Case.consent, Case.state.in_(OPEN)),
        yes,
        since,
    )
    went = change({"consent": False, "contact_id": None}, Case.consent.is_(True), ~yes, since)
    for kind, numbers in ((CaseEventKind.CONSENTED, came), (CaseEventKind.TAKEN_BACK, went)):
        if numbers:
            note(kind, numbers, moment)
    if went:
        stop_messages(Case.id.in_(went), CONSENT_TAKEN_BACK, moment)


def change(values: dict[str, Any], cases: Holds, answer: Holds, since: datetime) -> Sequence[int]:
    """Change such cases of responses with such an answer; returns their numbers."""
    c, r = Case, Response

    answered = sa.exists().where(r.id == c.response_id, answer).correlate(c)
    change = sa.update(c).where(c.opened_at >= since, c.erased_at.is_(None), cases, answered)
    changed = change.values(edition=c.edition + 1, **values).returning(c.id)
    return sorted(db.session.scalars(changed.execution_options(synchronize_session=False)))


def behind_it() -> sa.ScalarSelect[int]:
    """The contact whose invitation the case's response answers."""
    i, r = Invitation, Response
    return sa.select(i.contact_id).join(r, r.invitation_id == i.id).where(r.id == Case.response_id).scalar_subquery()


def note(kind: CaseEventKind, numbers: Sequence[int], moment: datetime) -> None:
    db.session.execute(
        sa.insert(table_of(CaseEvent)), [{"case_id": number, "at": moment, "kind": kind} for number in numbers]
    )
    act = "consent to contact given" if kind is CaseEventKind.CONSENTED else "consent to contact taken back"
    record(act, "cases", actor="system", at=moment, count=len(numbers), numbers=list(numbers))

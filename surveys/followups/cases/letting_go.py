"""What a case says of a resident goes once they had it erased, and after its term. The case itself stays, a count."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.comments.reading.letting_go import months_before
from surveys.contacts.models import Contact
from surveys.core.db import db, table_of
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseState
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import InvitationState
from surveys.people.audit import record

Holds = sa.ColumnElement[bool]
# On its way to the provider now: its words go once it is settled.
LEAVING = InvitationState.CLAIMED


def erase_cases(moment: datetime, limit: int) -> int:
    """Cut so many cases loose from residents who had erased what was held on them; returns how many.

    Runs in a transaction. A case that somebody is changing waits for the next run.
    """
    c = Case
    query = sa.select(c.id).where(c.erased_at.is_(None), was_erased()).order_by(c.id).limit(limit)
    numbers = db.session.scalars(query.with_for_update(of=c, skip_locked=True)).all()
    if numbers:
        gone = {"response_id": None, "contact_id": None, "consent": False, "complaint_reference": None}
        change(sa.update(c).where(c.id.in_(numbers)).values(erased_at=moment, edition=c.edition + 1, **gone))
        change(sa.update(CaseEvent).where(CaseEvent.case_id.in_(numbers)).values(words=None))
        rows = [{"case_id": number, "at": moment, "kind": CaseEventKind.ERASED} for number in numbers]
        db.session.execute(sa.insert(table_of(CaseEvent)), rows)
        record("cases erased", "cases", actor="system", at=moment, count=len(numbers), numbers=list(numbers))
    empty_messages(c.erased_at.is_not(None), "erased", moment)
    return len(numbers)


def was_erased() -> Holds:
    """Its response was cut loose from everybody, or nothing is left to reach its contact by."""
    c, r, p = Case, Response, Contact
    loose = sa.exists().where(r.id == c.response_id, r.invitation_id.is_(None), r.point_id.is_(None))
    unreachable = sa.exists().where(p.id == c.contact_id, p.phone.is_(None), p.email.is_(None))
    return sa.or_(loose, unreachable)


def let_cases_go(moment: datetime, months: int) -> int:
    """Of cases closed so many months ago: the words written in them, and what leads to the resident. In a transaction.

    Returns how many events lost their words.
    """
    c, e = Case, CaseEvent
    over = sa.and_(c.state == CaseState.CLOSED, c.closed_at < months_before(moment, months))
    old = sa.select(c.id).where(over)
    words = sa.update(e).where(e.case_id.in_(old), e.words.is_not(None)).values(words=None)
    emptied = change(words)
    cut = change(sa.update(c).where(over, c.contact_id.is_not(None)).values(contact_id=None))
    empty_messages(over, "let go", moment)
    if emptied or cut:
        record("words of cases let go", "cases", actor="system", at=moment, words=emptied, contacts=cut)
    return emptied


def empty_messages(cases: Holds, reason: str, moment: datetime) -> None:
    """Messages to residents of such cases say nothing and lead nowhere any more; what had not left never will."""
    stop_messages(cases, reason, moment)
    m, e = DirectMessage, CaseEvent
    settled = sa.select(m.id).where(m.state != LEAVING)
    theirs = sa.select(e.message_id).join(Case, Case.id == e.case_id).where(cases, e.message_id.in_(settled))
    numbers = db.session.scalars(theirs).all()
    if numbers:
        change(sa.update(m).where(m.id.in_(numbers)).values(subject=None, words=None))
        change(sa.update(e).where(e.message_id.in_(numbers)).values(message_id=None))


def stop_messages(cases: Holds, reason: str, moment: datetime) -> None:
    """Messages of such cases that wait to be sent are not sent."""
    m, e = DirectMessage, CaseEvent
    theirs = sa.select(e.message_id).join(Case, Case.id == e.case_id).where(cases, e.message_id.is_not(None))
    ended = {"state": InvitationState.NOT_SENT, "reason": reason, "settled_at": moment}
    change(sa.update(m).where(m.id.in_(theirs), m.state == InvitationState.DUE).values(ended))


def change(statement: sa.Update | sa.Delete) -> int:
    """Returns how many rows it changed."""
    done: Any = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)

"""A case held for a change, and what is written into its history. Each change is an event; events only add up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind

NO_CASE = "There is no such case, or it is about a service that your account does not cover."
# What is done to a case without anybody acting on it.
BY_ITSELF = (
    CaseEventKind.OPENED,
    CaseEventKind.CONSENTED,
    CaseEventKind.TAKEN_BACK,
    CaseEventKind.ESCALATED,
    CaseEventKind.ERASED,
)
NO_ACTION = (*BY_ITSELF, CaseEventKind.GIVEN, CaseEventKind.LOOKED)


def held_case(number: int, services: frozenset[int] | None) -> Case:
    """The case as it is now, with nobody else changing it until the commit. services None means all of them."""
    query = sa.select(Case).where(Case.id == number).with_for_update()
    if services is not None:
        query = query.where(Case.service_id.in_(services))
    case = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if case is None:
        raise NotFound(NO_CASE)
    return case


def add_event(case: Case, kind: CaseEventKind, at: datetime, by: int | None = None, **told: Any) -> CaseEvent:
    """Write an event and, where it is the first thing that anybody did about the case, when that was.

    told: columns of CaseEvent. The case must be held. Words stand in the event alone, never in the audit trail.
    """
    event = CaseEvent(case_id=case.id, at=at, by=by, kind=kind, **told)
    db.session.add(event)
    if case.acted_at is None and kind not in NO_ACTION:
        case.acted_at = at
    db.session.flush()
    return event


def was_sent_before(once: bytes) -> bool:
    """Whether the form of this digest has made its event already."""
    return bool(db.session.scalar(sa.select(sa.exists().where(CaseEvent.once == once))))


def history(number: int, kinds: Iterable[CaseEventKind] = CaseEventKind) -> list[CaseEvent]:
    """The events of one case in their order, its words opened. One query."""
    mine = (CaseEvent.case_id == number, CaseEvent.kind.in_(list(kinds)))
    return list(db.session.scalars(sa.select(CaseEvent).where(*mine).order_by(CaseEvent.id)))

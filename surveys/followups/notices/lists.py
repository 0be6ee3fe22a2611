"""What one person was told of: the newest first, and how much of it they have not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.cases.models import OPEN, Case, CaseKind, CaseState
from surveys.followups.notices.models import AlertKind, EmailState, Notice
from surveys.people.models import Service

AT_ONCE = 50
MOST_COUNTED = 99
KEPT = timedelta(days=90)
Granted = frozenset[int] | None


@dataclass(frozen=True)
class Told:
    """One notice. handles: whether its reader may open the case; else they see urgent comments of its service."""

    id: int
    kind: AlertKind
    at: datetime
    seen: bool
    case: int
    about: CaseKind
    state: CaseState
    service: str
    acknowledge_by: date
    answer_by: date
    handles: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def told_to(user_id: int, handles: Granted, sees: Granted, before: int | None = None) -> Sequence[Told]:
    """A page of them, of services still theirs: of those they handle all, of those they see urgent comments of the
    urgent."""
    n, c = Notice, Case
    handled = within(handles)
    seen_urgent = sa.and_(n.kind == AlertKind.URGENT, within(sees))
    columns = (n.id, n.kind, n.at, n.seen_at.is_not(None), c.id, c.kind, c.state, Service.name)
    query = (
        sa.select(*columns, c.acknowledge_by, c.answer_by, handled)
        .join(c, c.id == n.case_id)
        .join(Service, Service.id == c.service_id)
        .where(n.user_id == user_id, sa.or_(handled, seen_urgent))
        .order_by(n.id.desc())
        .limit(AT_ONCE)
    )
    if before is not None:
        query = query.where(n.id < before)
    return [Told(*row) for row in db.session.execute(query)]


def within(granted: Granted) -> sa.ColumnElement[bool]:
    return sa.true() if granted is None else Case.service_id.in_(granted)


def unseen(user_id: int) -> int:
    """How many they have not seen, a hundred at most. One query, through an index of what nobody has seen."""
    some = sa.select(Notice.id).where(Notice.user_id == user_id, Notice.seen_at.is_(None)).limit(MOST_COUNTED + 1)
    return db.session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def see(user_id: int, up_to: int, moment: datetime) -> None:
    """Mark theirs as seen, up to the newest that their page showed: of what came since they have seen nothing.

    What still waits to be sent to them is no news any more.
    """
    n = Notice
    mine = (n.user_id == user_id, n.id <= up_to, n.seen_at.is_(None))
    seen = sa.update(n).where(*mine).values(seen_at=moment, email=without_waiting())
    db.session.execute(seen.execution_options(synchronize_session=False))


def let_go(moment: datetime) -> None:
    """What somebody was told long ago; the cases and their history stay."""
    old = sa.delete(Notice).where(Notice.at < moment - KEPT)
    db.session.execute(old.execution_options(synchronize_session=False))


def without_waiting() -> sa.Case[EmailState]:
    """A claimed email may be on its way; what came of it is kept then."""
    unclaimed = sa.and_(Notice.email == EmailState.WAITING, Notice.tried_at.is_(None))
    return sa.case((unclaimed, EmailState.NONE.value), else_=Notice.email)

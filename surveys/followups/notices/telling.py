"""Who is told of a case: a notice for each of them, in the console and, as they chose, by email or by a webhook."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.core.db import UtcDateTime, db, insert_into, table_of
from surveys.core.queue import ask
from surveys.followups.cases.models import Case
from surveys.followups.notices.by_webhook import queue_alerts
from surveys.followups.notices.models import AlertChoice, AlertKind, EmailState, Notice
from surveys.people.models import Grant, User
from surveys.people.roles import ROLES, Permission, Role

AT_ONCE = 5000
# How far a case that is late for long has escalated.
LAST_STEP = 2
HANDLERS = frozenset(role for role in Role if Permission.HANDLE_CASES in ROLES[role])
SEES_URGENT = frozenset(role for role in Role if Permission.SEE_URGENT in ROLES[role])


def notify(kind: AlertKind, case_ids: Sequence[int], moment: datetime) -> None:
    """Tell whom it concerns of these cases. Runs in a transaction; the same kind, case and moment is told once.

    Administrators keep the program: they are told of what is given to them, and where nobody else is there to tell.
    """
    for start in range(0, len(case_ids), AT_ONCE):
        some = case_ids[start : start + AT_ONCE]
        tell(kind, some, moment)
        queue_alerts(kind, some, moment)
    if kind is AlertKind.URGENT and case_ids:
        ask("followups.tell_of_cases")


def tell(kind: AlertKind, case_ids: Sequence[int], moment: datetime) -> None:
    columns = ["user_id", "case_id", "kind", "at", "email"]
    made = insert_into(Notice).from_select(columns, concerned(kind, case_ids, moment)).on_conflict_do_nothing()
    db.session.execute(made)
    if kind is AlertKind.URGENT:
        tell_by_email_anyway(case_ids, moment)


def concerned(
    kind: AlertKind, case_ids: Sequence[int], moment: datetime, everybody: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    """(user, case, kind, moment, email) of those to be told, as each of them chose; everybody: administrators too."""
    whom = sa.true() if everybody else on_duty(kind)
    c, choice = Case, AlertChoice
    n = table_of(Notice).c
    wanted = sa.case(
        (sa.func.coalesce(choice.by_email, sa.true()), EmailState.WAITING.value), else_=EmailState.NONE.value
    )
    return (
        sa.select(User.id, c.id, sa.literal(kind, n.kind.type), sa.literal(moment, UtcDateTime()), wanted)
        .select_from(c)
        .join(Grant, sa.or_(Grant.service_id.is_(None), Grant.service_id == c.service_id))
        .join(User, User.id == Grant.user_id)
        .outerjoin(choice, sa.and_(choice.user_id == User.id, choice.kind == kind))
        .where(c.id.in_(case_ids), User.active, Grant.role.in_(roles_for(kind)), whom)
        .distinct()
    )


def roles_for(kind: AlertKind) -> list[Role]:
    return sorted(HANDLERS | SEES_URGENT if kind is AlertKind.URGENT else HANDLERS)


def on_duty(kind: AlertKind) -> sa.ColumnElement[bool]:
    """Of who may: the owner alone where it is given; else all but administrators, and these where nobody else is.

    Of what is late for long, administrators are told as well.
    """
    is_owner = User.id == Case.owner_id
    if kind is AlertKind.GIVEN:
        return is_owner
    other, grant = aliased(User), aliased(Grant)
    somebody = (
        sa.exists()
        .where(other.id == grant.user_id, other.active, grant.role.in_(roles_for(kind)))
        .where(grant.role != Role.ADMINISTRATOR)
        .where(sa.or_(grant.service_id.is_(None), grant.service_id == Case.service_id))
    )
    everybody = [Case.escalation == LAST_STEP] if kind is AlertKind.LATE else []
    return sa.or_(is_owner, Grant.role != Role.ADMINISTRATOR, ~somebody, *everybody)


def tell_by_email_anyway(case_ids: Sequence[int], moment: datetime) -> None:
    """Where nobody is told of an urgent case by email, as they chose, all of them are."""
    n = Notice
    these = (n.case_id.in_(case_ids), n.kind == AlertKind.URGENT, n.at == moment)
    # Not correlated: SQLite would see the rows that this very statement has changed.
    with_somebody = sa.select(n.case_id).where(*these, n.email == EmailState.WAITING)
    told = sa.update(n).where(*these, n.case_id.not_in(with_somebody)).values(email=EmailState.WAITING)
    db.session.execute(told.execution_options(synchronize_session=False))

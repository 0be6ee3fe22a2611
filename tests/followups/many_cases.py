"""Cases straight into the table, many at a time: what became of each, and no response behind it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from surveys.contacts.models import Channel
from surveys.core.clock import day_of
from surveys.core.db import db, insert_into, transaction
from surveys.followups.cases.models import Case, CaseKind, CaseOutcome, CaseState
from surveys.followups.cases.working_days import add_working_days
from surveys.messaging.hours import Nation

HOUR = timedelta(hours=1)


def one_case(
    service: int, opened_at: datetime, acted: int | None = None, closed: int | None = None, **more: Any
) -> dict[str, Any]:
    """acted and closed: after so many working days; None where it was not yet."""
    day = day_of(opened_at)
    acted_at = None if acted is None else at_noon(add_working_days(day, acted, Nation.ENGLAND))
    closed_at = None if closed is None else at_noon(add_working_days(day, closed, Nation.ENGLAND)) + HOUR
    state = CaseState.NEW if acted is None else CaseState.ACKNOWLEDGED
    return {
        "consent": False,
        "kind": CaseKind.OTHER,
        "service_id": service,
        "channel": Channel.PHONE,
        "day": day,
        "state": state if closed is None else CaseState.CLOSED,
        "opened_at": opened_at,
        "acknowledge_by": add_working_days(day, 2, Nation.ENGLAND),
        "answer_by": add_working_days(day, 5, Nation.ENGLAND),
        "acted_at": acted_at,
        "answered_at": None,
        "closed_at": closed_at,
        "outcome": None if closed is None else CaseOutcome.EXPLAINED,
        "cause": None,
        "escalation": 0,
        "reopened": 0,
        "edition": 1,
    } | more


def at_noon(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def put_cases(cases: Iterable[dict[str, Any]]) -> None:
    with transaction():
        db.session.execute(insert_into(Case), list(cases))

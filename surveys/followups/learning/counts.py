"""What cases teach: how many, how soon somebody acted, and what caused them. A few grouped queries, nothing stored.

Cases count in the month in which they were opened, on the council's calendar.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from surveys.core.clock import start_of
from surveys.core.db import db
from surveys.followups.cases.models import OPEN, Case, CaseState
from surveys.followups.compliments.models import Compliment
from surveys.followups.learning.days import Histogram, Moment, days_after, london_day, one_where, working_days_by
from surveys.messaging.hours import Nation
from surveys.rates.months import Month, month_of
from surveys.rates.scope import Scope, of_places

Query = sa.Select[*tuple[Any, ...]]
MOMENTS = ("opened", "acted", "closed")


@dataclass(frozen=True)
class Progress:
    """Cases that were opened together. due: those whose last day in time has passed, whatever became of them.

    What was handed over is answered by another system, so it has no share in answering in time.
    """

    opened: int = 0
    closed: int = 0
    reopened: int = 0
    acknowledgements_due: int = 0
    acted_in_time: int = 0
    answers_due: int = 0
    answered_in_time: int = 0

    @property
    def settled(self) -> bool:
        """Whether the day to acknowledge has passed for all of them, so that their share will not change."""
        return self.acknowledgements_due == self.opened


COUNTS = attrgetter(*(field.name for field in fields(Progress)))


def together(parts: Iterable[Progress]) -> Progress:
    """Several as one; they are counts, so they add up."""
    return Progress(*map(sum, zip(*map(COUNTS, parts), strict=True)))


@dataclass(frozen=True)
class Days:
    """Working days from opening: to the first action of those acted on, and to the end of those closed."""

    to_first_action: Histogram
    to_close: Histogram


def read_progress(scope: Scope, today: date) -> dict[tuple[Month, int], Progress]:
    """By month and service, from the first case ever up to the scope's last month. One query."""
    settled = sa.func.coalesce(Case.answered_at, Case.closed_at)
    days = cases_of(scope, opened=Case.opened_at, acted=Case.acted_at, settled=settled)
    c = worked_out(days.where(Case.opened_at < end_of(scope)))
    acknowledged = c.acknowledge_by < today
    answers = sa.and_(c.answer_by < today, sa.or_(c.settled.is_not(None), c.state.in_(OPEN)))
    sums = [
        sa.func.sum(one_where(*conditions))
        for conditions in (
            (c.state == CaseState.CLOSED,),
            (c.reopened > 0,),
            (acknowledged,),
            (acknowledged, c.acted <= c.acknowledge_by),
            (answers,),
            (answers, c.settled <= c.answer_by),
        )
    ]
    month = month_of(c.opened)
    query = sa.select(month, c.service_id, sa.func.count(), *sums).group_by(month, c.service_id)
    rows = db.session.execute(query)
    return {(Month.of(first), service): Progress(*map(int, counts)) for first, service, *counts in rows}


def read_days(scope: Scope, today: date, nation: Nation) -> dict[int, Days]:
    """By service, of the cases that were opened in the scope's months. One query, whose rows are few."""
    found: dict[int, tuple[dict[int, int], dict[int, int]]] = defaultdict(lambda: (defaultdict(int), defaultdict(int)))
    for service, *days, count in db.session.execute(lasting(scope, today, nation)):
        for histogram, lasted in zip(found[service], days, strict=True):
            if lasted is not None:
                histogram[lasted] += count
    return {service: Days(*map(dict, histograms)) for service, histograms in found.items()}


def lasting(scope: Scope, today: date, nation: Nation) -> Query:
    """(service, working days to the first action, and to the end, how many cases); None where it is still to come."""
    first = scope.first_month.first
    days = cases_of(scope, opened=Case.opened_at, acted=Case.acted_at, closed=Case.closed_at)
    c = days.where(Case.opened_at >= start_of(first), Case.opened_at < end_of(scope)).subquery().c
    each = worked_out(sa.select(c.service_id, *(days_after(c[name], first).label(name) for name in MOMENTS)))
    opened, acted, closed = (working_days_by(each[name], first, today, nation) for name in MOMENTS)
    took = sa.select(each.service_id, (acted - opened).label("first_action"), (closed - opened).label("close"))
    t = took.subquery().c
    return sa.select(*t, sa.func.count()).group_by(*t)


def worked_out(query: Query) -> ReadOnlyColumnCollection[str, sa.ColumnElement[Any]]:
    """Its columns, each worked out once for a case: without the word databases do so wherever one is named."""
    return query.cte("each_case").prefix_with("MATERIALIZED").c


def read_passed_on(scope: Scope) -> dict[tuple[Month, int], int]:
    """Compliments by the month in which they were passed on and service, whatever the channel. One query."""
    at = Compliment.passed_on_at
    chosen = sa.select(london_day(at).label("day"), Compliment.service_id)
    chosen = chosen.where(at >= start_of(scope.first_month.first), at < end_of(scope))
    if scope.services is not None:
        chosen = chosen.where(Compliment.service_id.in_(scope.services))
    c = chosen.subquery().c
    month = month_of(c.day)
    rows = db.session.execute(sa.select(month, c.service_id, sa.func.count()).group_by(month, c.service_id))
    return {(Month.of(first), service): count for first, service, count in rows}


def cases_of(scope: Scope, **moments: Moment) -> Query:
    """Each case of these services and channels, with these moments as council days."""
    c = Case
    days = [london_day(moment).label(name) for name, moment in moments.items()]
    query = sa.select(c.service_id, c.state, c.reopened, c.acknowledge_by, c.answer_by, *days)
    return of_places(query, c.service_id, c.channel, scope)


def end_of(scope: Scope) -> datetime:
    """The first moment after its months."""
    return start_of(scope.last_month.plus(1).first)

"""What pages read of cases: a few sums over their figures, however many cases there are.

Figures are at most a minute older than the cases.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.learning.counts import Days, Progress
from surveys.followups.learning.models import CaseFigure, Measure
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.scope import Scope, of_places, within

Query = sa.Select[*tuple[Any, ...]]
# In the order of the counts of Progress.
PROGRESS = (
    Measure.OPENED,
    Measure.CLOSED,
    Measure.REOPENED,
    Measure.ACKNOWLEDGEMENT_DUE,
    Measure.ACTED_IN_TIME,
    Measure.ANSWER_DUE,
    Measure.ANSWERED_IN_TIME,
)
DAYS = (Measure.DAYS_TO_ACT, Measure.DAYS_TO_CLOSE)
BEFORE_ALL = date.min


def progress_by_month(scope: Scope, today: date) -> dict[tuple[Month, int], Progress]:
    """By month and service, from the first case ever up to the scope's last month. One query."""
    f = CaseFigure
    each = [sa.func.sum(sa.case((f.measure == measure, f.count), else_=0)) for measure in PROGRESS]
    query = figures_of(scope, PROGRESS, BEFORE_ALL, f.month, f.service_id).where(f.code < today.isoformat())
    rows = db.session.execute(query.add_columns(*each))
    return {(Month.of(month), service): Progress(*map(int, counts)) for month, service, _all, *counts in rows}


def days_by_service(scope: Scope) -> dict[int, Days]:
    """Of the cases that were opened in the scope's months. One query."""
    f = CaseFigure
    query = figures_of(scope, DAYS, scope.first_month.first, f.service_id, f.measure, f.code)
    found: dict[int, dict[Measure, dict[int, int]]] = defaultdict(lambda: {measure: {} for measure in DAYS})
    for service, measure, took, count in db.session.execute(query):
        found[service][measure][int(took)] = int(count)
    return {service: Days(*(lasted[measure] for measure in DAYS)) for service, lasted in found.items()}


def causes_by_service(scope: Scope, first_before: Month) -> tuple[dict[tuple[str | None, int], int], ...]:
    """(the scope's months, those before it from first_before on) by cause and service. One query."""
    f = CaseFigure
    query = figures_of(scope, (Measure.CAUSE,), first_before.first, f.code, f.service_id)
    recent = sa.case((f.month >= scope.first_month.first, f.count), else_=0)
    now: dict[tuple[str | None, int], int] = {}
    before: dict[tuple[str | None, int], int] = {}
    for cause, service, both, newer in db.session.execute(query.add_columns(sa.func.sum(recent))):
        key = (cause or None, service)
        now[key], before[key] = int(newer), int(both) - int(newer)
    return now, before


def answers_by_service(scope: Scope) -> dict[int, tuple[int, int]]:
    """Of the answers about contacts of these months: (how many became cases, all of them) by service. Two queries."""
    f, m = CaseFigure, MonthFigure
    rated = sa.select(m.service_id, sa.func.sum(m.count)).where(m.question == RATING).group_by(m.service_id)
    answers = sums(within(rated, m, scope))
    first, last = (month.first.isoformat() for month in (scope.first_month, scope.last_month))
    # A case is opened after its contact, maybe months after.
    became = figures_of(scope, (Measure.CONTACT_MONTH,), scope.first_month.first, f.service_id, last=date.max)
    cases = sums(became.where(f.code.between(first, last)))
    # An answer may have its case a minute before the figures have it.
    return {service: (cases.get(service, 0), max(n, cases.get(service, 0))) for service, n in answers.items()}


def figures_of(scope: Scope, measures: Collection[Measure], first: date, *keys: Any, last: date | None = None) -> Query:
    """(the keys, how many cases) of the scope's places, of cases opened from this day to the scope's end or that."""
    f = CaseFigure
    query = sa.select(*keys, sa.func.sum(f.count)).group_by(*keys)
    until = scope.last_month.first if last is None else last
    return of_places(
        query.where(f.measure.in_(measures), f.month.between(first, until)), f.service_id, f.channel, scope
    )


def sums(query: Query) -> Mapping[int, int]:
    return {service: int(count) for service, count in db.session.execute(query)}

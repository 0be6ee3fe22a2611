"""What cases cause and become, read from every case: slow, and what the counted figures are held against."""

from collections.abc import Mapping

import sqlalchemy as sa

from surveys.core.clock import start_of
from surveys.core.db import db
from surveys.followups.cases.models import Case
from surveys.followups.learning.counts import Query, end_of
from surveys.followups.learning.days import one_where
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.scope import Scope, of_places, within


def read_causes(scope: Scope, first_before: Month) -> tuple[dict[tuple[str | None, int], int], ...]:
    """(the scope's months, those before it from first_before on) by cause and service. One query."""
    recent = one_where(Case.opened_at >= start_of(scope.first_month.first))
    query = sa.select(Case.cause, Case.service_id, sa.func.sum(recent), sa.func.count())
    query = of_places(query.group_by(Case.cause, Case.service_id), Case.service_id, Case.channel, scope)
    query = query.where(Case.opened_at >= start_of(first_before.first), Case.opened_at < end_of(scope))
    now: dict[tuple[str | None, int], int] = {}
    before: dict[tuple[str | None, int], int] = {}
    for cause, service, newer, both in db.session.execute(query):
        now[cause, service], before[cause, service] = int(newer), both - int(newer)
    return now, before


def read_answers(scope: Scope) -> dict[int, tuple[int, int]]:
    """Of the answers about contacts of these months: (how many became cases, all of them) by service. Two queries."""
    f = MonthFigure
    rated = sa.select(f.service_id, sa.func.sum(f.count)).where(f.question == RATING).group_by(f.service_id)
    became = sa.select(Case.service_id, sa.func.count()).group_by(Case.service_id)
    # A case is opened after its contact, and the index is on when.
    became = became.where(
        Case.opened_at >= start_of(scope.first_month.first),
        Case.day.between(scope.first_month.first, scope.last_month.last),
    )
    answers = counts(within(rated, f, scope))
    cases = counts(of_places(became, Case.service_id, Case.channel, scope))
    # An answer may have its case a minute before the figures have it.
    return {service: (cases.get(service, 0), max(n, cases.get(service, 0))) for service, n in answers.items()}


def counts(query: Query) -> Mapping[int, int]:
    return {service: int(count) for service, count in db.session.execute(query)}

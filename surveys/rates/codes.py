"""Answers of the drawn to any question, by code; and how those who gave an answer rated the whole."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN
from surveys.core.db import db, table_of
from surveys.rates.drivers import DriverCounts
from surveys.rates.models import CrossFigure, MonthFigure
from surveys.rates.page_models import CodeTotal, CrossTotal
from surveys.rates.scope import Query, Scope, within
from surveys.rates.series import Series
from surveys.rates.statistics import Rate

Codes = dict[str, int]
RateByCode = dict[str, Rate]


def read_codes(scope: Scope, questions: Collection[str]) -> dict[str, Codes]:
    """How many gave each answer, by question. An option of a question with several answers is one: "key.option"."""
    f = counts_of_drawn(scope).subquery().c
    query = sa.select(f.question, f.code, sa.func.sum(f.n)).where(f.question.in_(questions))
    found: dict[str, Codes] = defaultdict(dict)
    for question, code, count in db.session.execute(query.group_by(f.question, f.code)):
        found[question][code] = int(count)
    return dict(found)


def counts_of_drawn(scope: Scope) -> Query:
    """Counts n of the drawn by month, question, mode and code; from totals where the scope is made of some."""
    f, t, series = MonthFigure, CodeTotal, scope.series
    if series is None:
        cells = sa.select(f.month, f.question, f.mode, f.code, f.count.label("n")).where(f.mode.not_in(UNDRAWN))
        return within(cells, f, scope)
    return in_series(sa.select(t.month, t.question, t.mode, t.code, t.count.label("n")), t, scope, series)


def read_crosses(scope: Scope, questions: Collection[str]) -> dict[str, RateByCode]:
    """The rate of overall satisfaction among those who gave each answer, by question and code, in one query.

    From totals where the scope is made of some: of all services by all channels there are a hundred times fewer.
    """
    series = scope.series
    query = of_cells(scope) if series is None else of_totals(scope, series)
    f = query.subquery().c
    keys = (f.question, f.code)
    sums = (sa.func.sum(count) for count in (f.satisfied, f.base, f.do_not_know))
    rates: dict[str, RateByCode] = defaultdict(dict)
    for question, code, *counts in db.session.execute(
        sa.select(*keys, *sums).where(f.question.in_(questions)).group_by(*keys)
    ):
        rates[question][code] = Rate(*(int(count) for count in counts))
    return dict(rates)


def of_cells(scope: Scope) -> Query:
    return within(sa.select(*table_of(CrossFigure).c), CrossFigure, scope)


def of_totals(scope: Scope, series: Collection[Series]) -> Query:
    return in_series(sa.select(*table_of(CrossTotal).c), CrossTotal, scope, series)


def in_series(
    query: Query, total: type[CodeTotal] | type[CrossTotal], scope: Scope, series: Collection[Series]
) -> Query:
    months = total.month.between(scope.first_month.first, scope.last_month.first)
    return query.where(months, total.series.in_([one.code for one in series]))


@dataclass(frozen=True)
class DriverQuestion:
    """A question that measures a driver: which of its answers say content, and which say not; others say neither."""

    driver: str
    question: str
    content: frozenset[str]
    not_content: frozenset[str]


def driver_counts(questions: Collection[DriverQuestion], found: Mapping[str, RateByCode]) -> list[DriverCounts]:
    """What key_drivers takes, from read_crosses; questions of one driver are added together."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in questions:
        for code, rate in found.get(one.question, {}).items():
            if code in one.content | one.not_content:
                place = 0 if code in one.content else 2
                sums[one.driver][place] += rate.satisfied
                sums[one.driver][place + 1] += rate.base
    return [DriverCounts(driver, (n[0], n[1]), (n[2], n[3])) for driver, n in sums.items()]

"""Ratings that the database has added up, for pages that need no finer cells: a few hundred rows instead of thousands.

Only of those who were drawn, as in a cube.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db, table_of
from surveys.people.models import Service
from surveys.rates.cube import CHANNELS, Cube, as_text
from surveys.rates.months import Month
from surveys.rates.page_models import RatingFigure
from surveys.rates.recounts import MonthCell
from surveys.rates.scope import Query, Scope, within
from surveys.rates.series import Series
from surveys.rates.statistics import Rate, together

COLUMNS = table_of(RatingFigure).c
SUMS = [sa.func.sum(count).label(count.name) for count in (COLUMNS.satisfied, COLUMNS.base, COLUMNS.do_not_know)]
EVERY_CHANNEL = ""


@dataclass(frozen=True)
class Sums:
    """places: the period as one, told as its last month. by_service: each service's months, forward, perhaps more."""

    scope: Scope
    places: Cube
    by_service: Mapping[int, Mapping[Month, Rate]]

    @cached_property
    def by_month(self) -> dict[Month, Rate]:
        parts: dict[Month, list[Rate]] = defaultdict(list)
        for months in self.by_service.values():
            for month, rate in months.items():
                parts[month].append(rate)
        return {month: together(parts[month]) for month in sorted(parts)}

    def months_of(self, series: Series) -> Mapping[Month, Rate]:
        """Raises ValueError of one channel where the scope has others: months are told over all of its channels."""
        if series.channel is not None and self.scope.channels != frozenset({series.channel}):
            raise ValueError("these months are not of one channel")
        return self.by_month if series.service is None else self.by_service.get(series.service, {})


def read_sums(scope: Scope, first_month: Month, last_month: Month) -> Sums:
    """The places of a scope's months, and the months from the first to the last, in one query."""
    longer = replace(scope, first_month=first_month, last_month=last_month)
    rates: dict[MonthCell, Rate] = {}
    names: dict[int, str] = {}
    months: dict[int, dict[Month, Rate]] = defaultdict(dict)
    for month, service, channel, satisfied, base, do_not_know, name in rows_of(by_months(longer), by_places(scope)):
        rate = Rate(satisfied, base, do_not_know)
        if channel == EVERY_CHANNEL:
            months[service][Month.of(month)] = rate
        else:
            rates[Month.of(month), service, CHANNELS[channel]] = rate
            names[service] = name
    in_turn = {service: {month: own[month] for month in sorted(own)} for service, own in months.items()}
    return Sums(scope, Cube(rates, names), in_turn)


def read_places(scope: Scope) -> Cube:
    """The months of a scope as one, told as the last of them."""
    rates: dict[MonthCell, Rate] = {}
    names: dict[int, str] = {}
    for month, service, channel, satisfied, base, do_not_know, name in rows_of(by_places(scope)):
        rates[Month.of(month), service, CHANNELS[channel]] = Rate(satisfied, base, do_not_know)
        names[service] = name
    return Cube(rates, names)


def read_months(scope: Scope) -> dict[Month, Rate]:
    """All places of a scope together, month by month."""
    f = COLUMNS
    query = within(sa.select(f.month, *SUMS).group_by(f.month).order_by(f.month), f, scope)
    return {Month.of(month): Rate(*counts) for month, *counts in db.session.execute(query).all()}


def by_months(scope: Scope) -> Query:
    f = COLUMNS
    query = sa.select(f.month, f.service_id, sa.literal(EVERY_CHANNEL).label("way"), *SUMS)
    return within(query.group_by(f.month, f.service_id), f, scope)


def by_places(scope: Scope) -> Query:
    f = COLUMNS
    month = sa.literal(scope.last_month.first, f.month.type).label("month")
    query = sa.select(month, f.service_id, as_text(f.channel).label("way"), *SUMS)
    return within(query.group_by(f.service_id, f.channel), f, scope)


def rows_of(*queries: Query) -> Any:
    """Their rows in one statement, each with its service's name."""
    f, s = sa.union_all(*queries).subquery().c, table_of(Service).c
    return db.session.execute(sa.select(*f, s.name).where(s.id == f.service_id)).all()

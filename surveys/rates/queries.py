"""Rates from the day figures: by month, by service and channel, within what a person may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.rates.models import DayFigure
from surveys.rates.roll_up import RATING
from surveys.rates.statistics import Rate, rate_of


@dataclass(frozen=True)
class Scope:
    """What a figure is about. services None means all of the council's; an empty set means none."""

    starts_on: date
    ends_on: date
    services: frozenset[int] | None
    channels: frozenset[Channel] | None


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @property
    def label(self) -> str:
        return f"{date(self.year, self.month, 1):%B %Y}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)


@dataclass(frozen=True)
class Figures:
    """One reading of the day figures, cut three ways. Rates add up: they are counts."""

    overall: Rate
    by_month: dict[Month, Rate]
    by_service: dict[str, Rate]
    by_service_and_channel: dict[tuple[str, Channel], Rate]


def read_figures(scope: Scope) -> Figures:
    """Every rate of a scope, in one query whose cost does not grow with the number of answers."""
    year, month = sa.extract("year", DayFigure.day), sa.extract("month", DayFigure.day)
    query = (
        sa.select(
            year.label("year"),
            month.label("month"),
            Service.name.label("service"),
            DayFigure.channel,
            DayFigure.code,
            sa.func.sum(DayFigure.count).label("n"),
        )
        .join(Service, Service.id == DayFigure.service_id)
        .where(DayFigure.question == RATING, DayFigure.mode.not_in(UNDRAWN))
        .where(DayFigure.day.between(scope.starts_on, scope.ends_on))
        .group_by(year, month, Service.name, DayFigure.channel, DayFigure.code)
    )
    return cut(db.session.execute(within(query, scope)))


def within(query: sa.Select[*tuple[Any, ...]], scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    if scope.services is not None:
        query = query.where(DayFigure.service_id.in_(scope.services))
    if scope.channels is not None:
        query = query.where(DayFigure.channel.in_(scope.channels))
    return query


def cut(rows: Iterable[Any]) -> Figures:
    overall: dict[str, int] = defaultdict(int)
    months: dict[Month, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    services: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    pairs: dict[tuple[str, Channel], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        n = int(row.n)
        overall[row.code] += n
        months[Month(int(row.year), int(row.month))][row.code] += n
        services[row.service][row.code] += n
        pairs[(row.service, row.channel)][row.code] += n
    order = list(Channel)
    return Figures(
        overall=rate_of(overall),
        by_month={m: rate_of(months[m]) for m in sorted(months, key=lambda m: m.first)},
        by_service={name: rate_of(services[name]) for name in sorted(services)},
        by_service_and_channel={
            pair: rate_of(pairs[pair]) for pair in sorted(pairs, key=lambda p: (p[0], order.index(p[1])))
        },
    )


def last_day() -> date | None:
    """The newest day with a figure, which is where a dashboard's default period ends."""
    return db.session.scalar(sa.select(sa.func.max(DayFigure.day)))

"""The ratings of those who were drawn, by month, service and channel: read once, then cut and summed in memory."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.db import db, table_of
from surveys.people.models import Service
from surveys.rates.months import Month
from surveys.rates.page_models import RatingFigure
from surveys.rates.recounts import MonthCell
from surveys.rates.scope import Scope, within
from surveys.rates.series import Series
from surveys.rates.statistics import Rate, together

Pair = tuple[int, Channel]
ORDER = {channel: place for place, channel in enumerate(Channel)}
CHANNELS = {channel.value: channel for channel in Channel}

Cell = TypeVar("Cell")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Cube:
    """Rates by (month, service, channel), only where somebody answered. names: of the services among them.

    Rates add up, for they are counts. Cuts are in order: months forward, services by name, channels as ever.
    """

    rates: Mapping[MonthCell, Rate]
    names: Mapping[int, str]

    def part(
        self,
        months: Collection[Month] | None = None,
        services: Collection[int] | None = None,
        channels: Collection[Channel] | None = None,
    ) -> "Cube":
        """What is left within these; None means all of them."""
        kept = {
            cell: rate
            for cell, rate in self.rates.items()
            if (months is None or cell[0] in months)
            and (services is None or cell[1] in services)
            and (channels is None or cell[2] in channels)
        }
        return Cube(kept, self.names)

    def as_one(self, months: Collection[Month], told_as: Month) -> "Cube":
        """These months together, told as one: for who cuts them by place again and again."""
        pairs = self.part(months).by_pair
        return Cube({(told_as, *pair): rate for pair, rate in pairs.items()}, self.names)

    def months_of(self, series: Series) -> Mapping[Month, Rate]:
        """The months of one series: those of every service, or of every channel, are added up at once and kept."""
        if series == Series():
            return self.by_month
        if series.service is None:
            return self.months_by_channel.get(series.channel, {})
        if series.channel is None:
            return self.months_by_service.get(series.service, {})
        return self.part(services=(series.service,), channels=(series.channel,)).by_month

    @cached_property
    def overall(self) -> Rate:
        return together(self.by_pair.values())

    @cached_property
    def by_month(self) -> dict[Month, Rate]:
        found = added_up(self.rates, itemgetter(0))
        return {month: found[month] for month in sorted(found)}

    @cached_property
    def by_service(self) -> dict[int, Rate]:
        # The pairs are in the order of their services' names already.
        return added_up(self.by_pair, itemgetter(0))

    @cached_property
    def by_channel(self) -> dict[Channel, Rate]:
        found = added_up(self.by_pair, itemgetter(1))
        return {channel: found[channel] for channel in sorted(found, key=ORDER.__getitem__)}

    @cached_property
    def by_pair(self) -> dict[Pair, Rate]:
        found = added_up(self.rates, itemgetter(1, 2))
        return {pair: found[pair] for pair in sorted(found, key=lambda p: (self.name(p[0]), p[0], ORDER[p[1]]))}

    @cached_property
    def months_by_service(self) -> dict[int, dict[Month, Rate]]:
        return in_turn(added_up(self.rates, itemgetter(1, 0)))

    @cached_property
    def months_by_channel(self) -> dict[Channel | None, dict[Month, Rate]]:
        return in_turn(added_up(self.rates, itemgetter(2, 0)))

    def name(self, service: int) -> str:
        return self.names[service]


def added_up(rates: Mapping[Cell, Rate], key: Callable[[Cell], Key]) -> dict[Key, Rate]:
    """The rate of each key, its cells together, in the order in which the keys come."""
    parts: dict[Key, list[Rate]] = defaultdict(list)
    for cell, rate in rates.items():
        parts[key(cell)].append(rate)
    return {kind: Rate(*map(sum, zip(*some, strict=True))) for kind, some in parts.items()}


def in_turn(rates: Mapping[tuple[Key, Month], Rate]) -> dict[Key, dict[Month, Rate]]:
    """The months of each key, forward."""
    found: dict[Key, dict[Month, Rate]] = defaultdict(dict)
    for key, month in sorted(rates, key=itemgetter(1)):
        found[key][month] = rates[key, month]
    return dict(found)


def as_text(channel: sa.Column[Channel]) -> sa.ColumnElement[str]:
    """For a reader of many rows, who finds the channel itself in CHANNELS: SQLAlchemy takes far longer over each."""
    return sa.type_coerce(channel, sa.String(30))


def read_cube(scope: Scope) -> Cube:
    """Every rating of a scope, in one query whose cost does not grow with the answers."""
    f, s = table_of(RatingFigure).c, table_of(Service).c
    query = sa.select(f.month, f.service_id, as_text(f.channel), f.satisfied, f.base, f.do_not_know, s.name)
    rows = db.session.execute(within(query.where(s.id == f.service_id), f, scope)).all()
    rates: dict[MonthCell, Rate] = {}
    names: dict[int, str] = {}
    for month, service, channel, satisfied, base, do_not_know, name in rows:
        rates[Month.of(month), service, CHANNELS[channel]] = Rate(satisfied, base, do_not_know)
        names[service] = name
    return Cube(rates, names)

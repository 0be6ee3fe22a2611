"""The ratings of those who were drawn, by month, service and channel: read once, then cut and summed in memory."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Satisfaction
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.recounts import RATING, MonthCell
from surveys.rates.revising import counted_in
from surveys.rates.scope import Scope, within
from surveys.rates.statistics import Rate

Pair = tuple[int, Channel]
ORDER = {channel: place for place, channel in enumerate(Channel)}

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
        kept: dict[MonthCell, Rate] = {}
        for (service, channel), cells in self.places.items():
            if (services is None or service in services) and (channels is None or channel in channels):
                kept |= cells if months is None else {cell: cells[cell] for cell in cells if cell[0] in months}
        return Cube(kept, self.names)

    @cached_property
    def places(self) -> Mapping[Pair, dict[MonthCell, Rate]]:
        """The cells of each service and channel: a page takes dozens of parts of one cube."""
        found: dict[Pair, dict[MonthCell, Rate]] = {}
        for cell, rate in self.rates.items():
            found.setdefault(cell[1:], {})[cell] = rate
        return found

    @cached_property
    def overall(self) -> Rate:
        return self.cut(lambda _cell: None).get(None, Rate(0, 0, 0))

    @cached_property
    def by_month(self) -> dict[Month, Rate]:
        found = self.cut(itemgetter(0))
        return {month: found[month] for month in sorted(found)}

    @cached_property
    def by_service(self) -> dict[int, Rate]:
        found = self.cut(itemgetter(1))
        return {service: found[service] for service in sorted(found, key=self.name)}

    @cached_property
    def by_channel(self) -> dict[Channel, Rate]:
        found = self.cut(itemgetter(2))
        return {channel: found[channel] for channel in sorted(found, key=ORDER.__getitem__)}

    @cached_property
    def by_pair(self) -> dict[Pair, Rate]:
        found = self.cut(itemgetter(1, 2))
        return {pair: found[pair] for pair in sorted(found, key=lambda p: (self.name(p[0]), ORDER[p[1]]))}

    def cut(self, key: Callable[[MonthCell], Key]) -> dict[Key, Rate]:
        """The rate of each key, its cells together."""
        sums: dict[Key, list[int]] = {}
        for cell, rate in self.rates.items():
            found = sums.get(kind := key(cell))
            if found is None:
                sums[kind] = [rate.satisfied, rate.base, rate.do_not_know]
                continue
            found[0] += rate.satisfied
            found[1] += rate.base
            found[2] += rate.do_not_know
        return {key: Rate(*counts) for key, counts in sums.items()}

    def name(self, service: int) -> str:
        return self.names[service]


def read_cube(scope: Scope) -> Cube:
    """Every rating of a scope, in one query whose cost does not grow with the answers."""
    f = MonthFigure
    keys = (f.month, f.service_id, f.channel)
    sums = (counted_in(SATISFIED), counted_in(FIVE_POINTS), counted_in((Satisfaction.DO_NOT_KNOW,)))
    summed = sa.select(*keys, *sums).where(f.question == RATING, f.mode.not_in(UNDRAWN)).group_by(*keys)
    cells = within(summed, f, scope).subquery().c
    rows: Iterable[Any] = db.session.execute(sa.select(*cells, Service.name).where(Service.id == cells.service_id))
    rates: dict[MonthCell, Rate] = {}
    names: dict[int, str] = {}
    for month, service, channel, satisfied, base, do_not_know, name in rows:
        rates[Month.of(month), service, channel] = Rate(int(satisfied), int(base), int(do_not_know))
        names[service] = name
    return Cube(rates, names)

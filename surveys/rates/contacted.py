"""Everybody who got in touch, asked or not: totals to weight by, who could not be reached, where asking ended."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db, table_of
from surveys.people.models import Service
from surveys.rates.collapsing import Cell
from surveys.rates.cube import CHANNELS, Cube, Pair, as_text
from surveys.rates.models import Disposition
from surveys.rates.months import Month
from surveys.rates.page_counts import DISPOSITION_COLUMNS, OUTCOME_COLUMNS
from surveys.rates.page_models import ContactTotal
from surveys.rates.recounts import MonthCell
from surveys.rates.response_rates import Dispositions
from surveys.rates.scope import Scope, within
from surveys.sampling.models import Outcome

# Nobody can be asked who left no address that words can be sent to.
OUT_OF_REACH = (Outcome.UNREACHABLE, Outcome.LANDLINE)
COLUMNS = table_of(ContactTotal).c
SUMS = [sa.func.sum(COLUMNS[name]) for name in (*OUTCOME_COLUMNS.values(), *DISPOSITION_COLUMNS.values())]


@dataclass(frozen=True)
class Place:
    """A service as weighting sees it: thin services are joined within their area."""

    name: str
    area: str


@dataclass(frozen=True)
class Population:
    """How many contacts there really were, by (month, service, channel); a contact loaded twice is one."""

    contacts: Mapping[MonthCell, int]
    places: Mapping[int, Place]

    @property
    def total(self) -> int:
        return sum(self.contacts.values())

    def as_one(self, months: Collection[Month], told_as: Month) -> "Population":
        """These months together, told as one."""
        contacts: dict[MonthCell, int] = defaultdict(int)
        for (month, service, channel), count in self.contacts.items():
            if month in months:
                contacts[told_as, service, channel] += count
        return Population(contacts, self.places)


def read_population(scope: Scope) -> Population:
    """The contacts of a scope, duplicates left out, in one query."""
    t, s = COLUMNS, table_of(Service).c
    loaded = sum((t[name] for outcome, name in OUTCOME_COLUMNS.items() if outcome != Outcome.DUPLICATE), sa.literal(0))
    query = sa.select(t.month, t.service_id, as_text(t.channel), loaded, s.name, s.area)
    rows = db.session.execute(within(query.where(s.id == t.service_id, loaded > 0), t, scope)).all()
    contacts: dict[MonthCell, int] = {}
    places: dict[int, Place] = {}
    for month, service, channel, count, name, area in rows:
        contacts[Month.of(month), service, CHANNELS[channel]] = count
        if service not in places:
            places[service] = Place(name, area)
    return Population(contacts, places)


def strata(cube: Cube, population: Population, month: Month | None = None) -> list[Cell]:
    """A cell for each service and channel, over all months of the cube or one of them, to give to weighted_rate.

    Its key is (area, service's number, channel).
    """
    contacts: Counter[Pair] = Counter()
    for (when, service, channel), count in population.contacts.items():
        if month is None or when == month:
            contacts[(service, channel)] += count
    rates = (cube if month is None else cube.part(months=(month,))).by_pair
    nowhere = Place("", "")
    return [
        Cell(
            key=(population.places.get(service, nowhere).area, str(service), channel.value),
            population=contacts[(service, channel)],
            base=rates[(service, channel)].base if (service, channel) in rates else 0,
            satisfied=rates[(service, channel)].satisfied if (service, channel) in rates else 0,
        )
        for service, channel in sorted({*contacts, *rates})
    ]


@dataclass(frozen=True)
class Outcomes:
    """Contacts by what the draw said of them, and the selected by where asking them ended."""

    by_outcome: Mapping[str, int] = field(default_factory=dict)
    by_disposition: Mapping[Disposition, int] = field(default_factory=dict)

    @property
    def loaded(self) -> int:
        return sum(self.by_outcome.values())

    @property
    def contacts(self) -> int:
        """Without those that were loaded twice."""
        return self.loaded - self.by_outcome.get(Outcome.DUPLICATE, 0)

    @property
    def selected(self) -> int:
        return self.by_outcome.get(Outcome.SELECTED, 0)

    @property
    def out_of_reach(self) -> int:
        """Those whom no sample can hold: no address at all, or a landline only."""
        return sum(self.by_outcome.get(outcome, 0) for outcome in OUT_OF_REACH)

    @property
    def waiting(self) -> int:
        """Asked, and may still answer: in no response rate yet."""
        return self.by_disposition.get(Disposition.WAITING, 0)

    @property
    def not_sent(self) -> int:
        """Selected and never asked: outside the sample, and told beside it."""
        return self.by_disposition.get(Disposition.NOT_SENT, 0)

    @cached_property
    def dispositions(self) -> Dispositions:
        """To give to response_rates. Those who wait and those never asked are in none of them."""
        n, d = self.by_disposition, Disposition
        return Dispositions(
            complete=n.get(d.COMPLETE, 0),
            partial=n.get(d.PARTIAL, 0),
            refusal=n.get(d.REFUSAL, 0),
            non_contact=n.get(d.NON_CONTACT, 0),
            other=0,
            unknown=n.get(d.UNKNOWN, 0),
            not_eligible=n.get(d.NOT_ELIGIBLE, 0),
        )


def together(some: Iterable[Outcomes]) -> Outcomes:
    """Several places or months as one."""
    outcomes: dict[str, int] = defaultdict(int)
    dispositions: dict[Disposition, int] = defaultdict(int)
    for one in some:
        for outcome, count in one.by_outcome.items():
            outcomes[outcome] += count
        for ended, count in one.by_disposition.items():
            dispositions[ended] += count
    return Outcomes(dict(outcomes), dict(dispositions))


def read_outcomes(scope: Scope) -> dict[Pair, Outcomes]:
    """The whole period by service and channel, in one query."""
    found = outcomes_by(scope, COLUMNS.service_id, as_text(COLUMNS.channel))
    return {(service, CHANNELS[channel]): found[service, channel] for service, channel in sorted(found)}


def read_outcomes_by_month(scope: Scope) -> dict[Month, Outcomes]:
    """All places of the scope together, month by month, in one query."""
    found = outcomes_by(scope, COLUMNS.month)
    return {Month.of(key[0]): found[key] for key in sorted(found)}


def outcomes_by(scope: Scope, *keys: Any) -> dict[tuple[Any, ...], Outcomes]:
    query = within(sa.select(*keys, *SUMS).group_by(*keys), COLUMNS, scope)
    at = len(keys)
    return {tuple(row[:at]): outcomes_of(row[at:]) for row in db.session.execute(query).all()}


def outcomes_of(counts: Sequence[Any]) -> Outcomes:
    """From sums in the order of the columns; what nobody is counted in is left out."""
    at = len(OUTCOME_COLUMNS)
    return Outcomes(
        {outcome: int(count) for outcome, count in zip(OUTCOME_COLUMNS, counts[:at], strict=True) if count},
        {ended: int(count) for ended, count in zip(DISPOSITION_COLUMNS, counts[at:], strict=True) if count},
    )

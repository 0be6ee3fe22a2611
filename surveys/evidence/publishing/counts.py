"""The counts that a publication is made of, as tables to protect: those that share totals are one table."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.evidence.figures.results import ALL
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.models import Service
from surveys.rates.contacted import Outcomes, read_outcomes
from surveys.rates.cube import Cube, read_cube
from surveys.rates.models import WAITING_FOR_THE_DRAW
from surveys.rates.protection_tables import Counts, Dimension, Key, Table
from surveys.rates.statistics import Rate
from surveys.sampling.models import Outcome

# What the public reads of the draw. Small kinds are told together, so that fewer of them must be hidden.
STAGES: Mapping[str, tuple[str, ...]] = {
    "chosen": (Outcome.SELECTED,),
    "not_chosen": (Outcome.NOT_DRAWN,),
    "asked_recently": (Outcome.ASKED_RECENTLY,),
    "said_stop": (Outcome.OPTED_OUT,),
    "no_address": (Outcome.UNREACHABLE, Outcome.LANDLINE),
    "left_out": (Outcome.TOO_OLD, Outcome.EXCLUDED_BY_RULE, WAITING_FOR_THE_DRAW),
}
CHANNELS = tuple(channel.value for channel in Channel)


@dataclass(frozen=True)
class Counted:
    """rates: service by channel by month, of which only channels and months apart are printed. names: by short name."""

    rates: Table
    funnel: Table
    names: Mapping[str, str]


def counted(quarter: Quarter, services: Iterable[str] | None = None) -> Counted:
    """What stands now; services: only these, where a new version may tell of no others than the first."""
    rows = db.session.execute(sa.select(Service.id, Service.slug, Service.name)).all()
    slugs = {row.id: row.slug for row in rows}
    names = {row.slug: row.name for row in rows}
    cube, outcomes = read_cube(quarter.scope), read_outcomes(quarter.scope)
    found = {slugs[service] for service, _ in (*cube.by_pair, *outcomes)}
    wanted = tuple(sorted(found)) if services is None else tuple(services)
    rates = rates_table(quarter, wanted, rating_leaves(quarter, cube, outcomes, slugs))
    return Counted(rates, funnel_table(wanted, outcomes, slugs), {slug: names.get(slug, slug) for slug in wanted})


def rating_leaves(
    quarter: Quarter, cube: Cube, outcomes: Mapping[tuple[int, Channel], Outcomes], slugs: Mapping[int, str]
) -> dict[Key, Counts]:
    """A leaf for each month of each service and channel that anybody got in touch by, also where nobody answered."""
    places = {*cube.by_pair, *outcomes}
    rates = cube.rates
    nobody = Rate(0, 0, 0)
    return {
        (slugs[service], channel.value, str(month)): counts_of(rates.get((month, service, channel), nobody))
        for service, channel in places
        for month in quarter.months
    }


def counts_of(rate: Rate) -> Counts:
    return Counts(rate.satisfied, rate.base, rate.all_base)


def rates_table(quarter: Quarter, services: tuple[str, ...], leaves: Mapping[Key, Counts]) -> Table:
    months = tuple(str(month) for month in quarter.months)
    kept = {key: leaves[key] for key in sorted(leaves) if key[0] in services}
    whole = Table((with_total(services), with_total(CHANNELS), with_total(months)), kept)
    return Table(whole.dimensions, kept, frozenset(key for key in whole.cells if ALL in key[1:]))


def funnel_table(
    services: tuple[str, ...], outcomes: Mapping[tuple[int, Channel], Outcomes], slugs: Mapping[int, str]
) -> Table:
    """Contacts, not people. Half of each count stands for a share, which is never told."""
    counts: Counter[Key] = Counter({(service, stage): 0 for service in services for stage in STAGES})
    for (service, _), found in outcomes.items():
        for stage, kinds in STAGES.items():
            counts[slugs[service], stage] += sum(found.by_outcome.get(kind, 0) for kind in kinds)
    leaves = {key: Counts(n // 2, n, n) for key, n in sorted(counts.items()) if key[0] in services}
    return Table((with_total(services), with_total(tuple(STAGES))), leaves)


def with_total(codes: tuple[str, ...]) -> Dimension:
    return Dimension(codes, {ALL: codes})

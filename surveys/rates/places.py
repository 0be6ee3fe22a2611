"""Counts by service and channel with all their totals, as managers may see them: one table, protected once."""

from collections.abc import Iterable, Mapping

from surveys.contacts.models import Channel
from surveys.rates.contacted import Population, strata
from surveys.rates.cube import Cube, Pair
from surveys.rates.months import Month
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Key, Shown, Table
from surveys.rates.series import ALL, Series
from surveys.rates.weighting import WeightedRate, weighted_rate


def shown_counts(counts: Mapping[Pair, Counts]) -> dict[Series, Shown]:
    """What a manager may see of every service and channel, and of every total of them."""
    services = dimension(dict.fromkeys(str(service) for service, _ in counts))
    channels = dimension(dict.fromkeys(channel.value for _, channel in counts))
    leaves: dict[Key, Counts] = {(str(service), channel.value): found for (service, channel), found in counts.items()}
    shown = protect(Table((services, channels), leaves), View.MANAGERS).shown
    return {series_of(service, channel): found for (service, channel), found in shown.items()}


def dimension(leaves: Iterable[str]) -> Dimension:
    """These leaves and one total of all of them."""
    leaves = tuple(leaves)
    return Dimension(leaves, {ALL: leaves})


def series_of(service: str, channel: str) -> Series:
    return Series(None if service == ALL else int(service), None if channel == ALL else Channel(channel))


def part_of(cube: Cube, series: Series, months: Iterable[Month] | None = None) -> Cube:
    """What a series counts of the cube."""
    return cube.part(
        months=None if months is None else frozenset(months),
        services=None if series.service is None else {series.service},
        channels=None if series.channel is None else {series.channel},
    )


def weighted_of(part: Cube, population: Population, months: Iterable[Month], series: Series) -> WeightedRate | None:
    """A series weighted to its contacts of these months; None where nobody answered, or nobody got in touch."""
    wanted = frozenset(months)
    contacts = {
        cell: count
        for cell, count in population.contacts.items()
        if cell[0] in wanted and series.service in (None, cell[1]) and series.channel in (None, cell[2])
    }
    return weighted_rate(strata(part, Population(contacts, population.places)))

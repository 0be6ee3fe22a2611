"""Rates as a manager may see them: every cut of a page passes through the protection of small numbers here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.rates.cube import Cube, Pair
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Key, Shown, Table
from surveys.rates.statistics import Rate

EVERYTHING = "all"


def counts_of(rate: Rate) -> Counts:
    return Counts(rate.satisfied, rate.base, rate.all_base)


def shown_alone(rate: Rate) -> Shown:
    table = Table((Dimension((EVERYTHING,)),), {(EVERYTHING,): counts_of(rate)})
    return protect(table, View.MANAGERS).shown[(EVERYTHING,)]


def shown_parts(parts: Sequence[Rate]) -> list[Shown]:
    """Parts of a whole that the page prints too, in their order: none can be told as the whole less the rest."""
    leaves = tuple(str(place) for place in range(len(parts)))
    table = Table(
        (Dimension(leaves, {EVERYTHING: leaves}),),
        {(leaf,): counts_of(rate) for leaf, rate in zip(leaves, parts, strict=True)},
    )
    shown = protect(table, View.MANAGERS).shown
    return [shown[(leaf,)] for leaf in leaves]


@dataclass(frozen=True)
class ShownPlaces:
    """Services by channels with both totals, as one table: what one of them hides, no other gives away."""

    pairs: Mapping[Pair, Shown]
    services: Mapping[int, Shown]
    channels: Mapping[Channel, Shown]
    whole: Shown


def shown_places(cube: Cube) -> ShownPlaces:
    rates = cube.by_pair
    services = {str(service): service for service in cube.by_service}
    channels = {channel.value: channel for channel in cube.by_channel}
    if not rates:
        return ShownPlaces({}, {}, {}, shown_alone(Rate(0, 0, 0)))
    dimensions = tuple(Dimension(tuple(codes), {EVERYTHING: tuple(codes)}) for codes in (services, channels))
    leaves: dict[Key, Counts] = {
        (str(service), channel.value): counts_of(rate) for (service, channel), rate in rates.items()
    }
    shown = protect(Table(dimensions, leaves), View.MANAGERS).shown
    return ShownPlaces(
        pairs={(service, channel): shown[(str(service), channel.value)] for service, channel in rates},
        services={service: shown[(code, EVERYTHING)] for code, service in services.items()},
        channels={channel: shown[(EVERYTHING, code)] for code, channel in channels.items()},
        whole=shown[(EVERYTHING, EVERYTHING)],
    )

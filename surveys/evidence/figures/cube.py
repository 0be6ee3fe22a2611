"""The tally as pages read their figures, so that the pack follows the very rules that dashboards follow. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.evidence.figures.results import ALL
from surveys.evidence.figures.tally import Tally
from surveys.rates.contacted import Place, Population
from surveys.rates.cube import Cube
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.statistics import rate_of


@dataclass(frozen=True)
class Known:
    """The council's services: their short names and places by number."""

    slugs: Mapping[int, str]
    places: Mapping[int, Place]

    @property
    def numbers(self) -> dict[str, int]:
        return {slug: number for number, slug in self.slugs.items()}

    def cells(self, series: Series) -> tuple[str, str]:
        """A series as a pack writes it: (short name or "all", channel or "all")."""
        service = ALL if series.service is None else self.slugs[series.service]
        return service, ALL if series.channel is None else series.channel.value


def cube_of(tally: Tally, known: Known) -> Cube:
    """The ratings of the drawn that the pack holds, by month, service and channel."""
    numbers = known.numbers
    rates = {
        (Month.read(month), numbers[service], Channel(channel)): rate_of(counts)
        for (service, channel, month), counts in tally.ratings.items()
    }
    return Cube(rates, {number: place.name for number, place in known.places.items()})


def population_of(tally: Tally, known: Known) -> Population:
    numbers = known.numbers
    contacts = {
        (Month.read(month), numbers[service], Channel(channel)): count
        for (service, channel, month), count in tally.monthly.items()
    }
    return Population(contacts, known.places)

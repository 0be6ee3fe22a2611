"""What pages of rates are made of, read with a fixed number of queries however many answers there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.dashboards.pages.asked import Asked
from surveys.dashboards.pages.filters import series_of
from surveys.dashboards.pages.shown_cuts import ShownPlaces, shown_places
from surveys.dashboards.trends.trend import Drawn, Trend, drawn
from surveys.rates.baselines import Frozen, baseline_for
from surveys.rates.contacted import Outcomes, Place, Population, read_outcomes, strata, together
from surveys.rates.cube import Pair
from surveys.rates.months import Month, months_between
from surveys.rates.notes import Note, notes_for
from surveys.rates.response_rates import ResponseRates, response_rates
from surveys.rates.series import Series
from surveys.rates.sums import Sums, read_sums
from surveys.rates.targets import SetTarget, targets_in_force
from surveys.rates.weighting import WeightedRate, weighted_rate
from surveys.rates.wordings import Changes, RatingWordings, read_rating_wordings


@dataclass(frozen=True)
class Figures:
    """sums: places of the period, and the months of each service from the first month of any baseline on.

    series: what the page as a whole is about; None where that is a choice nobody sets anything for.
    """

    asked: Asked
    series: Series | None
    sums: Sums
    wordings: RatingWordings
    outcomes: Mapping[Pair, Outcomes]
    baselines: Mapping[Series, Frozen]
    targets: Mapping[Series, Mapping[Month, SetTarget]]
    notes: Sequence[Note]

    @cached_property
    def shown(self) -> ShownPlaces:
        return shown_places(self.sums.places)

    @property
    def weighted(self) -> WeightedRate | None:
        """To all contacts of the period; None where nobody answered."""
        places = {service.id: Place(service.name, service.area) for service in self.asked.services}
        month = self.asked.filters.last_month
        contacts = {(month, service, channel): found.contacts for (service, channel), found in self.outcomes.items()}
        return weighted_rate(strata(self.sums.places, Population(contacts, places)))

    @property
    def asked_people(self) -> int:
        """Those the response rate is of: asked, and not still waiting to answer."""
        ended = together(self.outcomes.values()).dispositions
        return ended.eligible + ended.unknown

    @property
    def response(self) -> ResponseRates:
        return response_rates(together(self.outcomes.values()).dispositions)

    @cached_property
    def months(self) -> frozenset[Month]:
        """Of the period."""
        return frozenset(months_between(self.asked.filters.first_month, self.asked.filters.last_month))

    @cached_property
    def trend(self) -> Drawn:
        return self.trend_of(self.series, "Satisfaction")

    def trend_of(self, series: Series | None, name: str) -> Drawn:
        """The months of the whole page, or of one service or channel of it, against what is set for it."""
        rates = self.sums.by_month if series is None else self.sums.months_of(series)
        by_month = {month: rate for month, rate in rates.items() if month in self.months}
        baseline = self.baselines.get(series) if series else None
        usual = {month: rates[month] for month in baseline.months if month in rates} if baseline else {}
        held = self.targets.get(series, {}) if series else {}
        targets = {month: target.share for month, target in held.items()}
        return drawn(Trend(name, by_month, usual, *self.changes_of(series), targets, frozen=baseline is not None))

    def changes_of(self, series: Series | None) -> Changes:
        scope = self.asked.scope
        return self.wordings.of(scope.services, scope.channels) if series is None else self.wordings.of_series(series)

    def target_of(self, series: Series | None) -> SetTarget | None:
        """The one in force in the newest month of the period."""
        return self.targets.get(series, {}).get(self.asked.filters.last_month) if series else None


def read_figures(asked: Asked, each: Sequence[Series] = ()) -> Figures:
    """each: further series that the page draws or judges, all within the scope. Eight queries."""
    scope, own = asked.scope, series_of(asked.scope)
    series = [*([own] if own else []), *(one for one in each if one != own)]
    filters = asked.filters
    months = months_between(filters.first_month, filters.last_month)
    baselines = baseline_for(series)
    begins = min([filters.first_month, *(one.first_month for one in baselines.values())])
    ends = max([filters.last_month, *(one.last_month for one in baselines.values())])
    noted = own or Series()
    return Figures(
        asked=asked,
        series=own,
        sums=read_sums(scope, begins, ends),
        wordings=read_rating_wordings(),
        outcomes=read_outcomes(scope),
        baselines=baselines,
        targets=targets_in_force(series, months),
        notes=notes_for([noted], filters.first_month, filters.last_month)[noted],
    )

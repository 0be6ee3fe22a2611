"""What of the week's figures one set of services may see, with small numbers protected as on the dashboards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.contacts.models import Channel
from surveys.followups.emails.charts import StandsOut
from surveys.followups.emails.readers import Granted
from surveys.followups.emails.week import Cases, Urgents, Week
from surveys.rates.comparing import Attained, Judged, against_target, compare, judge
from surveys.rates.contacted import Population, together
from surveys.rates.cube import Cube
from surveys.rates.intervals import Proportion, proportion
from surveys.rates.months import Month
from surveys.rates.places import part_of, shown_counts, weighted_of
from surveys.rates.protection_tables import Counts, Mark, Shown
from surveys.rates.response_rates import ResponseRates, response_rates
from surveys.rates.series import Series
from surveys.rates.targets import SetTarget
from surveys.rates.weighting import WeightedRate

WHOLE = Series()
NOBODY = Shown(0, 0, 0, marks=(Mark.NONE_RECORDED,))


@dataclass(frozen=True)
class Cut:
    """A week as those see it who were granted these services; None: all of them."""

    week: Week
    granted: Granted

    def covers(self, service: int) -> bool:
        return self.granted is None or service in self.granted

    @cached_property
    def cube(self) -> Cube:
        return self.week.charted.cube.part((self.week.last, self.week.running), self.granted)

    @cached_property
    def now(self) -> Mapping[Series, Shown]:
        return self.shown(self.week.running)

    @cached_property
    def before(self) -> Mapping[Series, Shown]:
        return self.shown(self.week.last)

    def shown(self, month: Month) -> Mapping[Series, Shown]:
        return shown_in(self.cube, month)

    def weighted(self, month: Month, series: Series = WHOLE) -> WeightedRate | None:
        """To the real contacts; None where there is one service and channel only, or nobody answered."""
        everybody = self.week.population
        contacts = {cell: count for cell, count in everybody.contacts.items() if self.covers(cell[1])}
        part = part_of(self.cube, series, [month])
        found = weighted_of(part, Population(contacts, everybody.places), [month], series)
        return found if found and len(found.strata) > 1 else None

    @property
    def response(self) -> ResponseRates:
        """Of the last complete month."""
        own = [found for (service, _), found in self.week.outcomes.items() if self.covers(service)]
        return response_rates(together(own).dispositions)

    @property
    def standing_out(self) -> list[StandsOut]:
        """The signals of the two months, of charts that may be seen; the newer month first."""
        found = self.week.charted.standing_out
        tables = {self.week.running: self.now, self.week.last: self.before}
        return [one for month, shown in tables.items() for one in may_be_told(found, self.granted, month, shown)]

    @property
    def urgents(self) -> Urgents:
        found = [urgents for service, urgents in self.week.urgents.items() if self.covers(service)]
        return Urgents(sum(one.waiting for one in found), sum(one.new for one in found))

    @property
    def cases(self) -> Cases:
        found = [cases for service, cases in self.week.cases.items() if self.covers(service)]
        return Cases(*(sum(getattr(one, kind) for one in found) for kind in ("new", "closed", "open", "late")))

    @cached_property
    def targets(self) -> list[tuple[SetTarget, Attained | None]]:
        """Those in force in the last complete month, held against it; None where too few answered to say."""
        own = [(series, target) for series, target in self.week.targets.items() if series.within(self.granted)]
        return [
            (target, self.held(target, self.before.get(series, NOBODY))) for series, target in sorted(own, key=place)
        ]

    def held(self, target: SetTarget, shown: Shown) -> Attained | None:
        if not shown.base or shown.share is None:
            return None
        weighted = self.weighted(self.week.last, target.series)
        rate = weighted.proportion if weighted else Proportion(shown.share, shown.base)
        return against_target(rate, target.share)


def place(found: tuple[Series, SetTarget]) -> tuple[int, str]:
    series, _ = found
    return series.service or 0, series.channel.value if isinstance(series.channel, Channel) else ""


def shown_in(cube: Cube, month: Month) -> Mapping[Series, Shown]:
    """The whole, each service and each channel of a month, and all pairs, as one protected table."""
    rates = cube.part([month]).by_pair
    counts = {pair: Counts(rate.satisfied, rate.base, rate.all_base) for pair, rate in rates.items()}
    return shown_counts(counts) if counts else {}


def may_be_told(
    found: Iterable[StandsOut], granted: Granted, month: Month, shown: Mapping[Series, Shown]
) -> list[StandsOut]:
    """Those of a month, within what was granted, whose rate is not hidden: a signal tells the rate too."""
    own = [one for one in found if one.month == month and one.series.within(granted)]
    return [one for one in own if shown.get(one.series, NOBODY).share is not None]


def changes(
    now: Mapping[Series, Shown], before: Mapping[Series, Shown], series: Sequence[Series]
) -> Mapping[Series, Judged]:
    """Each of them that can be relied upon in both months, as one family: so luck alone rarely finds a change."""
    family = {}
    for one in series:
        new, old = now.get(one, NOBODY), before.get(one, NOBODY)
        if new.reliable and old.reliable:
            family[one] = compare(counted(new), counted(old))
    return judge(family)


def counted(shown: Shown) -> Proportion:
    return proportion(shown.satisfied or 0, shown.base or 1)

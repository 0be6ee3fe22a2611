"""Targets held against the rates: met, not met, or the answers cannot tell; over the months in which each held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.dashboards.pages.shown_cuts import counts_of
from surveys.rates.comparing import Attained, Attainment, against_target
from surveys.rates.contacted import Population
from surveys.rates.cube import Cube
from surveys.rates.intervals import Proportion
from surveys.rates.months import Month, months_between
from surveys.rates.places import part_of, shown_counts, weighted_of
from surveys.rates.protection_tables import Mark, Shown
from surveys.rates.series import Series
from surveys.rates.targets import SetTarget, in_force
from surveys.rates.weighting import WeightedRate

NOBODY = Shown(0, 0, 0, marks=(Mark.NONE_RECORDED,))


@dataclass(frozen=True)
class JudgedTarget:
    """A target over the months of the period in which it held. attained None: nobody answered, or it is hidden.

    shown is the unweighted rate as managers may see it; weighted is None where there is one stratum only.
    """

    target: SetTarget
    months: Sequence[Month]
    shown: Shown
    weighted: WeightedRate | None
    attained: Attained | None

    @property
    def verdict(self) -> Attainment | None:
        return self.attained.attainment if self.attained else None


@dataclass(frozen=True)
class AddedUp:
    """Some months together, told as the last of them. shown: of each series, as managers may see it."""

    rates: Cube
    population: Population
    shown: Mapping[Series, Shown]


def judged_targets(
    newest_first: Sequence[SetTarget], period: tuple[Month, Month], cube: Cube, population: Population
) -> list[JudgedTarget]:
    """The target of each series that is in force in the period's last month, in the order of the series."""
    held = in_force(newest_first, months_between(*period))
    added_up: dict[tuple[Month, ...], AddedUp] = {}
    found = []
    for series in sorted(held, key=place):
        target = held[series].get(period[1])
        if target is None:
            continue
        months = tuple(month for month, holds in held[series].items() if holds.id == target.id)
        if months not in added_up:
            added_up[months] = add_up(months, cube, population)
        found.append(judged(target, months, added_up[months]))
    return found


def add_up(months: Sequence[Month], cube: Cube, population: Population) -> AddedUp:
    wanted = frozenset(months)
    rates = cube.as_one(wanted, months[-1])
    shown = shown_counts({pair: counts_of(rate) for pair, rate in rates.by_pair.items()})
    return AddedUp(rates, population.as_one(wanted, months[-1]), shown)


def place(series: Series) -> tuple[bool, int, bool, str]:
    """All services first, then by service; all channels before each."""
    channel = series.channel.value if series.channel else ""
    return series.service is not None, series.service or 0, series.channel is not None, channel


def judged(target: SetTarget, months: Sequence[Month], added_up: AddedUp) -> JudgedTarget:
    shown = added_up.shown.get(target.series, NOBODY)
    if not shown.base or shown.share is None:
        return JudgedTarget(target, months, shown, None, None)
    part = part_of(added_up.rates, target.series)
    weighted = weighted_of(part, added_up.population, months[-1:], target.series)
    if weighted is None or len(weighted.strata) == 1:
        return JudgedTarget(
            target, months, shown, None, against_target(Proportion(shown.share, shown.base), target.share)
        )
    return JudgedTarget(target, months, shown, weighted, against_target(weighted.proportion, target.share))

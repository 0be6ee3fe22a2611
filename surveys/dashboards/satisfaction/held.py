"""A rate held against its target: over the months of the period in which the target has been in force."""

from dataclasses import dataclass

from surveys.dashboards.pages.filters import in_words
from surveys.dashboards.satisfaction.figures import Figures
from surveys.rates.comparing import Attained, against_target
from surveys.rates.intervals import Proportion
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.series import Series
from surveys.rates.statistics import together
from surveys.rates.targets import SetTarget


@dataclass(frozen=True)
class Held:
    """period: the months that were counted, in words."""

    target: SetTarget
    attained: Attained
    period: str


def held_against(figures: Figures, series: Series | None) -> Held | None:
    """The target that is in force in the newest month; None without one, or where too few answered to show a rate."""
    target = figures.target_of(series)
    if series is None or target is None:
        return None
    filters = figures.asked.filters
    since = max(target.from_month, filters.first_month)
    months = figures.sums.months_of(series)
    rate = together(rate for month, rate in months.items() if since <= month <= filters.last_month)
    if rate.share is None or rate.base < SMALLEST_FOR_MANAGERS:
        return None
    attained = against_target(Proportion(rate.share, rate.base), target.share)
    return Held(target, attained, in_words(since, filters.last_month))

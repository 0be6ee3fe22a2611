"""Control charts of a share over time: did it really move?

p and Laney p' charts against a frozen baseline; run charts before there is one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from statistics import fmean, median

from surveys.rates.signals import Signals, signals_of

LEAST_BASELINE = 12
LEAST_BASE = 10
# The mean distance of two neighbours from a normal distribution, in standard deviations: d2 for pairs.
D2 = 1.128


@dataclass(frozen=True)
class Period:
    """The answers of one period, or of several joined because they were few."""

    labels: tuple[str, ...]
    satisfied: int
    base: int

    def __post_init__(self) -> None:
        if not 0 <= self.satisfied <= self.base:
            raise ValueError("the satisfied must lie between 0 and the base")

    @property
    def share(self) -> float:
        """Only of a period with answers."""
        return self.satisfied / self.base


@dataclass(frozen=True)
class Baseline:
    """What is usual. sigma_z above 1: periods differ by more than chance would have it, and it widens the limits."""

    centre: float
    sigma_z: float

    @property
    def laney(self) -> bool:
        return self.sigma_z > 1

    def sigma(self, base: int) -> float:
        """The standard error of a period's share. sigma_z below 1 never narrows it."""
        return sqrt(self.centre * (1 - self.centre) / base) * max(1.0, self.sigma_z)

    def limits(self, base: int) -> tuple[float, float]:
        """Lower and upper, 3 sigma from the centre."""
        return self.within(self.sigma(base))

    def within(self, sigma: float) -> tuple[float, float]:
        return max(0.0, self.centre - 3 * sigma), min(1.0, self.centre + 3 * sigma)


@dataclass(frozen=True)
class Point:
    """One period on a chart. lower and upper are the 3 sigma limits, None on a run chart."""

    period: Period
    lower: float | None
    upper: float | None
    signals: Signals


@dataclass(frozen=True)
class Chart:
    """The points between two breaks of a series. centre is the baseline's, or on a run chart the median.

    waiting has the newest periods while they are too few to be a point: the next period joins them.
    """

    points: tuple[Point, ...]
    centre: float | None
    baseline: Baseline | None
    waiting: Period | None

    @property
    def run_chart(self) -> bool:
        return self.baseline is None


@dataclass(frozen=True)
class Segment:
    """The periods between two breaks, and those of them a person froze as the baseline (with a reason, elsewhere)."""

    periods: tuple[Period, ...]
    baseline: tuple[Period, ...] = ()


def series(segments: Iterable[Segment]) -> tuple[Chart, ...]:
    """A chart for each segment: no run and no baseline reaches over a break (other wording, other mix of modes)."""
    return tuple(chart(segment.periods, segment.baseline) for segment in segments)


def chart(periods: Sequence[Period], baseline: Sequence[Period] = ()) -> Chart:
    """The periods against the baseline's usual range; a run chart while the baseline has fewer than 12 points.

    Both are given in the order of time; periods of fewer than 10 answers are joined with those after them.
    """
    joined, waiting = merged(periods)
    usual = baseline_of(baseline)
    shares = [period.share for period in joined]
    if usual is None:
        centre = median(shares) if shares else None
        found = signals_of(shares, centre, None) if centre is not None else []
        points = [Point(period, None, None, signals) for period, signals in zip(joined, found, strict=True)]
        return Chart(tuple(points), centre, None, waiting)
    sigmas = [usual.sigma(period.base) for period in joined]
    found = signals_of(shares, usual.centre, sigmas)
    drawn = zip(joined, sigmas, found, strict=True)
    points = [Point(period, *usual.within(sigma), signals) for period, sigma, signals in drawn]
    return Chart(tuple(points), usual.centre, usual, waiting)


def baseline_of(periods: Sequence[Period], least: int = LEAST_BASELINE) -> Baseline | None:
    """What these periods show to be usual; None from fewer points than least, or where all or none were satisfied.

    p̄ = Σx/Σn; z_i = (p_i - p̄)/sigma_i; sigma_z = mean|z_i - z_{i-1}| / 1.128.
    Source: Laney (2002), Quality Engineering 14, 531-537.
    """
    joined, _ = merged(periods)
    base = sum(period.base for period in joined)
    satisfied = sum(period.satisfied for period in joined)
    if len(joined) < least or satisfied in (0, base):
        return None
    plain = Baseline(satisfied / base, 1.0)
    z = [(period.share - plain.centre) / plain.sigma(period.base) for period in joined]
    return replace(plain, sigma_z=fmean(abs(new - old) for old, new in pairwise(z)) / D2)


def merged(periods: Sequence[Period], least: int = LEAST_BASE) -> tuple[list[Period], Period | None]:
    """Periods joined forwards until each has at least so many answers, and what is left at the end.

    Forwards, because a point once drawn should not change when the next period comes.
    """
    whole: list[Period] = []
    waiting: Period | None = None
    for period in periods:
        waiting = period if waiting is None else together(waiting, period)
        if waiting.base >= least:
            whole.append(waiting)
            waiting = None
    return whole, waiting


def together(one: Period, other: Period) -> Period:
    return Period(one.labels + other.labels, one.satisfied + other.satisfied, one.base + other.base)

"""Rates weighted to the contacts that really were: every contact is loaded, asked or not, so the totals are known.

It mends a wrong mix of services and channels among those who answered. It cannot mend that, within one service and
channel, the angry or the pleased answer more often.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from surveys.rates.collapsing import LEAST, Cell, Stratum, collapse
from surveys.rates.intervals import Interval, Proportion

MOST_DESIGN_EFFECT = 2
MOST_WEIGHT = 5


class Flag(StrEnum):
    """What a reader must be told beside a weighted rate."""

    DESIGN_EFFECT = "design_effect"
    LARGE_WEIGHT = "large_weight"
    NOT_REPRESENTED = "not_represented"
    WEIGHTING_MATTERS = "weighting_matters"


@dataclass(frozen=True)
class WeightedRate:
    """A rate over strata, each counted as large as its contacts.

    proportion has the weighted share and the effective base of its interval; unweighted the plain ones. kish_base is
    (Σw)²/Σw². not_represented is the share of the contacts in cells without any answer: the cells that theirs were
    joined with speak for them. largest_weight is beside a mean of 1.
    """

    proportion: Proportion
    unweighted: Proportion
    variance: float
    kish_base: float
    largest_weight: float
    not_represented: float
    strata: tuple[Stratum, ...]

    @property
    def share(self) -> float:
        return self.proportion.share

    @property
    def interval(self) -> Interval:
        return self.proportion.interval

    @property
    def standard_error(self) -> float:
        return sqrt(self.variance)

    @property
    def design_effect(self) -> float:
        return self.unweighted.base / self.kish_base

    @property
    def joined(self) -> tuple[Stratum, ...]:
        return tuple(stratum for stratum in self.strata if stratum.joined)

    @property
    def weighting_matters(self) -> bool:
        """Weighted and unweighted are further apart than half the interval: the reader must be told why."""
        return abs(self.share - self.unweighted.share) > self.interval.half_width

    @property
    def flags(self) -> tuple[Flag, ...]:
        raised = {
            Flag.DESIGN_EFFECT: self.design_effect > MOST_DESIGN_EFFECT,
            Flag.LARGE_WEIGHT: self.largest_weight > MOST_WEIGHT,
            Flag.NOT_REPRESENTED: self.not_represented > 0,
            Flag.WEIGHTING_MATTERS: self.weighting_matters,
        }
        return tuple(flag for flag, up in raised.items() if up)


def weighted_rate(cells: Iterable[Cell], least: int = LEAST, fpc: bool = False) -> WeightedRate | None:
    """The rate of all contacts in these cells, thin ones joined first; None where nobody answered.

    p = ΣW_h p_h with W_h = N_h/N; V = ΣW_h² (1 - f_h) p_h(1 - p_h)/(n_h - 1), without the factor 1 - f_h unless fpc.
    Source: Cochran (1977), Sampling Techniques, sections 5.3 and 5.10. fpc is off in publication, as intervals.py says.
    Raises ValueError where least leaves a stratum of fewer than two answers among several, or with fpc more answers
    than contacts.
    """
    cells = list(cells)
    strata = collapse(cells, least)
    base = sum(stratum.base for stratum in strata)
    population = sum(stratum.population for stratum in strata)
    if base == 0 or population == 0:
        return None
    if len(strata) > 1 and min(stratum.base for stratum in strata) < 2:
        raise ValueError("a stratum with fewer than two answers has no variance: join it with another")
    share = min(1.0, sum(stratum.population * (stratum.satisfied / stratum.base) for stratum in strata) / population)
    variance = sum((stratum.population / population) ** 2 * variance_within(stratum, fpc) for stratum in strata)
    kish_base = population**2 / sum(stratum.population**2 / stratum.base for stratum in strata)
    silent = sum(cell.population for cell in cells if cell.base == 0)
    return WeightedRate(
        proportion=Proportion(share, effective_base(share, variance, kish_base, base)),
        unweighted=Proportion(sum(stratum.satisfied for stratum in strata) / base, base),
        variance=variance,
        kish_base=kish_base,
        largest_weight=max((stratum.population / population) / (stratum.base / base) for stratum in strata),
        not_represented=silent / population,
        strata=strata,
    )


def variance_within(stratum: Stratum, fpc: bool) -> float:
    """The variance of one stratum's share; 0 of a single answer, where the caller falls back on Kish."""
    if stratum.base < 2:
        return 0.0
    if fpc and stratum.base > stratum.population:
        raise ValueError("more answers than contacts")
    p = stratum.satisfied / stratum.base
    left = 1 - stratum.base / stratum.population if fpc else 1.0
    return left * p * (1 - p) / (stratum.base - 1)


def effective_base(share: float, variance: float, kish_base: float, base: float) -> float:
    """The base that a simple random sample of this precision would have: p(1-p)/V, never above the answers there are.

    Where everybody or nobody is satisfied, or no stratum is mixed, V is 0 and says nothing: Kish's base stands in.
    """
    exact = share * (1 - share)
    if variance == 0 or exact <= 0:
        return min(kish_base, base)
    return min(exact / variance, base)


def kish(weights: Sequence[float]) -> float:
    """(Σw)²/Σw²: how many equal answers these weighted ones are worth.

    Source: Kish (1965), Survey Sampling, section 11.7. Raises ValueError without a weight above 0 or with one below.
    """
    if not any(weights) or min(weights) < 0:
        raise ValueError("weights are not below 0, and one is above")
    return sum(weights) ** 2 / sum(weight * weight for weight in weights)


def weighted_proportion(answers: Sequence[tuple[float, bool]]) -> Proportion:
    """The share of the satisfied among (weight, satisfied) answers, on Kish's effective base."""
    weights = [weight for weight, _ in answers]
    base = kish(weights)
    return Proportion(min(1.0, sum(weight for weight, satisfied in answers if satisfied) / sum(weights)), base)

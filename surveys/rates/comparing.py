"""Is one rate higher than another, and is a target met? Always with an interval; never by whether intervals overlap."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import erfc, sqrt
from typing import TypeVar

from surveys.rates.intervals import Interval, Proportion, newcombe, proportion
from surveys.rates.late import benjamini_hochberg, fisher_exact_p

ALPHA = 0.05
LEAST_EXPECTED = 5

Name = TypeVar("Name", bound=Hashable)


class Verdict(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"


class Attainment(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


class Adjustment(StrEnum):
    """How p is made good for many comparisons: Benjamini and Hochberg (1995) to screen a family at a false discovery
    rate of 5%, Holm (1979) for a few that were named beforehand."""

    FALSE_DISCOVERY = "false_discovery"
    HOLM = "holm"


@dataclass(frozen=True)
class Comparison:
    """one less other. p is of this comparison alone: only the adjusted p is shown. exact: by Fisher's test."""

    one: Proportion
    other: Proportion
    interval: Interval
    p: float
    exact: bool

    @property
    def difference(self) -> float:
        return self.one.share - self.other.share


@dataclass(frozen=True)
class Judged:
    """A comparison within its family: the p that may be shown, and the word for it."""

    comparison: Comparison
    p: float

    @property
    def verdict(self) -> Verdict:
        if self.p >= ALPHA or self.comparison.difference == 0:
            return Verdict.NO_CLEAR_DIFFERENCE
        return Verdict.HIGHER if self.comparison.difference > 0 else Verdict.LOWER


@dataclass(frozen=True)
class Attained:
    """A rate against its target. plainly is the bare comparison of two numbers, to be labelled as such."""

    rate: Proportion
    target: float
    attainment: Attainment
    plainly: bool


def compare(one: Proportion, other: Proportion) -> Comparison:
    """Two independent shares: Newcombe's interval; pooled z, or Fisher's exact test where an expected count is below 5.

    Bases may be effective ones of weighted shares; for the exact test they are rounded to whole answers.
    """
    pooled = (one.successes + other.successes) / (one.base + other.base)
    expected = min(one.base, other.base) * min(pooled, 1 - pooled)
    exact = expected < LEAST_EXPECTED
    p = fisher_p(one, other) if exact else pooled_z_p(one, other, pooled)
    return Comparison(one, other, newcombe(one, other), p, exact)


def pooled_z_p(one: Proportion, other: Proportion, pooled: float) -> float:
    """Two-sided: z = (p1 - p2) / √(p(1-p)(1/n1 + 1/n2))."""
    z = (one.share - other.share) / sqrt(pooled * (1 - pooled) * (1 / one.base + 1 / other.base))
    return erfc(abs(z) / sqrt(2))


def fisher_p(one: Proportion, other: Proportion) -> float:
    """Two-sided, on whole answers."""
    return fisher_exact_p([whole(one), whole(other)])


def whole(share: Proportion) -> tuple[int, int]:
    base = max(1, round(share.base))
    satisfied = round(share.share * base)
    return satisfied, base - satisfied


def against_the_rest(part: tuple[int, int], all_of_it: tuple[int, int]) -> Comparison | None:
    """A group against everybody else: never against the total that contains it. None where one of them has no answers.

    Each is (satisfied, base). Raises ValueError where the part is not within the whole.
    """
    satisfied, base = all_of_it[0] - part[0], all_of_it[1] - part[1]
    if part[1] == 0 or base == 0:
        return None
    return compare(proportion(*part), proportion(satisfied, base))


def judge(family: Mapping[Name, Comparison], adjustment: Adjustment = Adjustment.FALSE_DISCOVERY) -> dict[Name, Judged]:
    """Each comparison with the p adjusted for all of the family, in the family's order."""
    raw = [comparison.p for comparison in family.values()]
    adjusted = holm(raw) if adjustment is Adjustment.HOLM else false_discovery(raw)
    return {name: Judged(family[name], p) for name, p in zip(family, adjusted, strict=True)}


def false_discovery(ps: list[float]) -> list[float]:
    """Benjamini and Hochberg's step-up p."""
    return benjamini_hochberg(ps) if ps else []


def holm(ps: list[float]) -> list[float]:
    """Holm's step-down p: the k-th smallest of m times m - k + 1, never below a smaller one's, at most 1."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    steps = accumulate((min(1.0, ps[i] * (len(ps) - place)) for place, i in enumerate(order)), max)
    return [step for _, step in sorted(zip(order, steps, strict=True))]


def against_target(rate: Proportion, target: float) -> Attained:
    """Met where the whole interval is at or above the target, not met where all of it is below it, else not known."""
    interval = rate.interval
    if interval.lower >= target:
        attainment = Attainment.MET
    else:
        attainment = Attainment.NOT_MET if interval.upper < target else Attainment.CANNOT_TELL
    return Attained(rate, target, attainment, rate.share >= target)

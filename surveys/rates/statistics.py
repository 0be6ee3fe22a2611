"""Rates and their intervals, from counts alone. Pure: no database, no time, no chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Satisfaction

Z95 = 1.959963984540054
LOW_BASE = 30


@dataclass(frozen=True)
class Interval:
    """A confidence interval for a share; both limits in [0, 1]."""

    lower: float
    upper: float


def wilson(successes: int, base: int, z: float = Z95) -> Interval | None:
    """Wilson's score interval for successes out of base; None where base is 0.

    centre = (p + z²/2n) / (1 + z²/n), half = z / (1 + z²/n) · √(p(1-p)/n + z²/4n²).
    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    Raises ValueError unless 0 <= successes <= base.
    """
    if not 0 <= successes <= base:
        raise ValueError("successes must lie between 0 and the base")
    if base == 0:
        return None
    p, zz = successes / base, z * z
    scale = 1 + zz / base
    centre = (p + zz / (2 * base)) / scale
    half = z / scale * sqrt(p * (1 - p) / base + zz / (4 * base * base))
    lower = 0.0 if successes == 0 else max(0.0, centre - half)
    upper = 1.0 if successes == base else min(1.0, centre + half)
    return Interval(lower, upper)


@dataclass(frozen=True)
class Rate:
    """The headline rate from whole counts: very or fairly satisfied, of those who chose one of the five points."""

    satisfied: int
    base: int
    do_not_know: int

    @property
    def share(self) -> float | None:
        """(very + fairly) / the five points; None where nobody chose one."""
        return self.satisfied / self.base if self.base else None

    @property
    def all_base(self) -> int:
        return self.base + self.do_not_know

    @property
    def share_of_all(self) -> float | None:
        """The same with "I do not know" in the base."""
        return self.satisfied / self.all_base if self.all_base else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.satisfied, self.base)

    @property
    def low_base(self) -> bool:
        """Too few answers to be relied upon: marked [u]."""
        return self.base < LOW_BASE


def rate_of(counts: Mapping[str, int]) -> Rate:
    """The rate from counts by satisfaction code; codes that are missing count as none."""
    return Rate(
        satisfied=sum(counts.get(point, 0) for point in SATISFIED),
        base=sum(counts.get(point, 0) for point in FIVE_POINTS),
        do_not_know=counts.get(Satisfaction.DO_NOT_KNOW, 0),
    )

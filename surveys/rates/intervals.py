"""Confidence intervals of a share and of the difference of two. Pure: no database, no time, no chance."""

from dataclasses import dataclass
from math import ceil, hypot, sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """A confidence interval: of a share, both limits in [0, 1]; of a difference, both in [-1, 1]."""

    lower: float
    upper: float

    @property
    def half_width(self) -> float:
        return (self.upper - self.lower) / 2


@dataclass(frozen=True)
class Proportion:
    """A share and the base it stands on: answers counted, or the effective base of a weighted share."""

    share: float
    base: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a share lies between 0 and 1")
        if self.base <= 0:
            raise ValueError("a share needs a base above 0")

    @property
    def interval(self) -> Interval:
        return score_interval(self.share, self.base)

    @property
    def successes(self) -> float:
        return self.share * self.base


def proportion(successes: float, base: float) -> Proportion:
    """The proportion of successes out of base. Raises ValueError unless 0 <= successes <= base and base > 0."""
    if not 0 <= successes <= base:
        raise ValueError("successes must lie between 0 and the base")
    if base == 0:
        raise ValueError("a share needs a base above 0")
    return Proportion(successes / base, base)


def wilson(successes: float, base: float, z: float = Z95) -> Interval | None:
    """Wilson's score interval for successes out of base; None where base is 0.

    Both may be fractions: a weighted share times its effective base, and that base.
    Raises ValueError unless 0 <= successes <= base.
    """
    if not 0 <= successes <= base:
        raise ValueError("successes must lie between 0 and the base")
    return score_interval(successes / base, base, z) if base else None


def score_interval(share: float, base: float, z: float = Z95) -> Interval:
    """Wilson's interval for a share in [0, 1] on a base above 0, whole or effective.

    centre = (p + z²/2n) / (1 + z²/n), half = z / (1 + z²/n) · √(p(1-p)/n + z²/4n²).
    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212. With an effective base it is
    the idea of Korn and Graubard (1998), Survey Methodology 24, 193-201, on the score interval.
    """
    zz = z * z
    scale = 1 + zz / base
    centre = (share + zz / (2 * base)) / scale
    half = z / scale * sqrt(share * (1 - share) / base + zz / (4 * base * base))
    # In exact numbers the share is always within; rounding must not put it outside.
    return Interval(max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def wilson_of_finite(successes: int, base: int, population: int, z: float = Z95) -> Interval | None:
    """Wilson's interval for a share of one finite population: base n becomes n(N-1)/(N-n); a census is a point.

    Not for publication, and nothing published calls it: those who answer are a quarter of those who were asked, not a
    random sample of the finite set, so the correction claims more than is known. Never for comparing periods either:
    that question is about the service, not about this period's contacts.
    """
    if not 0 <= successes <= base <= population:
        raise ValueError("successes must lie between 0 and the base, and the base within the population")
    if base == 0:
        return None
    if base == population:
        return Interval(successes / base, successes / base)
    return score_interval(successes / base, base * (population - 1) / (population - base), z)


def newcombe(one: Proportion, other: Proportion, z: float = Z95) -> Interval:
    """The interval of one share less another, both independent: Newcombe's hybrid score interval.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
    """
    first, second = score_interval(one.share, one.base, z), score_interval(other.share, other.base, z)
    difference = one.share - other.share
    below = hypot(one.share - first.lower, second.upper - other.share)
    above = hypot(first.upper - one.share, other.share - second.lower)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))


def sample_size(half_width: float, population: int | None = None, z: float = Z95) -> float:
    """Answers needed to know a share of one half within half_width either way, before rounding up.

    n0 = z²/4e², and of a population of N: n0 / (1 + (n0 - 1)/N). One half is the worst case.
    """
    if not 0 < half_width < 1:
        raise ValueError("the half width lies between 0 and 1")
    if population is not None and population < 1:
        raise ValueError("a population has at least one contact")
    endless = z * z / (4 * half_width * half_width)
    return endless if population is None else endless / (1 + (endless - 1) / population)


def invitations_needed(answers: float, response_rate: float) -> int:
    """How many to ask so that this many answers are expected. Raises ValueError unless 0 < response_rate <= 1."""
    if not 0 < response_rate <= 1:
        raise ValueError("a response rate is above 0 and at most 1")
    return ceil(answers / response_rate)

"""The headline rate, from counts alone. Pure: no database, no time, no chance."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Satisfaction
from surveys.rates.intervals import Interval, wilson

LOW_BASE = 30


class Rate(NamedTuple):
    """The headline rate from whole counts: very or fairly satisfied, of those who chose one of the five points.

    A tuple, for a page has thousands of them.
    """

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


def together(rates: Iterable[Rate]) -> Rate:
    """Several rates as one; they are counts, so they add up."""
    satisfied = base = unsure = 0
    for rate in rates:
        satisfied, base, unsure = satisfied + rate.satisfied, base + rate.base, unsure + rate.do_not_know
    return Rate(satisfied, base, unsure)

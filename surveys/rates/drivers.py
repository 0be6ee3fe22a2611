"""Key drivers: what goes together with satisfaction, and how content people are with it.

From counts that add up over days: for each driver, content with it or not by satisfied overall or not. Each resident
is asked three of the pool, so two drivers are seldom answered by the same person, and a model of all drivers at once
would rest on those few: each driver is taken alone. The price is that drivers which go together take the same credit
twice. And it is what goes together, not what causes what: to mend a driver need not move the rate by its difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from surveys.rates.comparing import compare
from surveys.rates.intervals import Interval, Proportion, proportion
from surveys.rates.statistics import LOW_BASE


@dataclass(frozen=True)
class DriverCounts:
    """Those who answered both the driver's question and the overall rating.

    content and not_content are (satisfied overall, all of them).
    """

    driver: str
    content: tuple[int, int]
    not_content: tuple[int, int]

    def __post_init__(self) -> None:
        if any(not 0 <= satisfied <= base for satisfied, base in (self.content, self.not_content)):
            raise ValueError("the satisfied must lie between 0 and the base")

    @property
    def base(self) -> int:
        return self.content[1] + self.not_content[1]


@dataclass(frozen=True)
class Driver:
    """performance: the share content with it. importance: phi, its correlation with overall satisfaction.

    difference: satisfied among the content less among the others, with its interval. These two and the importance are
    None where there is nobody to compare. low_base: one side has fewer than 30, so it is not to be ranked.
    """

    driver: str
    base: int
    performance: Proportion
    importance: float | None
    difference: float | None
    interval: Interval | None
    low_base: bool


def key_drivers(counts: Iterable[DriverCounts]) -> tuple[Driver, ...]:
    """The drivers by importance, the strongest first; those of a low base after the others, by name.

    Drivers that nobody answered are left out.
    """
    drivers = [driver_of(one) for one in counts if one.base]
    return tuple(sorted(drivers, key=place))


def place(driver: Driver) -> tuple[bool, float, str]:
    unranked = driver.low_base or driver.importance is None
    return unranked, 0.0 if unranked or driver.importance is None else -driver.importance, driver.driver


def driver_of(counts: DriverCounts) -> Driver:
    sides = counts.content, counts.not_content
    compared = compare(*(proportion(*side) for side in sides)) if all(base for _, base in sides) else None
    return Driver(
        driver=counts.driver,
        base=counts.base,
        performance=proportion(counts.content[1], counts.base),
        importance=phi(counts),
        difference=compared.difference if compared else None,
        interval=compared.interval if compared else None,
        low_base=min(base for _, base in sides) < LOW_BASE,
    )


def phi(counts: DriverCounts) -> float | None:
    """The correlation of two yes-or-no answers, (ad - bc) / √(product of the four margins); None where one is empty."""
    (a, content), (c, not_content) = counts.content, counts.not_content
    satisfied = a + c
    margins = content * not_content * satisfied * (counts.base - satisfied)
    if margins == 0:
        return None
    return (a * (not_content - c) - (content - a) * c) / sqrt(margins)

"""Which points of a control chart are signals: rules on distances from the centre, in sigmas.

More rules find more and cry wolf more often; bench/simulation.py measures how often each does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

SHIFT = 8
TREND = 6
# A point on a line is not beyond it, whichever way its last digit was rounded.
ROUNDING = 1e-9
NEAR, FAR = 2 + ROUNDING, 3 + ROUNDING


class Rule(StrEnum):
    """Beyond 3 sigma; 8 in a row on one side; 6 in a row that rise or fall; 2 of 3 beyond 2 sigma on one side."""

    BEYOND_LIMITS = "beyond_limits"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"


@dataclass(frozen=True)
class Signal:
    """A rule that a point fulfils. upward: on the high side, or rising."""

    rule: Rule
    upward: bool


Signals = tuple[Signal, ...]


def signals_of(shares: Sequence[float], centre: float, sigmas: Sequence[float] | None) -> list[Signals]:
    """The signals of each point, in the order of Rule: of the point that completes a run, and of each that prolongs it.

    sigmas are the standard errors of the points; None (a run chart) leaves the two rules out that need them. A point
    on the centre ends a run on one side, and one that equals the last ends a rise or fall.
    """
    sides = runs([sign(share - centre) for share in shares])
    moves = runs([sign(new - old) for old, new in pairwise(shares)])
    distances = [(share - centre) / sigma for share, sigma in zip(shares, sigmas or [], strict=sigmas is not None)]
    return [tuple(at(i, sides, [0, *moves], distances)) for i in range(len(shares))]


def at(i: int, sides: list[int], moves: list[int], distances: list[float]) -> Iterator[Signal]:
    if distances and abs(distances[i]) > FAR:
        yield Signal(Rule.BEYOND_LIMITS, distances[i] > 0)
    if abs(sides[i]) >= SHIFT:
        yield Signal(Rule.SHIFT, sides[i] > 0)
    if abs(moves[i]) >= TREND - 1:
        yield Signal(Rule.TREND, moves[i] > 0)
    if distances and abs(distances[i]) > NEAR:
        side = sign(distances[i])
        if any(distance * side > NEAR for distance in distances[max(0, i - 2) : i]):
            yield Signal(Rule.TWO_OF_THREE, side > 0)


def runs(signs: Sequence[int]) -> list[int]:
    """How long the run of equal signs is up to each place, with that sign; 0 where the sign is 0."""
    lengths: list[int] = []
    for one in signs:
        last = lengths[-1] if lengths else 0
        lengths.append(last + one if last * one > 0 else one)
    return lengths


def sign(number: float) -> int:
    return (number > 0) - (number < 0)

"""What a reader can work out: the range that each hidden count may have, given everything published.

A published table is a set of linear bounds on the counts of its leaves. The range of a hidden count runs from its least
to its greatest value over all counts that agree with these bounds: two linear programs. Several versions of a table are
one system: a later version is the earlier one and the answers that came late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csc_array, csr_array

from surveys.rates.protection_rules import SMALLEST_PUBLISHED, bases_behind, window_of
from surveys.rates.protection_tables import Dimension, Key, Mark, ProtectedTable, Shown, cells_over
from surveys.rates.protection_targets import Target, Weights

Vector = NDArray[np.float64]

OPTIMAL, INFEASIBLE = 0, 2
KINDS = 3
SLACK = 1e-6
FIRST_LOOKS = 4
SEED = 105


@dataclass(frozen=True)
class Known:
    """All that is known of the leaves: coefficients @ counts <= limits, least <= counts <= a cap that never binds."""

    coefficients: csr_array
    limits: Vector
    least: Vector
    cap: float


class Ranges:
    """The widest range found so far for each target, from counts that agree with everything published."""

    def __init__(self, aims: csr_array, width: int) -> None:
        self.aims = aims
        self.width = width
        self.lowest = np.full(aims.shape[0], np.inf)
        self.highest = np.full(aims.shape[0], -np.inf)

    def widen(self, counts: Vector) -> None:
        values = self.aims @ counts
        self.lowest = np.minimum(self.lowest, values)
        self.highest = np.maximum(self.highest, values)

    @property
    def wide(self) -> NDArray[np.bool_]:
        enough: NDArray[np.bool_] = self.highest - self.lowest >= self.width - SLACK
        return enough


class Reader:
    """Whoever holds every version published, knows the rules, and knows that answers come in and do not go.

    What is known only grows less while more is hidden. So counts that agreed with it once are kept: they go on proving
    that ranges are wide, and most targets never need a program of their own.
    """

    def __init__(self, dimensions: tuple[Dimension, ...], leaves: Sequence[Key], versions: int) -> None:
        self.leaves = leaves
        self.versions = versions
        self.places = places_of(dimensions, leaves)
        self.agreeing: list[Vector] = []
        self.only_growing = True

    def too_well_known(
        self, published: Sequence[ProtectedTable], targets: Sequence[Target], width: int
    ) -> Target | None:
        """The first target whose range is narrower than `width`; None where each is at least that wide."""
        if not targets:
            return None
        known = self.known(published, width)
        ranges = Ranges(self.matrix(self.terms(t.version, t.key, t.quantity.value, t.late) for t in targets), width)
        for counts in self.agreeing:
            ranges.widen(counts)
        self.look_around(ranges, known)
        loose = self.loose(targets)
        for place, target in enumerate(targets):
            if ranges.wide[place]:
                continue
            aim = ranges.aims[[place]].toarray()[0]
            for direction in (aim, -aim):
                if not ranges.wide[place]:
                    ranges.widen(self.extreme_nearby(direction, known, loose))
            for direction in (aim, -aim):
                if not ranges.wide[place]:
                    ranges.widen(self.extreme(direction, known))
            if not ranges.wide[place]:
                return target
        return None

    def look_around(self, ranges: Ranges, known: Known) -> None:
        """A few extremes in mixed directions prove many ranges at once, and their middle is a place to start from."""
        chance = np.random.default_rng(SEED)
        while len(self.agreeing) < FIRST_LOOKS:
            mixed = np.where(ranges.wide, 0.0, chance.normal(size=len(ranges.wide)))
            ranges.widen(self.extreme(ranges.aims.T @ mixed, known))

    def extreme(self, direction: Vector, known: Known) -> Vector:
        """Counts that agree with what is known and lie as far as possible in a direction."""
        counts = farthest(direction, known)
        self.agreeing.append(counts)
        return counts

    def extreme_nearby(self, direction: Vector, known: Known, loose: NDArray[np.bool_]) -> Vector:
        """The same while only hidden leaves move, in the kinds aimed at: seldom less far, found many times sooner."""
        middle: Vector = np.mean(self.agreeing[:FIRST_LOOKS], axis=0)
        kinds = np.arange(len(direction)) % KINDS
        free = (loose & np.isin(kinds, kinds[direction != 0])) | (direction != 0)
        moved = known.coefficients[:, free]
        told = np.diff(moved.indptr) > 0
        left = known.limits - known.coefficients[:, ~free] @ middle[~free]
        limits = np.maximum(left, moved @ middle[free])[told]
        counts = middle.copy()
        counts[free] = farthest(direction[free], Known(moved[told], limits, known.least[free], known.cap))
        self.agreeing.append(counts)
        return counts

    def known(self, published: Sequence[ProtectedTable], width: int) -> Known:
        told = [
            (self.terms(version, key, weights), limit)
            for version, table in enumerate(published)
            for key, shown in table.shown.items()
            if shown.base is not None and (version == 0 or Mark.REVISED in shown.marks)
            for weights, limit in bounds_of(shown)
        ]
        limits = np.array([limit for _, limit in told])
        cap = 4 * float(np.abs(limits).max(initial=0)) + 10 * width
        least = np.zeros(KINDS * len(self.leaves) * self.versions)
        known = Known(self.matrix(terms for terms, _ in told), limits, least, cap)
        if not self.agreeing and self.versions > 1:
            self.only_growing = can_be(known)
        if not self.only_growing:
            # Corrections took answers away: then late answers may be fewer than none.
            least[KINDS * len(self.leaves) :] = -cap
        return known

    def loose(self, targets: Sequence[Target]) -> NDArray[np.bool_]:
        """The counts of leaves that are themselves hidden."""
        places = [
            place
            for target in targets
            if len(self.places.get(target.key, ())) == 1
            for place in self.terms(target.version, target.key, target.quantity.value, target.late)
        ]
        return np.isin(np.arange(KINDS * len(self.leaves) * self.versions), places)

    def terms(self, version: int, key: Key, weights: Weights, late: bool = False) -> dict[int, float]:
        """A weighted sum over a cell's leaves, by place among all counts: three a leaf, version after version."""
        start = version if late else 0
        return {
            KINDS * (step * len(self.leaves) + leaf) + kind: weight
            for step in range(start, version + 1)
            for leaf in self.places.get(key, ())
            for kind, weight in enumerate(weights)
            if weight
        }

    def matrix(self, rows: Iterable[dict[int, float]]) -> csr_array:
        rows = list(rows)
        starts = np.cumsum([0, *map(len, rows)])
        columns = [column for row in rows for column in row]
        values = [value for row in rows for value in row.values()]
        return csr_array((values, columns, starts), shape=(len(rows), KINDS * len(self.leaves) * self.versions))


def farthest(direction: Vector, known: Known) -> Vector:
    found = solve(direction, known)
    if found.status != OPTIMAL:
        raise ArithmeticError(f"no counts agree with what was published: {found.message}")
    counts: Vector = found.x
    return counts


def can_be(known: Known) -> bool:
    return bool(solve(np.zeros(len(known.least)), known).status != INFEASIBLE)


def solve(direction: Vector, known: Known) -> OptimizeResult:
    """A linear program: milp with no count held to whole numbers, the same HiGHS as linprog with less around it."""
    told = LinearConstraint(csc_array(known.coefficients), -np.inf, known.limits)
    return milp(-direction, constraints=told, bounds=Bounds(known.least, known.cap))


def places_of(dimensions: tuple[Dimension, ...], leaves: Sequence[Key]) -> dict[Key, list[int]]:
    """Each cell with the places of the leaves it is the sum of."""
    places: dict[Key, list[int]] = {}
    for place, leaf in enumerate(leaves):
        for key in cells_over(dimensions, leaf):
            places.setdefault(key, []).append(place)
    return places


def bounds_of(shown: Shown) -> Iterator[tuple[Weights, float]]:
    """What one published cell says: weights on satisfied, not satisfied and "I do not know", and their upper limit."""
    base, percent = bases_behind(shown), 100 * (shown.share or 0.0)
    yield (1.0, 1.0, 0.0), base.highest
    yield (-1.0, -1.0, 0.0), -base.lowest
    above, below = (percent + 0.5) / 100, (percent - 0.5) / 100
    yield (1 - above, -above, 0.0), 0.0
    yield (below - 1, below, 0.0), 0.0
    if shown.answered is not None:
        answered = window_of(shown.answered)
        yield (1.0, 1.0, 1.0), answered.highest
        yield (-1.0, -1.0, -1.0), -answered.lowest
        yield (0.0, 0.0, -1.0), -SMALLEST_PUBLISHED

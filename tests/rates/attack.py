"""An attacker who holds what was published, knows the rules, and nothing else.

Written apart from the protection, on purpose: it takes nothing from it but the published object. Every printed cell has
three unknowns (satisfied, base, answered) in every version; sums are equations; each figure is a set of bounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array

from surveys.rates.protection_tables import Key, ProtectedTable, Shown

SATISFIED, BASE, ANSWERED = 0, 1, 2
FAR = 1e5
WHOLE = None
Term = tuple[int, float]


@dataclass(frozen=True)
class Range:
    """What the attacker can say of a hidden count: `of` is base, answered, or unsure (the difference of these)."""

    version: int
    key: Key
    of: str
    lowest: float
    highest: float

    @property
    def width(self) -> float:
        return self.highest - self.lowest


def possible_bases(shown: Shown) -> list[int]:
    """By trying: each base that rounds to the one published, with some number satisfied that gives the percentage."""
    assert shown.base is not None
    assert shown.share is not None
    percent = round(shown.share * 100)
    return [base for base in range(max(10, shown.base - 2), shown.base + 3) if percent in possible_percents(base)]


def possible_percents(base: int) -> set[int]:
    satisfied = np.arange(base + 1)
    percents = np.floor(100 * satisfied / base + 0.5).astype(int)
    return set(percents.tolist()) if base >= 30 else set(percents[1:-1].tolist())


class Attacker:
    def __init__(self, published: Sequence[ProtectedTable]) -> None:
        self.published = published
        self.keys = list(published[0].shown)
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.size = 3 * len(self.keys) * len(published)
        self.limits: list[tuple[list[Term], float]] = []
        self.sums: list[list[Term]] = []
        self.read()

    def at(self, version: int, key: Key, kind: int) -> int:
        return 3 * (version * len(self.keys) + self.places[key]) + kind

    def read(self) -> None:
        for version, table in enumerate(self.published):
            for key, shown in table.shown.items():
                satisfied, base, answered = (self.at(version, key, kind) for kind in (SATISFIED, BASE, ANSWERED))
                self.at_most([(satisfied, 1), (base, -1)], 0)
                self.at_most([(base, 1), (answered, -1)], 0)
                if version == 0 or "[r]" in shown.marks:
                    self.read_figure(shown, satisfied, base, answered)
                if version:
                    self.read_growth(version, key)
            self.sums += self.equations(version, table)

    def read_figure(self, shown: Shown, satisfied: int, base: int, answered: int) -> None:
        if shown.base is not None and shown.share is not None:
            bases = possible_bases(shown)
            self.at_most([(base, 1)], max(bases))
            self.at_most([(base, -1)], -min(bases))
            self.at_most([(satisfied, 1), (base, -(shown.share + 0.005))], 0)
            self.at_most([(satisfied, -1), (base, shown.share - 0.005)], 0)
        if shown.answered is not None:
            self.at_most([(answered, 1)], shown.answered + 2)
            self.at_most([(answered, -1)], -(shown.answered - 2))
            self.at_most([(answered, -1), (base, 1)], -10)

    def read_growth(self, version: int, key: Key) -> None:
        """Late answers come in and none go: satisfied, not satisfied and unsure only grow."""
        for terms in ([(SATISFIED, 1)], [(BASE, 1), (SATISFIED, -1)], [(ANSWERED, 1), (BASE, -1)]):
            before = [(self.at(version - 1, key, kind), weight) for kind, weight in terms]
            after = [(self.at(version, key, kind), -weight) for kind, weight in terms]
            self.at_most([*before, *after], 0)

    def at_most(self, terms: list[tuple[int, float]], limit: float) -> None:
        self.limits.append((terms, limit))

    def equations(self, version: int, table: ProtectedTable) -> Iterator[list[Term]]:
        for place, dimension in enumerate(table.dimensions):
            for key in self.keys:
                for kind in (SATISFIED, BASE, ANSWERED):
                    if key[place] in dimension.totals:
                        parts = [(*key[:place], code, *key[place + 1 :]) for code in dimension.totals[key[place]]]
                        terms = [(self.at(version, part, kind), 1.0) for part in parts if part in table.shown]
                        yield [(self.at(version, key, kind), -1.0), *terms]

    def hidden(self) -> Iterator[tuple[int, Key, str, list[Term]]]:
        for version, table in enumerate(self.published):
            for key, shown in table.shown.items():
                base, answered = self.at(version, key, BASE), self.at(version, key, ANSWERED)
                if shown.base is None:
                    yield version, key, "base", [(base, 1.0)]
                    yield version, key, "answered", [(answered, 1.0)]
                if shown.answered is None:
                    yield version, key, "unsure", [(answered, 1.0), (base, -1.0)]

    def narrow(self, width: float) -> list[Range]:
        """Every hidden count that the attacker knows to within less than `width`."""
        limits, sums = self.matrix([terms for terms, _ in self.limits]), self.matrix(self.sums)
        tops = np.array([limit for _, limit in self.limits])
        targets = list(self.hidden())
        known = [LinearConstraint(csc_array(limits), -np.inf, tops), LinearConstraint(csc_array(sums), 0, 0)]
        aims = self.matrix([terms for *_, terms in targets])
        lowest, highest = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        dense = aims.toarray()
        chance = np.random.default_rng(len(targets))

        def go(direction: np.ndarray) -> None:
            found = milp(-direction, constraints=known, bounds=Bounds(0, FAR), integrality=WHOLE)
            assert found.status == 0, found.message
            np.minimum(lowest, aims @ found.x, out=lowest)
            np.maximum(highest, aims @ found.x, out=highest)

        for _ in range(3):
            go(aims.T @ chance.normal(size=len(targets)))
        for place in range(len(targets)):
            for sign in (1, -1):
                if highest[place] - lowest[place] < width:
                    go(sign * dense[place])
        return [
            Range(version, key, of, float(low), float(high))
            for (version, key, of, _), low, high in zip(targets, lowest, highest, strict=True)
            if high - low < width
        ]

    def matrix(self, rows: Sequence[Sequence[Term]]) -> csr_array:
        filled = np.zeros((len(rows), self.size))
        for number, terms in enumerate(rows):
            for place, weight in terms:
                filled[number, place] += weight
        return csr_array(filled)

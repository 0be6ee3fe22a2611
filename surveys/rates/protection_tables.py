"""Tables of counts of people with their totals, and what a reader is shown. Nothing here decides what to hide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import product

from surveys.rates.intervals import Interval

Key = tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """People of one cell: satisfied, of those who chose one of the five points, of all who answered the question."""

    satisfied: int
    base: int
    answered: int

    def __post_init__(self) -> None:
        if not 0 <= self.satisfied <= self.base <= self.answered:
            raise ValueError("satisfied lies within the base, and the base within those who answered")

    @property
    def unsure(self) -> int:
        """Those who answered "I do not know": whoever sees both base and answered sees them too."""
        return self.answered - self.base


@dataclass(frozen=True)
class Dimension:
    """One way of cutting a table: its leaves in a fixed order, and each total with the leaves or totals it is made of.

    A service in an area in the council is one dimension, and so is a month in a quarter in a year. A total that the
    table does not print must not be named here, and every total that it prints must be: what is left out is not
    protected against.
    """

    leaves: tuple[str, ...]
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def within(self) -> dict[str, tuple[str, ...]]:
        """Each leaf with every code it counts towards, itself first."""
        reach = {code: self.leaves_of(code) for code in self.totals}
        return {leaf: (leaf, *(code for code, leaves in reach.items() if leaf in leaves)) for leaf in self.leaves}

    def leaves_of(self, code: str) -> frozenset[str]:
        """Raises ValueError where a total counts a leaf twice, or names a code that is not of this dimension."""
        if code not in self.totals:
            if code not in self.leaves:
                raise ValueError(f"{code} is no code of this dimension")
            return frozenset({code})
        parts = [self.leaves_of(part) for part in self.totals[code]]
        leaves = frozenset().union(*parts)
        if len(leaves) != sum(map(len, parts)):
            raise ValueError(f"{code} counts a part twice")
        return leaves


@dataclass(frozen=True)
class Table:
    """Counts by leaves. A combination that is missing cannot occur, and everybody may know so: it is not applicable.

    printed: the cells that a reader gets, where it is not all of them. So tables that share totals are one system: of
    services by channels and services by months, the finer leaves are summed over and never shown.
    """

    dimensions: tuple[Dimension, ...]
    leaves: Mapping[Key, Counts]
    printed: frozenset[Key] | None = None

    @cached_property
    def unprinted(self) -> tuple[Key, ...]:
        """The leaves of which a reader gets sums only."""
        return () if self.printed is None else tuple(sorted(self.leaves.keys() - self.printed))

    @cached_property
    def cells(self) -> dict[Key, Counts]:
        """Every cell that is printed, leaves and totals, in a fixed order."""
        cells = self.every_cell
        return cells if self.printed is None else {key: cells[key] for key in cells if key in self.printed}

    @property
    def every_cell(self) -> dict[Key, Counts]:
        sums: dict[Key, list[int]] = {}
        for leaf, counts in self.leaves.items():
            for key in cells_over(self.dimensions, leaf):
                if key not in self.leaves:
                    total = sums.setdefault(key, [0, 0, 0])
                    total[0] += counts.satisfied
                    total[1] += counts.base
                    total[2] += counts.answered
        return {key: self.leaves.get(key) or Counts(*sums[key]) for key in sorted({*sums, *self.leaves})}


def cells_over(dimensions: tuple[Dimension, ...], leaf: Key) -> Iterable[Key]:
    """Every cell that a leaf counts towards, itself among them."""
    return product(*(dimension.within[code] for dimension, code in zip(dimensions, leaf, strict=True)))


@dataclass(frozen=True)
class Line:
    """A total and the parts that it is the sum of: whoever knows all but one knows that one."""

    total: Key
    parts: tuple[Key, ...]

    @cached_property
    def members(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


def lines_of(dimensions: tuple[Dimension, ...], keys: Iterable[Key]) -> list[Line]:
    """Every sum that a reader of these cells can write down."""
    known = dict.fromkeys(keys)
    return [
        Line(key, tuple(part for code in dimension.totals[key[place]] if (part := swap(key, place, code)) in known))
        for place, dimension in enumerate(dimensions)
        for key in known
        if key[place] in dimension.totals
    ]


def swap(key: Key, place: int, code: str) -> Key:
    return (*key[:place], code, *key[place + 1 :])


class Mark(StrEnum):
    """The shorthand of the Government Analysis Function for what stands in place of a figure, or beside it."""

    CONFIDENTIAL = "[c]"
    LOW_RELIABILITY = "[u]"
    NONE_RECORDED = "[w]"
    ROUNDS_TO_ZERO = "[low]"
    REVISED = "[r]"


@dataclass(frozen=True)
class Shown:
    """What a reader sees of one cell. None is hidden, and the marks say why.

    satisfied is for managers only. share is exact for managers and a whole percent in publications; answered may be
    hidden where base is not, never the other way round.
    """

    base: int | None = None
    answered: int | None = None
    satisfied: int | None = None
    share: float | None = None
    interval: Interval | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def reliable(self) -> bool:
        """May it be ranked, compared and given an arrow?"""
        return self.base is not None and not {Mark.LOW_RELIABILITY, Mark.NONE_RECORDED} & set(self.marks)


@dataclass(frozen=True)
class ProtectedTable:
    """All that a reader gets: no count that is hidden can be read from this object.

    unprinted: leaves that are summed over and never shown.
    """

    dimensions: tuple[Dimension, ...]
    shown: Mapping[Key, Shown]
    unprinted: tuple[Key, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Key, ...]:
        shown = (
            key
            for key in self.shown
            if all(code in dimension.leaves for dimension, code in zip(self.dimensions, key, strict=True))
        )
        return (*shown, *self.unprinted)

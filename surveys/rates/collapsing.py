"""Joining of cells that are too thin to be weighted, in an order that is fixed before anybody answers.

A cell's key is a path from the widest to the narrowest: (area, service, channel). Thin channels are joined within their
service, then what is still thin within its area, then within the council. Who was satisfied plays no part in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

LEAST = 10

Key = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """Contacts of one kind (population), those of them who answered (base), and the satisfied among these."""

    key: Key
    population: int
    base: int
    satisfied: int

    def __post_init__(self) -> None:
        if not 0 <= self.satisfied <= self.base:
            raise ValueError("the satisfied must lie between 0 and the base")
        if self.population < 0:
            raise ValueError("a population is not below 0")


@dataclass(frozen=True)
class Stratum:
    """One or more cells that are weighted as one."""

    cells: tuple[Cell, ...]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return tuple(cell.key for cell in self.cells)

    @cached_property
    def population(self) -> int:
        return sum(cell.population for cell in self.cells)

    @cached_property
    def base(self) -> int:
        return sum(cell.base for cell in self.cells)

    @cached_property
    def satisfied(self) -> int:
        return sum(cell.satisfied for cell in self.cells)

    @property
    def joined(self) -> bool:
        return len(self.cells) > 1


def collapse(cells: Iterable[Cell], least: int = LEAST) -> tuple[Stratum, ...]:
    """The strata of these cells: none has fewer answers than least, unless all cells together have fewer.

    Cells without contacts and without answers are left out. Raises ValueError where a key comes twice or the keys
    are not of one length.
    """
    kept = sorted((cell for cell in cells if cell.population or cell.base), key=lambda cell: cell.key)
    if len({cell.key for cell in kept}) != len(kept):
        raise ValueError("a key comes twice")
    if len({len(cell.key) for cell in kept}) > 1:
        raise ValueError("the keys are not of one length")
    strata = [Stratum((cell,)) for cell in kept]
    for depth in reversed(range(len(kept[0].key) if kept else 0)):
        groups = groupby(strata, key=lambda stratum: stratum.keys[0][:depth])
        strata = [stratum for _, group in groups for stratum in without_thin(list(group), least)]
    return tuple(strata)


def without_thin(strata: Sequence[Stratum], least: int) -> list[Stratum]:
    """The thin ones joined into one and, while that is thin, with the one of the others that has the fewest answers."""
    thin = [stratum for stratum in strata if stratum.base < least]
    if not thin or len(strata) == 1:
        return list(strata)
    others = [stratum for stratum in strata if stratum.base >= least]
    while others and sum(stratum.base for stratum in thin) < least:
        smallest = min(others, key=lambda stratum: stratum.base)
        others.remove(smallest)
        thin.append(smallest)
    one = Stratum(tuple(sorted((cell for stratum in thin for cell in stratum.cells), key=lambda cell: cell.key)))
    return sorted([one, *others], key=lambda stratum: stratum.keys[0])

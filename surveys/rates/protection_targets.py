"""What nobody may know too well of a published table: hidden counts, and answers that came late."""

from dataclasses import dataclass
from enum import Enum

from surveys.rates.protection_tables import Key

Weights = tuple[float, float, float]


class Quantity(Enum):
    """A sum of the three counts that a leaf has: satisfied, not satisfied, and "I do not know"."""

    BASE = (1.0, 1.0, 0.0)
    UNSURE = (0.0, 0.0, 1.0)
    ANSWERED = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Target:
    """A hidden count of a cell: in one version, or (late) of what came in between that version and the one before."""

    version: int
    key: Key
    quantity: Quantity
    late: bool = False

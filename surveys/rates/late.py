"""The doors to what loads SciPy, so that it is loaded at its first use: no resident's page and few others need it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from surveys.rates.protection_tables import Dimension, Key

if TYPE_CHECKING:
    from surveys.rates.protection_reader import Reader


def fisher_exact_p(table: Sequence[tuple[int, int]]) -> float:
    """Two-sided p of Fisher's exact test on two rows of two counts."""
    from scipy.stats import fisher_exact

    return float(fisher_exact(table).pvalue)


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """Each p adjusted for all of them, at least one, so that the false discovery rate is controlled."""
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(ps)]


def reader_of(dimensions: tuple[Dimension, ...], leaves: Sequence[Key], versions: int) -> "Reader":
    """Whoever holds every version published of a table with these leaves."""
    from surveys.rates.protection_reader import Reader

    return Reader(dimensions, leaves, versions)

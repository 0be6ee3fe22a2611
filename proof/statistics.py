"""The formulas behind the figures, in the standard library alone."""

from collections.abc import Iterable, Sequence
from math import sqrt

Z95 = 1.959963984540054
VERY, FAIRLY = "very_satisfied", "fairly_satisfied"
FIVE_POINTS = (VERY, FAIRLY, "neither", "fairly_dissatisfied", "very_dissatisfied")
DO_NOT_KNOW = "do_not_know"


def counted(ratings: Iterable[tuple[str, int]]) -> tuple[int, int, int]:
    """(very or fairly satisfied, the five points, "I do not know") of (rating, how many)."""
    satisfied = base = unsure = 0
    for rating, count in ratings:
        satisfied += count * (rating in (VERY, FAIRLY))
        base += count * (rating in FIVE_POINTS)
        unsure += count * (rating == DO_NOT_KNOW)
    return satisfied, base, unsure


def wilson(share: float, base: float) -> tuple[float, float]:
    """Wilson's 95% score interval (1927): centre (p + z²/2n)/(1 + z²/n), half z/(1 + z²/n)·√(p(1-p)/n + z²/4n²)."""
    zz = Z95 * Z95
    scale = 1 + zz / base
    centre = (share + zz / (2 * base)) / scale
    half = Z95 / scale * sqrt(share * (1 - share) / base + zz / (4 * base * base))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def weighted(strata: Sequence[tuple[int, int, int]]) -> tuple[float, float, float, float]:
    """(share, lower, upper, effective base) of strata of (contacts, answers, satisfied).

    p = ΣW_h p_h and V = ΣW_h² p_h(1 - p_h)/(n_h - 1), with W_h the share of all contacts (Cochran 1977, 5.3 and 5.10);
    the base is p(1 - p)/V and at most the answers there are; where V is 0, Kish's (ΣN_h)²/Σ(N_h²/n_h).
    """
    contacts, answers = sum(n for n, _, _ in strata), sum(n for _, n, _ in strata)
    share = min(1.0, sum(size * satisfied / base for size, base, satisfied in strata) / contacts)
    variance = sum(
        (size / contacts) ** 2 * (satisfied / base) * (1 - satisfied / base) / (base - 1)
        for size, base, satisfied in strata
        if base > 1
    )
    kish = contacts**2 / sum(size**2 / base for size, base, _ in strata)
    exact = share * (1 - share)
    base = min(kish if variance == 0 or exact <= 0 else exact / variance, answers)
    return share, *wilson(share, base), base

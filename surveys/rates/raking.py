"""Raking: weights that bring a table of answers to several known margins at once, trimmed, or a loud failure.

For margins whose cross is not known or too thin; where the cross is known, weighting.py is the better way. Never to
margins that only some who answered filled in, such as equality answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CLOSE = 1e-8
MOST_ROUNDS = 500
TRIM_AT = 5

Floats = NDArray[np.float64]


class NotRaked(ValueError):
    """The margins cannot be met; the words say why."""


@dataclass(frozen=True)
class Raked:
    """fitted: the table that meets the margins. weights: fitted / answers, 0 where nobody answered; both in its shape.

    trimmed is the number of answers whose weight was cut to the limit before the second raking; largest_ratio is the
    largest weight over the median of all answers' weights, as it is in the end.
    """

    fitted: Floats
    weights: Floats
    rounds: int
    trimmed: int
    largest_ratio: float


def rake(answers: ArrayLike, margins: Sequence[ArrayLike], trim_at: float = TRIM_AT) -> Raked:
    """Fit a table of counts (one axis a margin) to the margins, by turns; then trim once and fit once more.

    Weights above trim_at times the median weight of an answer are cut to that before the second fit, which may lift
    some above it again: largest_ratio tells. Raises NotRaked where shapes or totals disagree, where a margin asks for
    people of whom nobody answered, and where the largest error is not below 1e-8 after 500 rounds.
    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444.
    """
    counts = np.asarray(answers, dtype=np.float64)
    wanted = [np.asarray(margin, dtype=np.float64) for margin in margins]
    check(counts, wanted)
    fitted, rounds = fit(counts, wanted)
    weights = weights_of(fitted, counts)
    limit = trim_at * median_weight(weights, counts)
    trimmed = int(counts[weights > limit].sum())
    if trimmed:
        fitted, more = fit(counts * np.minimum(weights, limit), wanted)
        weights, rounds = weights_of(fitted, counts), rounds + more
    return Raked(fitted, weights, rounds, trimmed, float(weights.max() / median_weight(weights, counts)))


def check(counts: Floats, wanted: list[Floats]) -> None:
    if [margin.shape for margin in wanted] != [(length,) for length in counts.shape]:
        raise NotRaked("each axis of the table needs one margin of its length")
    if (counts < 0).any() or any((margin < 0).any() for margin in wanted):
        raise NotRaked("counts and margins are not below 0")
    totals = [float(margin.sum()) for margin in wanted]
    if totals[0] <= 0 or not np.allclose(totals, totals[0], rtol=1e-9):
        raise NotRaked(f"the margins add up to different totals: {totals}")
    for axis, margin in enumerate(wanted):
        if (margin[along(counts, axis) == 0] > 0).any():
            raise NotRaked(f"margin {axis} asks for people of whom nobody answered: join them with others")


def along(table: Floats, axis: int) -> Floats:
    """The sums of the table over all other axes."""
    others = tuple(other for other in range(table.ndim) if other != axis)
    return np.asarray(table.sum(axis=others), dtype=np.float64)


def fit(start: Floats, wanted: list[Floats]) -> tuple[Floats, int]:
    """The fitted table and the rounds it took."""
    fitted = start.copy()
    for round_number in range(1, MOST_ROUNDS + 1):
        for axis, margin in enumerate(wanted):
            there = along(fitted, axis)
            factors = np.divide(margin, there, out=np.zeros_like(margin), where=there > 0)
            shape = [1] * fitted.ndim
            shape[axis] = -1
            fitted *= factors.reshape(shape)
        if error(fitted, wanted) < CLOSE:
            return fitted, round_number
    raise NotRaked(f"the margins are not met after {MOST_ROUNDS} rounds: largest error {error(fitted, wanted):.3g}")


def error(fitted: Floats, wanted: list[Floats]) -> float:
    return max(float(np.abs(along(fitted, axis) - margin).max()) for axis, margin in enumerate(wanted))


def weights_of(fitted: Floats, counts: Floats) -> Floats:
    return np.divide(fitted, counts, out=np.zeros_like(fitted), where=counts > 0)


def median_weight(weights: Floats, counts: Floats) -> float:
    """The median over answers, not over cells."""
    there = counts > 0
    order = np.argsort(weights[there], kind="stable")
    upto = np.cumsum(counts[there][order])
    return float(weights[there][order][np.searchsorted(upto, upto[-1] / 2)])

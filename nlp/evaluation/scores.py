"""Scores of predictions, with bootstrap intervals over respondents."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REPEATS = 500
SEED = 7
BINS = 10
Truth = NDArray[np.int8]


@dataclass(frozen=True)
class Score:
    """A figure between 0 and 1 with its 95% bootstrap interval."""

    value: float
    low: float
    high: float


def accuracy(truth: Truth, given: Truth) -> float:
    return float((truth == given).mean())


def each_f1(truth: Truth, given: Truth) -> NDArray[np.float64]:
    """F1 of each label (column); 0 where there is nothing to find and nothing given."""
    both = (truth * given).sum(axis=0)
    return np.asarray(2 * both / np.maximum(truth.sum(axis=0) + given.sum(axis=0), 1))


def mean_f1(truth: Truth, given: Truth) -> float:
    """Macro F1 of n x labels."""
    return float(each_f1(truth, given).mean())


def pooled_f1(truth: Truth, given: Truth) -> float:
    """Micro F1 of n x labels."""
    return float(2 * (truth * given).sum() / max(truth.sum() + given.sum(), 1))


def one_hot(classes: Truth, count: int) -> Truth:
    return np.asarray(classes[:, None] == np.arange(count), np.int8)


def scored(figure: Callable[[Truth, Truth], float], truth: Truth, given: Truth, group: NDArray[np.int32]) -> Score:
    """The figure, and its interval when whole groups are drawn again with replacement."""
    draws = [figure(truth[drawn], given[drawn]) for drawn in drawn_again(group)]
    low, high = np.quantile(draws, [0.025, 0.975])
    return Score(figure(truth, given), float(low), float(high))


def scored_labels(truth: Truth, given: Truth, group: NDArray[np.int32]) -> list[Score]:
    """F1 of each label with its interval."""
    draws = np.array([each_f1(truth[drawn], given[drawn]) for drawn in drawn_again(group)])
    bounds = np.quantile(draws, [0.025, 0.975], axis=0)
    values = zip(each_f1(truth, given), *bounds, strict=True)
    return [Score(float(value), float(low), float(high)) for value, low, high in values]


def drawn_again(group: NDArray[np.int32]) -> list[NDArray[np.intp]]:
    """Places of rows, REPEATS times: as many groups as there are, drawn with replacement. The same every time."""
    chance = np.random.default_rng(SEED)
    order = np.argsort(group, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    picks = chance.integers(0, len(members), size=(REPEATS, len(members)))
    return [np.concatenate([members[pick] for pick in row]) for row in picks]


def calibration_error(truth: Truth, probability: NDArray[np.float64]) -> float:
    """Expected calibration error: the mean gap between probability and share over ten equal bins, by their size."""
    flat, said = truth.ravel(), probability.ravel()
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    sizes = np.bincount(bins, minlength=BINS)
    gaps = np.abs(np.bincount(bins, flat, minlength=BINS) - np.bincount(bins, said, minlength=BINS))
    return float(gaps.sum() / sizes.sum())

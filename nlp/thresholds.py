"""From which probability on a label is given."""

import numpy as np
from numpy.typing import NDArray

GRID = np.arange(0.05, 0.705, 0.01)
LEAST, MOST = 0.1, 0.6
SMOOTHING = 9
FLOOR = 0.15


def threshold_of(truth: NDArray[np.int8], probability: NDArray[np.float64]) -> float:
    """The threshold of the best F1 on probabilities that were made without the comment they are of.

    F1 along the grid is smoothed over nine steps, so that one lucky comment does not decide, and the result kept
    between LEAST and MOST. Both arrays have n entries.
    """
    score = np.array([f1_at(threshold, truth, probability) for threshold in GRID])
    side = SMOOTHING // 2
    smooth = np.convolve(np.pad(score, side, mode="edge"), np.full(SMOOTHING, 1 / SMOOTHING), mode="valid")
    best = int(np.argmax(smooth.round(9)))
    return float(np.clip(GRID[best], LEAST, MOST))


def f1_at(threshold: float, truth: NDArray[np.int8], probability: NDArray[np.float64]) -> float:
    given = probability >= threshold
    return 2 * float((given & (truth == 1)).sum()) / max(float(given.sum() + truth.sum()), 1.0)


def decided(probabilities: NDArray[np.float64], thresholds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Labels by threshold; the likeliest where none reaches its own, but only from FLOOR on.

    Both are n x labels, or labels. A comment without any label is one for a person to look at.
    """
    given = probabilities >= thresholds
    if not probabilities.shape[1]:
        return given
    best = probabilities.argmax(axis=1)
    every = np.arange(len(probabilities))
    near = ~given.any(axis=1) & (probabilities[every, best] >= FLOOR)
    given[every[near], best[near]] = True
    return given

"""Raking: the vector of the method, its margins, its trimming, and its refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.rates.raking import NotRaked, rake


def test_a_small_table_is_fitted_to_the_published_figures() -> None:
    raked = rake([[20, 30], [10, 40]], [[60, 40], [45, 55]])
    assert raked.fitted.round(5).tolist() == [[32.63769, 27.36231], [12.36231, 27.63769]]
    assert raked.weights.round(6).tolist() == [[1.631884, 0.912077], [1.236231, 0.690942]]
    assert raked.trimmed == 0


@settings(max_examples=40)
@given(st.lists(st.integers(1, 60), min_size=12, max_size=12), st.lists(st.integers(1, 60), min_size=12, max_size=12))
def test_all_margins_of_three_axes_are_met_at_once(answers: list[int], truth: list[int]) -> None:
    table, real = np.array(answers).reshape(2, 3, 2), np.array(truth).reshape(2, 3, 2)
    margins = [real.sum(axis=axes) for axes in ((1, 2), (0, 2), (0, 1))]
    raked = rake(table, margins)
    for axes, margin in zip(((1, 2), (0, 2), (0, 1)), margins, strict=True):
        assert np.abs(raked.fitted.sum(axis=axes) - margin).max() < 1e-8
    assert np.allclose(raked.weights * table, raked.fitted)


def test_margins_that_are_met_already_change_nothing() -> None:
    raked = rake([[20, 30], [10, 40]], [[50, 50], [30, 70]])
    assert (raked.weights.tolist(), raked.rounds) == ([[1, 1], [1, 1]], 1)


def test_a_weight_above_five_times_the_median_is_cut_and_the_margins_are_met_again() -> None:
    answers, margins = [[100, 100, 2], [100, 100, 100]], [[600, 300], [300, 300, 300]]
    free, trimmed = rake(answers, margins, trim_at=1e9), rake(answers, margins, trim_at=2)
    assert (free.trimmed, trimmed.trimmed) == (0, 2)
    assert trimmed.largest_ratio < free.largest_ratio
    assert np.allclose(trimmed.fitted.sum(axis=1), margins[0])
    assert trimmed.rounds > free.rounds


@pytest.mark.parametrize(
    ("answers", "margins", "words"),
    [
        ([[1, 2], [3, 4]], [[5, 5]], "one margin"),
        ([[1, 2], [3, 4]], [[5, 5], [2, 3, 5]], "one margin"),
        ([[1, -2], [3, 4]], [[5, 5], [5, 5]], "not below 0"),
        ([[1, 2], [3, 4]], [[5, 5], [5, 6]], "different totals"),
        ([[1, 0], [3, 0]], [[5, 5], [5, 5]], "nobody answered"),
        ([[0, 2], [3, 0]], [[5, 5], [4, 6]], "not met after 500 rounds"),
    ],
)
def test_margins_that_cannot_be_met_are_refused_in_words(
    answers: list[list[int]], margins: list[list[int]], words: str
) -> None:
    with pytest.raises(NotRaked, match=words):
        rake(answers, margins)

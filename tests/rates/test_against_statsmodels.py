"""The formulas against statsmodels, which was written by others: intervals, tests of two shares, many comparisons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from surveys.rates.comparing import false_discovery, holm, pooled_z_p
from surveys.rates.intervals import newcombe, proportion, wilson

COUNTS = st.tuples(st.integers(0, 3000), st.integers(1, 3000)).map(lambda pair: (min(pair), pair[1]))
MIXED = st.tuples(st.integers(1, 3000), st.integers(1, 3000)).map(lambda pair: (pair[0], sum(pair)))
PS = st.lists(st.floats(0, 1), min_size=1, max_size=20)


@settings(max_examples=60)
@given(COUNTS)
def test_wilson_is_theirs(counts: tuple[int, int]) -> None:
    found = wilson(*counts)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-10)


@settings(max_examples=60)
@given(COUNTS, COUNTS)
def test_newcombe_is_theirs(one: tuple[int, int], other: tuple[int, int]) -> None:
    theirs = confint_proportions_2indep(*one, *other, compare="diff", method="newcomb")
    ours = newcombe(proportion(*one), proportion(*other))
    assert (ours.lower, ours.upper) == pytest.approx(theirs, abs=1e-10)


@settings(max_examples=60)
@given(MIXED, MIXED)
def test_the_pooled_test_is_theirs(one: tuple[int, int], other: tuple[int, int]) -> None:
    _, theirs = proportions_ztest([one[0], other[0]], [one[1], other[1]])
    pooled = (one[0] + other[0]) / (one[1] + other[1])
    assert pooled_z_p(proportion(*one), proportion(*other), pooled) == pytest.approx(theirs, abs=1e-10)


@settings(max_examples=60)
@given(PS)
def test_the_false_discovery_rate_is_adjusted_as_theirs(ps: list[float]) -> None:
    assert false_discovery(ps) == pytest.approx(multipletests(ps, method="fdr_bh")[1].tolist(), abs=1e-12)


# A few lists will do: theirs takes a fifth of a second each.
@pytest.mark.parametrize("ps", [[0.2], [0.01, 0.01, 0.9, 1.0, 0.0], [0.04, 0.03, 0.02, 0.01, 0.012, 0.4, 0.011]])
def test_holm_is_adjusted_as_theirs(ps: list[float]) -> None:
    assert holm(ps) == pytest.approx(multipletests(ps, method="holm")[1].tolist(), abs=1e-12)

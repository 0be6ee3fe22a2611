"""Comparisons and targets: the vectors of the method, families, and when nobody can tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from surveys.rates.comparing import (
    Adjustment,
    Attainment,
    Comparison,
    Verdict,
    against_target,
    against_the_rest,
    compare,
    fisher_p,
    judge,
)
from surveys.rates.intervals import Interval, Proportion, newcombe, proportion

COUNTS = st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda pair: proportion(min(pair), pair[1]))
PS = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def family_of(ps: list[float]) -> dict[int, Comparison]:
    one, other = proportion(45, 60), proportion(30, 60)
    return {i: Comparison(one, other, Interval(0, 0.5), p, exact=False) for i, p in enumerate(ps)}


def test_the_published_comparison_has_the_published_p_by_both_tests() -> None:
    one, other = proportion(45, 60), proportion(30, 60)
    found = compare(one, other)
    assert (found.difference, round(found.p, 6), found.exact) == (0.25, 0.004678, False)
    assert round(fisher_p(one, other), 6) == 0.007953
    assert found.interval == newcombe(one, other)


def test_few_expected_answers_are_tested_exactly() -> None:
    found = compare(proportion(9, 10), proportion(95, 100))
    assert found.exact
    assert found.p == fisher_p(proportion(9, 10), proportion(95, 100))


@pytest.mark.parametrize("satisfied", [0, 1])
def test_all_of_one_mind_are_no_different(satisfied: int) -> None:
    found = compare(proportion(50 * satisfied, 50), proportion(80 * satisfied, 80))
    assert found.p == 1
    assert judge({"all": found})["all"].verdict is Verdict.NO_CLEAR_DIFFERENCE


def test_effective_bases_are_compared_like_counts() -> None:
    weighted = compare(Proportion(0.75, 60.0), Proportion(0.5, 60.0))
    assert weighted.p == pytest.approx(0.004678, abs=1e-6)
    assert compare(Proportion(0.75, 30.4), Proportion(0.5, 30.4)).p > weighted.p


@settings(max_examples=60)
@given(COUNTS, COUNTS)
def test_the_order_of_two_changes_the_sign_and_nothing_else(one: Proportion, other: Proportion) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.p == pytest.approx(back.p, abs=1e-9)
    assert 0 <= there.p <= 1 + 1e-9
    assert there.difference == -back.difference


def test_a_group_is_compared_with_everybody_else_and_not_with_itself() -> None:
    found = against_the_rest((45, 60), (75, 120))
    assert found == compare(proportion(45, 60), proportion(30, 60))
    assert against_the_rest((75, 120), (75, 120)) is None
    assert against_the_rest((0, 0), (75, 120)) is None
    with pytest.raises(ValueError, match="between 0 and the base"):
        against_the_rest((45, 60), (40, 120))


@given(PS)
def test_a_family_is_adjusted_as_scipy_does_it(ps: list[float]) -> None:
    judged = judge(family_of(ps))
    assert [judged[i].p for i in range(len(ps))] == list(false_discovery_control(ps))


@given(PS)
def test_holm_is_stricter_than_false_discovery_and_kinder_than_bonferroni(ps: list[float]) -> None:
    holm, screened = judge(family_of(ps), Adjustment.HOLM), judge(family_of(ps))
    for i, p in enumerate(ps):
        assert screened[i].p - 1e-12 <= holm[i].p <= min(1.0, p * len(ps)) + 1e-12
        assert p <= holm[i].p + 1e-12


def test_holm_gives_the_textbook_figures() -> None:
    judged = judge(family_of([0.01, 0.04, 0.03, 0.005]), Adjustment.HOLM)
    assert [round(one.p, 6) for one in judged.values()] == [0.03, 0.06, 0.06, 0.02]


def test_words_follow_the_adjusted_p_and_not_the_raw_one() -> None:
    higher = compare(proportion(45, 60), proportion(30, 60))
    lower = compare(proportion(30, 60), proportion(45, 60))
    alone = {"a": higher, "b": lower}
    assert [one.verdict for one in judge(alone).values()] == [Verdict.HIGHER, Verdict.LOWER]
    even = compare(proportion(30, 60), proportion(30, 60))
    crowd = alone | {f"even {i}": even for i in range(20)}
    assert {one.verdict for one in judge(crowd).values()} == {Verdict.NO_CLEAR_DIFFERENCE}


def test_an_empty_family_has_no_verdicts() -> None:
    assert judge({}) == {}
    assert judge({}, Adjustment.HOLM) == {}


@pytest.mark.parametrize(
    ("target", "attainment", "plainly"),
    [
        (0.80, Attainment.MET, True),
        (0.82, Attainment.CANNOT_TELL, True),
        (0.85, Attainment.CANNOT_TELL, False),
        (0.87, Attainment.NOT_MET, False),
    ],
)
def test_a_target_is_met_only_where_the_whole_interval_is(target: float, attainment: Attainment, plainly: bool) -> None:
    found = against_target(proportion(500, 600), target)
    assert (found.attainment, found.plainly) == (attainment, plainly)


def test_a_limit_that_is_the_target_meets_it() -> None:
    rate = proportion(500, 600)
    assert against_target(rate, rate.interval.lower).attainment is Attainment.MET
    assert against_target(rate, rate.interval.upper).attainment is Attainment.CANNOT_TELL

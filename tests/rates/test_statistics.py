"""The headline rate, by its definition and its properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.kinds import FIVE_POINTS, Satisfaction
from surveys.rates.intervals import wilson
from surveys.rates.statistics import LOW_BASE, Rate, rate_of

ANSWERS = st.dictionaries(st.sampled_from([*(p.value for p in Satisfaction), "no_such_code"]), st.integers(0, 10**6))


def test_satisfied_is_very_or_fairly_and_the_base_is_the_five_points() -> None:
    counts = {
        "very_satisfied": 16,
        "fairly_satisfied": 8,
        "neither": 4,
        "fairly_dissatisfied": 2,
        "very_dissatisfied": 1,
        "do_not_know": 32,
    }
    rate = rate_of(counts)
    assert (rate.satisfied, rate.base, rate.do_not_know) == (24, 31, 32)
    assert rate.share == 24 / 31
    assert rate.share_of_all == 24 / 63
    assert rate.interval == wilson(24, 31)


@pytest.mark.parametrize("point", FIVE_POINTS)
def test_each_of_the_five_points_counts_once_in_the_base(point: Satisfaction) -> None:
    assert rate_of({point.value: 3}).base == 3


def test_only_not_knowing_makes_no_rate() -> None:
    rate = rate_of({"do_not_know": 5})
    assert (rate.share, rate.interval, rate.all_base) == (None, None, 5)
    assert rate.share_of_all == 0


def test_no_answers_make_no_rate() -> None:
    assert (rate_of({}).share, rate_of({}).share_of_all, rate_of({}).low_base) == (None, None, True)


@given(ANSWERS, ANSWERS)
def test_rates_add_up(one: dict[str, int], other: dict[str, int]) -> None:
    both = rate_of({code: one.get(code, 0) + other.get(code, 0) for code in one.keys() | other.keys()})
    parts = rate_of(one), rate_of(other)
    assert both == Rate(
        satisfied=sum(part.satisfied for part in parts),
        base=sum(part.base for part in parts),
        do_not_know=sum(part.do_not_know for part in parts),
    )


@given(ANSWERS)
def test_a_rate_is_a_share_and_its_variant_is_never_higher(counts: dict[str, int]) -> None:
    rate = rate_of(counts)
    if rate.share is None or rate.share_of_all is None:
        assert rate.base == 0
        return
    assert 0 <= rate.share_of_all <= rate.share <= 1


@pytest.mark.parametrize(("base", "low"), [(LOW_BASE - 1, True), (LOW_BASE, False)])
def test_a_base_below_thirty_is_marked(base: int, low: bool) -> None:
    assert rate_of({"neither": base}).low_base is low

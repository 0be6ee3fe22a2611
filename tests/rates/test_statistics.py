"""The rate and its interval, against published figures and by their properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.kinds import FIVE_POINTS, Satisfaction
from surveys.rates.statistics import LOW_BASE, Interval, Rate, rate_of, wilson

COUNTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: (min(pair), max(pair)))
ANSWERS = st.dictionaries(st.sampled_from([*(p.value for p in Satisfaction), "no_such_code"]), st.integers(0, 10**6))


@pytest.mark.parametrize(
    ("successes", "base", "lower", "upper"),
    [
        (8, 10, 0.490162, 0.943318),
        (0, 20, 0.0, 0.161125),
        (20, 20, 0.838875, 1.0),
        (45, 60, 0.627679, 0.842235),
        (500, 600, 0.801412, 0.861013),
        (262, 335, 0.734819, 0.822964),
    ],
)
def test_wilson_gives_the_published_limits(successes: int, base: int, lower: float, upper: float) -> None:
    found = wilson(successes, base)
    assert found is not None
    assert (round(found.lower, 6), round(found.upper, 6)) == (lower, upper)


def test_nobody_answered_so_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "base"), [(-1, 10), (11, 10), (1, 0), (0, -1)])
def test_counts_that_cannot_be_are_refused(successes: int, base: int) -> None:
    with pytest.raises(ValueError, match="between 0 and the base"):
        wilson(successes, base)


@given(COUNTS.filter(lambda pair: pair[1] > 0))
def test_the_interval_holds_the_share_and_stays_a_share(counts: tuple[int, int]) -> None:
    successes, base = counts
    found = wilson(successes, base)
    assert found is not None
    assert 0 <= found.lower <= successes / base <= found.upper <= 1
    assert found.lower < found.upper


@given(COUNTS.filter(lambda pair: pair[1] > 0))
def test_the_interval_of_the_opposite_is_its_mirror(counts: tuple[int, int]) -> None:
    successes, base = counts
    found, mirror = wilson(successes, base), wilson(base - successes, base)
    assert found is not None
    assert mirror is not None
    assert found.lower == pytest.approx(1 - mirror.upper, abs=1e-12)
    assert found.upper == pytest.approx(1 - mirror.lower, abs=1e-12)


@given(COUNTS.filter(lambda pair: pair[1] > 0))
def test_more_answers_with_the_same_share_make_a_narrower_interval(counts: tuple[int, int]) -> None:
    successes, base = counts
    assert width(wilson(successes * 4, base * 4)) < width(wilson(successes, base))


def width(interval: Interval | None) -> float:
    assert interval is not None
    return interval.upper - interval.lower


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

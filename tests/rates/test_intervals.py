"""Intervals of a share and of a difference, against the vectors of the method and by their properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rates.intervals import (
    Interval,
    Proportion,
    invitations_needed,
    newcombe,
    proportion,
    sample_size,
    wilson,
    wilson_of_finite,
)

COUNTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: (min(pair), max(pair)))
PROPORTIONS = st.builds(Proportion, st.floats(0, 1), st.floats(0.5, 1e6))


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


@given(PROPORTIONS)
def test_an_effective_base_need_not_be_whole(one: Proportion) -> None:
    assert 0 <= one.interval.lower <= one.share <= one.interval.upper <= 1


@pytest.mark.parametrize(("share", "base"), [(-0.1, 10), (1.1, 10), (0.5, 0), (0.5, -1)])
def test_a_proportion_that_cannot_be_is_refused(share: float, base: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Proportion(share, base)


def test_the_correction_for_a_finite_population_gives_the_published_limits() -> None:
    corrected, plain = wilson_of_finite(96, 120, 200), wilson(96, 120)
    assert corrected is not None
    assert plain is not None
    assert rounded(corrected) == (0.750940, 0.841437)
    assert rounded(plain) == (0.719633, 0.861755)


def test_a_census_is_a_point_and_nobody_makes_none() -> None:
    assert wilson_of_finite(150, 200, 200) == Interval(0.75, 0.75)
    assert wilson_of_finite(0, 0, 200) is None
    with pytest.raises(ValueError, match="within the population"):
        wilson_of_finite(96, 120, 119)


@pytest.mark.parametrize(
    ("one", "other", "limits"),
    [((56, 70), (48, 80), (0.0524, 0.3339)), ((45, 60), (30, 60), (0.076780, 0.403461))],
)
def test_newcombe_gives_the_published_limits(
    one: tuple[int, int], other: tuple[int, int], limits: tuple[float, float]
) -> None:
    found = newcombe(proportion(*one), proportion(*other))
    assert (found.lower, found.upper) == pytest.approx(limits, abs=5e-5 if limits[0] == 0.0524 else 5e-7)


@given(PROPORTIONS, PROPORTIONS)
def test_the_difference_the_other_way_round_is_the_mirror(one: Proportion, other: Proportion) -> None:
    there, back = newcombe(one, other), newcombe(other, one)
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower), abs=1e-12)
    assert -1 <= there.lower <= one.share - other.share + 1e-12
    assert one.share - other.share - 1e-12 <= there.upper <= 1


@pytest.mark.parametrize(
    ("half_width", "population", "answers"),
    [(0.05, None, 384.15), (0.05, 1000, 278), (0.05, 200, 132), (0.03, 1000, 517)],
)
def test_the_sample_size_is_the_published_one(half_width: float, population: int | None, answers: float) -> None:
    found = sample_size(half_width, population)
    assert (round(found, 2) if population is None else -int(-found // 1)) == answers


def test_invitations_allow_for_those_who_do_not_answer() -> None:
    assert invitations_needed(sample_size(0.05), 0.25) == 1537
    assert invitations_needed(278, 1) == 278
    with pytest.raises(ValueError, match="response rate"):
        invitations_needed(278, 0)


def rounded(interval: Interval) -> tuple[float, float]:
    return round(interval.lower, 6), round(interval.upper, 6)

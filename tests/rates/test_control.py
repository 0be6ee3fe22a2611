"""Control charts: the vectors of the method, each signal by hand, and what a chart must not depend on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rates.control import Baseline, Period, Segment, baseline_of, chart, merged, series
from surveys.rates.signals import Rule, Signal, signals_of

X = [412, 455, 430, 398, 470, 441, 420, 489, 405, 450, 433, 472]
N = [500, 540, 520, 480, 560, 530, 500, 570, 490, 540, 515, 560]
OVERDISPERSED = [820, 930, 760, 905, 700, 948, 810, 890, 730, 940]


def periods(satisfied: list[int], bases: list[int] | int = 1000) -> tuple[Period, ...]:
    several = [bases] * len(satisfied) if isinstance(bases, int) else bases
    return tuple(Period((f"{i:02}",), x, n) for i, (x, n) in enumerate(zip(satisfied, several, strict=True)))


PERIODS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))), max_size=40
).map(lambda pairs: periods([x for x, _ in pairs], [n for _, n in pairs]))


def test_a_quiet_baseline_gives_the_published_limits() -> None:
    usual = baseline_of(periods(X, N))
    assert usual is not None
    assert (round(usual.centre, 6), round(usual.sigma_z, 6), usual.laney) == (0.836638, 0.642537, False)
    assert rounded(usual.limits(500)) == (0.787038, 0.886238)
    first = chart(periods(X, N), periods(X, N)).points[0]
    assert (first.lower, first.upper) == usual.limits(500)


def test_an_overdispersed_baseline_widens_the_limits_to_the_published_ones() -> None:
    usual = baseline_of(periods(OVERDISPERSED), least=10)
    assert usual is not None
    assert (round(usual.centre, 6), round(usual.sigma_z, 6), usual.laney) == (0.8433, 12.561943, True)
    assert rounded(usual.limits(1000)) == (0.410085, 1)
    assert rounded(Baseline(usual.centre, 1.0).limits(1000)) == (0.808814, 0.877786)


def rounded(limits: tuple[float, float]) -> tuple[float, float]:
    return round(limits[0], 6), round(limits[1], 6)


def test_eleven_points_are_a_run_chart_about_their_median() -> None:
    shown = chart(periods(X[:11], N[:11]), periods(X[:11], N[:11]))
    assert shown.run_chart
    assert shown.centre == sorted(x / n for x, n in zip(X[:11], N[:11], strict=True))[5]
    assert {(point.lower, point.upper) for point in shown.points} == {(None, None)}


@pytest.mark.parametrize("satisfied", [0, 50])
def test_a_baseline_where_all_are_of_one_mind_has_no_limits(satisfied: int) -> None:
    assert baseline_of(periods([satisfied] * 12, 50)) is None


def test_periods_of_few_answers_are_joined_with_those_after_them() -> None:
    whole, waiting = merged(periods([4, 5, 1, 20, 3, 2], [5, 9, 3, 25, 4, 4]))
    assert [(period.labels, period.satisfied, period.base) for period in whole] == [
        (("00", "01"), 9, 14),
        (("02", "03"), 21, 28),
    ]
    assert waiting == Period(("04", "05"), 5, 8)


@given(PERIODS)
def test_joining_loses_no_answer_and_no_period(some: tuple[Period, ...]) -> None:
    whole, waiting = merged(some)
    kept = [*whole, *([waiting] if waiting else [])]
    assert [label for period in kept for label in period.labels] == [period.labels[0] for period in some]
    assert sum(period.satisfied for period in kept) == sum(period.satisfied for period in some)
    assert all(period.base >= 10 for period in whole)


@given(PERIODS, PERIODS)
def test_what_comes_later_changes_no_point_that_was_drawn(some: tuple[Period, ...], later: tuple[Period, ...]) -> None:
    baseline = periods(X, N)
    before, after = chart(some, baseline), chart(some + later, baseline)
    assert after.points[: len(before.points)] == before.points


UP, DOWN = True, False


@pytest.mark.parametrize(
    ("name", "z", "found"),
    [
        ("just within 3 sigma", [2.9], {}),
        ("just beyond 3 sigma", [-3.1], {0: [(Rule.BEYOND_LIMITS, DOWN)]}),
        ("on the limit, whatever the last digit", [3.0], {}),
        ("seven on one side", [0.5, 0.7] * 3 + [0.5], {}),
        ("nine on one side", [0.5, 0.7] * 4 + [0.5], {7: [(Rule.SHIFT, UP)], 8: [(Rule.SHIFT, UP)]}),
        ("the centre ends the run", [0.5, 0.7] * 2 + [0.0] + [0.5, 0.7] * 2, {}),
        ("five falling", [1, 0.5, 0.2, -0.5, -1], {}),
        ("six falling", [1.2, 1, 0.5, 0.2, -0.5, -1], {5: [(Rule.TREND, DOWN)]}),
        ("an equal ends the rise", [-1.2, -1, -0.5, -0.5, 0.2, 0.5, 1], {}),
        ("two of three beyond 2 sigma", [2.1, 0, 2.1], {2: [(Rule.TWO_OF_THREE, UP)]}),
        ("two of four beyond 2 sigma", [2.1, 0, 0, 2.1], {}),
        ("on both sides of the centre", [2.1, -2.1, 0], {}),
        ("two rules at once", [2.5, 3.5], {1: [(Rule.BEYOND_LIMITS, UP), (Rule.TWO_OF_THREE, UP)]}),
    ],
)
def test_each_signal_is_found_where_it_is_and_nowhere_else(
    name: str, z: list[float], found: dict[int, list[tuple[Rule, bool]]]
) -> None:
    signals = signals_of([0.5 + 0.01 * one for one in z], 0.5, [0.01] * len(z))
    assert {i: list(here) for i, here in enumerate(signals) if here} == {
        i: [Signal(*one) for one in here] for i, here in found.items()
    }, name


def test_a_run_chart_knows_shifts_and_trends_only() -> None:
    signals = signals_of([0.1] * 4 + [0.9] + [0.91] * 7, 0.5, None)
    assert {signal.rule for here in signals for signal in here} == {Rule.SHIFT}


@given(st.lists(st.floats(-4, 4), max_size=40))
def test_the_signals_of_the_mirror_are_mirrored(z: list[float]) -> None:
    there = signals_of(z, 0, [1.0] * len(z))
    back = signals_of([-one for one in z], 0, [1.0] * len(z))
    assert [[(s.rule, s.upward) for s in here] for here in there] == [
        [(s.rule, not s.upward) for s in here] for here in back
    ]


def test_no_run_and_no_baseline_reaches_over_a_break() -> None:
    low, high = periods([800] * 5), periods([900] * 5)
    one, other = series([Segment(low, periods(X, N)), Segment(high)])
    assert not one.run_chart
    assert other.run_chart
    joined = chart(low + low, periods(X, N))
    apart = series([Segment(low, periods(X, N)), Segment(low, periods(X, N))])
    assert any(signal.rule is Rule.SHIFT for point in joined.points for signal in point.signals)
    assert not any(signal.rule is Rule.SHIFT for one in apart for point in one.points for signal in point.signals)


@given(PERIODS)
def test_limits_hold_the_centre_and_are_shares(some: tuple[Period, ...]) -> None:
    shown = chart(some, periods(X, N))
    for point in shown.points:
        assert point.lower is not None
        assert point.upper is not None
        assert 0 <= point.lower < (shown.centre or 0) < point.upper <= 1


def test_nothing_at_all_makes_an_empty_chart() -> None:
    assert (chart([]).points, chart([]).centre, chart([]).waiting) == ((), None, None)

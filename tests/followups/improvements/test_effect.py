"""What was measured of an improvement: months, Newcombe's interval, and when nobody can tell."""

from datetime import date

import pytest

from surveys.followups.improvements.effect import (
    Effect,
    Told,
    Why,
    effect_for_everybody,
    effect_for_managers,
    windows_of,
)
from surveys.followups.improvements.words import effect_sentence, overlap_sentence, span
from surveys.rates.months import Month
from surveys.rates.statistics import Rate

DONE, LATER = date(2026, 3, 10), date(2026, 6, 5)
BEFORE, AFTER = Month(2026, 1), Month(2026, 5)


def rated(before: tuple[int, int], after: tuple[int, int]) -> dict[Month, Rate]:
    return {BEFORE: Rate(*before, 0), AFTER: Rate(*after, 0), Month(2026, 3): Rate(0, 500, 0)}


def measured(before: tuple[int, int], after: tuple[int, int], breaks: tuple[Month, ...] = ()) -> Effect:
    return effect_for_managers(windows_of(DONE, LATER), rated(before, after), breaks)


def published(before: tuple[int, int], after: tuple[int, int]) -> Effect:
    return effect_for_everybody(windows_of(DONE, LATER), rated(before, after), ())


@pytest.mark.parametrize(
    ("done_on", "today", "before", "after"),
    [
        (date(2026, 3, 31), date(2026, 3, 31), "December 2025 to February 2026", "no month yet"),
        (date(2026, 3, 1), date(2026, 4, 30), "December 2025 to February 2026", "no month yet"),
        (date(2026, 3, 1), date(2026, 5, 1), "December 2025 to February 2026", "April 2026"),
        (date(2025, 12, 5), date(2026, 4, 2), "September to November 2025", "January to March 2026"),
        (date(2025, 8, 5), date(2026, 11, 2), "May to July 2025", "September 2025 to February 2026"),
    ],
)
def test_three_whole_months_before_and_up_to_six_after_are_compared(
    done_on: date, today: date, before: str, after: str
) -> None:
    windows = windows_of(done_on, today)
    assert (span(windows.before), span(windows.after)) == (before, after)


def test_newcombe_s_own_example_is_an_improvement_and_the_month_it_was_done_in_counts_on_no_side() -> None:
    effect = measured((48, 80), (56, 70))
    assert effect.told is Told.IMPROVED
    assert effect.interval
    assert (round(effect.interval.lower, 4), round(effect.interval.upper, 4)) == (0.0524, 0.3339)
    assert effect_sentence(effect) == (
        "Improved from 60% to 80%: up 20 percentage points, 95% confidence interval 5 to 33."
    )


def test_a_fall_is_told_as_worse_with_its_interval_the_same_way_round() -> None:
    effect = measured((45, 60), (30, 60))
    assert effect.told is Told.WORSE
    assert (
        effect_sentence(effect) == "Worse from 75% to 50%: down 25 percentage points, 95% confidence interval 8 to 40."
    )


def test_a_difference_that_chance_could_make_is_not_told_as_one() -> None:
    effect = measured((61, 100), (65, 100))
    assert (effect.told, effect.why) == (Told.CANNOT_TELL, Why.NO_CLEAR_DIFFERENCE)
    words = effect_sentence(effect)
    assert words.startswith(
        "Cannot tell yet: from 61% to 65%: up 4 percentage points, 95% confidence interval 9 down to"
    )
    assert words.endswith("Chance alone could have done that.")


def test_before_the_first_whole_month_after_it_nobody_can_tell() -> None:
    effect = effect_for_managers(windows_of(DONE, date(2026, 4, 30)), rated((48, 80), (56, 70)), ())
    assert effect.why is Why.TOO_EARLY
    assert "April 2026, the first whole month after it was done, is not over" in effect_sentence(effect)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((20, 29), (400, 500), "29 before and 500 after"),
        ((20, 30), (3, 4), "30 before and fewer than 5 after"),
        ((0, 0), (40, 50), "0 before and 50 after"),
    ],
)
def test_with_fewer_than_30_answers_on_a_side_nobody_can_tell(
    before: tuple[int, int], after: tuple[int, int], words: str
) -> None:
    effect = measured(before, after)
    assert effect.why is Why.TOO_FEW
    assert words in effect_sentence(effect)


@pytest.mark.parametrize(
    ("month", "broken"),
    [(Month(2025, 11), False), (Month(2025, 12), True), (Month(2026, 3), True), (AFTER, True), (Month(2026, 6), False)],
)
def test_over_another_wording_of_the_question_nothing_is_compared(month: Month, broken: bool) -> None:
    effect = measured((48, 80), (56, 70), (month,))
    assert (effect.why is Why.NEW_WORDING) == broken
    assert (f"changed in {month.label}" in effect_sentence(effect)) == broken


def test_a_small_month_hides_another_so_that_it_cannot_be_had_from_their_sum() -> None:
    rates = {Month(2025, 12): Rate(2, 3, 0), Month(2026, 1): Rate(30, 40, 0), Month(2026, 2): Rate(60, 90, 0)}
    effect = effect_for_managers(windows_of(DONE, LATER), rates | {AFTER: Rate(80, 100, 0)}, ())
    assert effect.before.base == 133
    assert effect.months
    hidden = [month for month, shown in effect.months.items() if shown.base is None]
    assert Month(2025, 12) in hidden
    assert len(hidden) > 1


def test_the_public_gets_rounded_figures_and_an_interval_made_from_them_alone() -> None:
    effect = published((98, 163), (121, 151))
    assert (effect.before.base, effect.before.share, effect.before.satisfied) == (165, 0.6, None)
    assert (effect.after.base, effect.after.share, effect.after.satisfied) == (150, 0.8, None)
    assert effect.told is Told.IMPROVED
    assert effect.months is None
    assert round(effect.difference or 0, 6) == 0.2


@pytest.mark.parametrize(("before", "after"), [((20, 29), (400, 500)), ((5, 9), (5, 9)), ((40, 50), (29, 29))])
def test_the_public_gets_neither_side_where_one_is_small(before: tuple[int, int], after: tuple[int, int]) -> None:
    effect = published(before, after)
    assert effect.why is Why.TOO_FEW
    assert (effect.before.base, effect.after.base) == (None, None)


def test_what_rounding_alone_would_make_clear_is_not_told_to_the_public() -> None:
    pairs = [((before, 197), (after, 203)) for before in range(100, 140) for after in range(before, 160)]
    told = [(measured(*pair).told, published(*pair).told) for pair in pairs]
    differing = [public for exact, public in told if public is not exact]
    assert differing
    assert set(differing) == {Told.CANNOT_TELL}


def test_improvements_of_the_same_months_are_named() -> None:
    assert overlap_sentence([], 0) == ""
    assert overlap_sentence(["A", "B"], 1).startswith("“A”, “B” and 1 more improvement fell into")
    assert overlap_sentence([], 2).startswith("2 other improvements fell into")

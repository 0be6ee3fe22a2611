"""The rules for one cell: what managers see, what is published, and what a published figure stands for."""

from dataclasses import dataclass
from math import floor

from surveys.rates.intervals import Interval, score_interval
from surveys.rates.protection_tables import Counts, Mark, Shown
from surveys.rates.statistics import LOW_BASE

SMALLEST_FOR_MANAGERS = 5
SMALLEST_PUBLISHED = 10
STEP = 5
HIDDEN = Shown(marks=(Mark.CONFIDENTIAL,))


def too_small_for_managers(counts: Counts) -> bool:
    """Fewer than five answers. Nobody at all is no secret within the council."""
    return counts.answered > 0 and counts.base < SMALLEST_FOR_MANAGERS


def too_small_to_publish(counts: Counts) -> bool:
    """Fewer than ten people, or few people of one mind: of those, a rate would tell what each one said.

    Both are hidden whole, so that nobody can tell which of the two it was.
    """
    return counts.base < SMALLEST_PUBLISHED or (counts.base < LOW_BASE and counts.satisfied in (0, counts.base))


def for_managers(counts: Counts) -> Shown:
    if counts.answered == 0:
        return Shown(0, 0, 0, marks=(Mark.NONE_RECORDED,))
    share = counts.satisfied / counts.base
    marks = (Mark.LOW_RELIABILITY,) if counts.base < LOW_BASE else ()
    return Shown(counts.base, counts.answered, counts.satisfied, share, score_interval(share, counts.base), marks)


def for_publication(counts: Counts, with_answered: bool) -> Shown:
    """The 10-5 rule: counts to the nearest five, the share from unrounded counts to a whole percent.

    Interval and marks follow from the two published figures alone, so they tell nothing more about the base.
    """
    base, percent = to_nearest_step(counts.base), whole_percent(counts.satisfied, counts.base)
    marks = [Mark.LOW_RELIABILITY] if base < LOW_BASE else []
    if percent == 0:
        marks.append(Mark.ROUNDS_TO_ZERO)
    return Shown(
        base=base,
        answered=to_nearest_step(counts.answered) if with_answered else None,
        share=percent / 100,
        interval=rounded_interval(percent, base),
        marks=tuple(marks),
    )


def to_nearest_step(count: int) -> int:
    return STEP * ((count + STEP // 2) // STEP)


def whole_percent(part: int, base: int) -> int:
    """Halves go up."""
    return (200 * part + base) // (2 * base)


def rounded_interval(percent: int, base: int) -> Interval:
    exact = score_interval(percent / 100, base)
    return Interval(round(exact.lower, 2), round(exact.upper, 2))


@dataclass(frozen=True)
class Window:
    """What a published figure stands for: the true count lies within, ends included."""

    lowest: int
    highest: int


def window_of(rounded: int) -> Window:
    """Whoever knows the rule knows that 10 stands for 10 to 12, and 15 for 13 to 17."""
    return Window(max(SMALLEST_PUBLISHED, rounded - STEP // 2), rounded + STEP // 2)


def bases_behind(shown: Shown) -> Window:
    """The bases that give this rounded base with this percentage: 67% of 10 can only be 8 of 12."""
    if shown.base is None or shown.share is None:
        raise ValueError("a hidden cell stands for nothing")
    percent, around = round(100 * shown.share), window_of(shown.base)
    possible = [base for base in range(around.lowest, around.highest + 1) if gives(percent, base)]
    return Window(min(possible), max(possible))


def gives(percent: int, base: int) -> bool:
    """Is there a number of satisfied people who are this percentage of the base, in a cell that may be published?"""
    near = floor(percent * base / 100)
    return any(
        0 <= part <= base
        and whole_percent(part, base) == percent
        and not too_small_to_publish(Counts(part, base, base))
        for part in (near - 1, near, near + 1)
    )

"""What was measured of an improvement, in sentences for staff that claim no more than the figures do. Pure."""

from collections.abc import Sequence

from surveys.followups.improvements.effect import Effect, Told, Why
from surveys.followups.improvements.models import ImprovementState, Publishing
from surveys.rates.intervals import Interval
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown
from surveys.rates.statistics import LOW_BASE
from surveys.rates.words import percent, points

TOLD_WORDS = {Told.IMPROVED: "Improved", Told.WORSE: "Worse", Told.CANNOT_TELL: "Cannot tell yet"}
STATE_WORDS = {
    ImprovementState.PLANNED: "Planned",
    ImprovementState.DOING: "Being done",
    ImprovementState.DONE: "Done",
    ImprovementState.DROPPED: "Dropped",
}
PUBLISHING_WORDS = {
    Publishing.DRAFT: "Not published",
    Publishing.PROPOSED: "Waits for approval",
    Publishing.PUBLISHED: "Published",
}


def effect_sentence(effect: Effect) -> str:
    """The finding with its figures, or why there is none."""
    if effect.why is Why.TOO_EARLY:
        first = effect.windows.first_after
        return f"Cannot tell yet: {first.label}, the first whole month after it was done, is not over."
    if effect.why is Why.NEW_WORDING and effect.broken is not None:
        return asked_otherwise(effect, effect.broken)
    if effect.why is Why.TOO_FEW or effect.interval is None:
        return (
            f"Cannot tell yet: too few answers, {answers(effect.before)} before and {answers(effect.after)} after. "
            f"{LOW_BASE} are needed on each side."
        )
    sizes = f"from {percent(effect.before.share or 0)} to {percent(effect.after.share or 0)}"
    moved = f"{sizes}: {step(effect.difference or 0)}, 95% confidence interval {limits(effect.interval, effect.told)}"
    if effect.told is Told.CANNOT_TELL:
        return f"Cannot tell yet: {moved}. Chance alone could have done that."
    return f"{TOLD_WORDS[effect.told]} {moved}."


def asked_otherwise(effect: Effect, broken: Month) -> str:
    """Why no figures are compared, and which of the months can be."""
    what = "another questionnaire was put to use" if effect.another else "the wording of the question changed"
    told = f"Cannot tell: {what} in {broken.label}, so answers before and after are not compared."
    alike = [month for month in effect.windows.before if month < broken]
    after = [month for month in effect.windows.after if month < broken]
    together = f" {span(alike)} can be compared with {span(after)} only." if alike and after else ""
    return told + together


def answers(shown: Shown) -> str:
    return "fewer than 5" if shown.base is None else f"{shown.base:,}"


def step(difference: float) -> str:
    if round(difference * 100) == 0:
        return "no whole percentage point"
    return f"{'up' if difference > 0 else 'down'} {points(difference)}"


def limits(interval: Interval, told: Told) -> str:
    """Without signs where both ends go the way that was told; else each end says its way."""
    ends = [round(interval.lower * 100), round(interval.upper * 100)]
    if told is Told.IMPROVED:
        return f"{ends[0]} to {ends[1]}"
    if told is Told.WORSE:
        return f"{-ends[1]} to {-ends[0]}"
    return f"{way(ends[0])} to {way(ends[1])}"


def way(end: int) -> str:
    return f"{abs(end)} {'down' if end < 0 else 'up'}" if end else "0"


def span(months: Sequence[Month]) -> str:
    """Months in a row as people say them: "March 2026", "March to May 2026", "November 2025 to January 2026"."""
    if not months:
        return "no month yet"
    first, last = months[0], months[-1]
    if first == last:
        return first.label
    return f"{first.first:%B}{'' if first.year == last.year else f' {first.year}'} to {last.label}"


def overlap_sentence(titles: Sequence[str], more: int) -> str:
    """Others that fall into the same months; more: those that the reader may not see. "" where there is none."""
    if not titles and not more:
        return ""
    named = [f"“{title}”" for title in titles]
    others = [f"{more} {'more' if named else 'other'} improvement{'s' if more > 1 else ''}"] if more else []
    told = [*named, *others]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"{listed} fell into the same months. What each of them did cannot be told apart."

"""Did it help: the months before something was done against the months after it, with Newcombe's interval. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys.rates.intervals import Interval, Proportion, newcombe
from surveys.rates.months import Month, months_between
from surveys.rates.protection import View, protect
from surveys.rates.protection_rules import HIDDEN, for_publication, too_small_to_publish
from surveys.rates.protection_tables import Counts, Dimension, Key, Shown, Table
from surveys.rates.statistics import LOW_BASE, Rate

BEFORE, MOST_AFTER = 3, 6
WAS, IS_NOW = "before", "after"


class Told(StrEnum):
    IMPROVED = "improved"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


class Why(StrEnum):
    """Why nobody can tell; the first of these that holds is said."""

    TOO_EARLY = "too_early"
    NEW_WORDING = "new_wording"
    TOO_FEW = "too_few"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"


@dataclass(frozen=True)
class Windows:
    """The whole months that are compared. The month in which it was done belongs to neither side."""

    before: tuple[Month, ...]
    after: tuple[Month, ...]

    @property
    def last(self) -> Month:
        return self.after[-1] if self.after else self.before[-1].plus(1)

    @property
    def first_after(self) -> Month:
        return self.before[-1].plus(2)


@dataclass(frozen=True)
class Effect:
    """What was measured, as far as its readers may see it. difference and interval are of after less before.

    broken: the first month that cannot be compared with those before it; another: because another questionnaire was
    put to use in it.
    """

    told: Told
    why: Why | None
    windows: Windows
    before: Shown
    after: Shown
    difference: float | None = None
    interval: Interval | None = None
    broken: Month | None = None
    months: Mapping[Month, Shown] | None = None
    another: bool = False


def windows_of(done_on: date, today: date) -> Windows:
    """The three months before it, and up to six after it that are over."""
    done = Month.of(done_on)
    newest = min(done.plus(MOST_AFTER), Month.of(today).plus(-1))
    return Windows(
        tuple(months_between(done.plus(-BEFORE), done.plus(-1))), tuple(months_between(done.plus(1), newest))
    )


def effect_for_managers(windows: Windows, by_month: Mapping[Month, Rate], breaks: Collection[Month]) -> Effect:
    """by_month: rates of the right service, channel and question, of these months and perhaps others for a chart."""
    months, before, after = shown_to_managers(windows, by_month)
    broken = broken_in(windows, breaks)
    why = hindrance(windows, broken, before, after)
    if why is not None:
        return Effect(Told.CANNOT_TELL, why, windows, before, after, broken=broken, months=months)
    difference, interval = compared(before, after)
    told = told_by(interval)
    unclear = Why.NO_CLEAR_DIFFERENCE if told is Told.CANNOT_TELL else None
    return Effect(told, unclear, windows, before, after, difference, interval, broken, months)


def effect_for_everybody(windows: Windows, by_month: Mapping[Month, Rate], breaks: Collection[Month]) -> Effect:
    """Only figures that may be published, and nothing that they alone would not bear out."""
    before, after = (counts_of(by_month, months) for months in (windows.before, windows.after))
    was, is_now = published_both(before, after)
    broken = broken_in(windows, breaks)
    why = hindrance(windows, broken, was, is_now)
    if why is not None:
        return Effect(Told.CANNOT_TELL, why, windows, HIDDEN, HIDDEN, broken=broken)
    difference, interval = compared(was, is_now)
    exact = newcombe(Proportion(*share_of(after)), Proportion(*share_of(before)))
    told = told_by(interval) if told_by(interval) is told_by(exact) else Told.CANNOT_TELL
    unclear = Why.NO_CLEAR_DIFFERENCE if told is Told.CANNOT_TELL else None
    return Effect(told, unclear, windows, was, is_now, difference, interval)


def hindrance(windows: Windows, broken: Month | None, before: Shown, after: Shown) -> Why | None:
    if not windows.after:
        return Why.TOO_EARLY
    if broken is not None:
        return Why.NEW_WORDING
    return None if before.reliable and after.reliable else Why.TOO_FEW


def broken_in(windows: Windows, breaks: Collection[Month]) -> Month | None:
    """The first month in which people were asked otherwise, of those that are compared or lie between."""
    return min((month for month in breaks if windows.before[0] <= month <= windows.last), default=None)


def compared(before: Shown, after: Shown) -> tuple[float, Interval]:
    """(after less before, its interval) from what is shown alone, so that anybody can do the sum again."""
    was, is_now = (Proportion(shown.share or 0.0, shown.base or 1) for shown in (before, after))
    return is_now.share - was.share, newcombe(is_now, was)


def told_by(interval: Interval) -> Told:
    if interval.lower > 0:
        return Told.IMPROVED
    return Told.WORSE if interval.upper < 0 else Told.CANNOT_TELL


def counts_of(by_month: Mapping[Month, Rate], months: Iterable[Month]) -> Counts:
    found = [by_month[month] for month in months if month in by_month]
    satisfied, base = sum(rate.satisfied for rate in found), sum(rate.base for rate in found)
    return Counts(satisfied, base, base + sum(rate.do_not_know for rate in found))


def share_of(counts: Counts) -> tuple[float, int]:
    return counts.satisfied / counts.base, counts.base


def shown_to_managers(windows: Windows, by_month: Mapping[Month, Rate]) -> tuple[Mapping[Month, Shown], Shown, Shown]:
    """Each month, and the two sides that are sums of some of them: one table, so that no hidden month can be had by
    taking the others from their sum."""
    months = sorted({*by_month, *windows.before, *windows.after})
    leaves: dict[Key, Counts] = {(str(month),): counts_of(by_month, [month]) for month in months}
    sides = {WAS: windows.before, IS_NOW: windows.after}
    totals = {name: tuple(map(str, side)) for name, side in sides.items() if side}
    shown = protect(Table((Dimension(tuple(map(str, months)), totals),), leaves), View.MANAGERS).shown
    return {month: shown[str(month),] for month in months}, shown[WAS,], shown.get((IS_NOW,), Shown(0, 0, 0))


def published_both(before: Counts, after: Counts) -> Sequence[Shown]:
    """Neither is told where one is too small: a comparison needs both, and each has 30 answers or more."""
    if any(too_small_to_publish(counts) or counts.base < LOW_BASE for counts in (before, after)):
        return HIDDEN, HIDDEN
    return [for_publication(counts, with_answered=False) for counts in (before, after)]

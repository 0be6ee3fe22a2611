"""Months as a control chart takes them: cut where the wording of the rating changed. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby

from surveys.rates.control import Period, Segment
from surveys.rates.months import Month, in_words
from surveys.rates.statistics import Rate

Label = Callable[[Month], str]


def segments(
    by_month: Mapping[Month, Rate], usual: Mapping[Month, Rate], breaks: Collection[Month], label: Label = in_words
) -> Iterator[Segment]:
    """One for each stretch of months that were asked in one wording.

    breaks: the months in which it changed. usual: the baseline's months, of which each takes those in its own wording.
    """
    for number, run in groupby(sorted(by_month), lambda month: stretch_of(month, breaks)):
        own = {month: by_month[month] for month in run}
        yield Segment(periods_of(own, label), periods_of(in_stretch(usual, number, breaks), label))


def stretch_of(month: Month, breaks: Collection[Month]) -> int:
    """Months of one number were asked in one wording."""
    return sum(month >= broken for broken in breaks)


def in_stretch(rates: Mapping[Month, Rate], number: int, breaks: Collection[Month]) -> dict[Month, Rate]:
    return {month: rate for month, rate in rates.items() if stretch_of(month, breaks) == number}


def periods_of(rates: Mapping[Month, Rate], label: Label = in_words) -> tuple[Period, ...]:
    """A period a month, forward; months in which only "I do not know" was said have a base of 0."""
    return tuple(Period((label(month),), rates[month].satisfied, rates[month].base) for month in sorted(rates))

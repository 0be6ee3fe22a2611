"""Did it really move: a series of months held against its usual range, cut where the wording changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from surveys.dashboards.pages.shown_cuts import shown_parts
from surveys.rates.control import LEAST_BASELINE, Chart, Period, Point, merged, series
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown
from surveys.rates.segments import in_stretch, periods_of, segments, stretch_of
from surveys.rates.signals import Rule, Signal
from surveys.rates.statistics import Rate, together
from surveys.rates.words import chart_sentence, percent, when_of

SIGNAL_WORDS = {
    Rule.BEYOND_LIMITS: ("above its usual range", "below its usual range"),
    Rule.SHIFT: ("8 or more in a row above the middle", "8 or more in a row below the middle"),
    Rule.TREND: ("6 or more in a row rising", "6 or more in a row falling"),
    Rule.TWO_OF_THREE: ("near its upper limit again", "near its lower limit again"),
}
BROKEN, MIXED = "[b] wording changed", "wording changed for some"


@dataclass(frozen=True)
class Trend:
    """What a chart of months is about.

    frozen: whether somebody froze a baseline. usual: the rates of its months. breaks: the months in which the rating's
    wording changed. partly: those in which it changed for too few to break the line. targets: the share to be reached
    in each month that has one.
    """

    name: str
    by_month: Mapping[Month, Rate]
    usual: Mapping[Month, Rate] = field(default_factory=dict)
    breaks: Collection[Month] = ()
    partly: Collection[Month] = ()
    targets: Mapping[Month, float] = field(default_factory=dict)
    frozen: bool = False

    @property
    def broken(self) -> tuple[Month, ...]:
        return broken_months(list(self.by_month), self.breaks)

    @property
    def mixed(self) -> tuple[Month, ...]:
        """The months from which on some answered another wording and the line goes on."""
        return tuple(month for month, mark in self.marks.items() if mark == MIXED)

    @cached_property
    def marks(self) -> dict[Month, str]:
        return wording_marks(list(self.by_month), self.breaks, self.partly)


@dataclass(frozen=True)
class Drawn:
    """A trend as charts, one for each stretch, and the months of each label."""

    trend: Trend
    charts: tuple[Chart, ...]

    @property
    def points(self) -> list[Point]:
        return [point for chart in self.charts for point in chart.points]

    @cached_property
    def shown(self) -> dict[tuple[str, ...], Shown]:
        """What may be shown of each period, by its labels. What waits for more answers is a part of the whole too."""
        waiting = [chart.waiting for chart in self.charts if chart.waiting is not None]
        periods = [*(point.period for point in self.points), *waiting]
        shown = shown_parts([self.rate(period) for period in periods])
        return {period.labels: one for period, one in zip(periods, shown, strict=True)}

    @property
    def signals(self) -> bool:
        """Whether the newest point is a signal."""
        return bool(self.charts and self.charts[-1].points and self.charts[-1].points[-1].signals)

    @property
    def newest(self) -> Point | None:
        """The newest point, where the newest stretch has one that may be shown."""
        points = self.charts[-1].points if self.charts else ()
        return points[-1] if points and self.shown[points[-1].period.labels].base is not None else None

    @cached_property
    def labelled(self) -> dict[str, Month]:
        return {month.label: month for month in self.trend.by_month}

    def months(self, period: Period) -> list[Month]:
        return [self.labelled[label] for label in period.labels]

    def rate(self, period: Period) -> Rate:
        return together(self.trend.by_month[month] for month in self.months(period))


def drawn(trend: Trend) -> Drawn:
    return Drawn(trend, series(segments(trend.by_month, trend.usual, trend.breaks)))


def broken_months(months: Sequence[Month], breaks: Collection[Month]) -> tuple[Month, ...]:
    """The first of these months with answers to each new wording; its own answers may be to both."""
    found = (next((m for m in months if m.first >= b.first), None) for b in breaks)
    begins = {b for b in breaks if months and b == months[0]}
    return tuple(sorted({m for m in found if m and m != months[0]} | begins, key=lambda m: m.first))


def wording_marks(months: Sequence[Month], breaks: Collection[Month], partly: Collection[Month]) -> dict[Month, str]:
    """What to tell beside each month with the first answers to another wording, by whether the line breaks there."""
    return dict.fromkeys(broken_months(months, partly), MIXED) | dict.fromkeys(broken_months(months, breaks), BROKEN)


def trend_sentence(found: Drawn) -> str:
    """What the newest point says, and from when on it may be compared."""
    if not found.charts:
        return "Nobody has answered in this period yet."
    trend = found.trend
    return " ".join(filter(None, (newest_sentence(found), break_sentence(trend.broken), mixed_sentence(trend.mixed))))


def newest_sentence(found: Drawn) -> str:
    chart, name = found.charts[-1], found.trend.name
    if chart.points and found.newest is None:
        return f"What {name} was at in {when_of(chart.points[-1].period)} is hidden, to protect few people [c]."
    if chart.baseline is None and len(chart.points) >= LEAST_BASELINE:
        last = chart.points[-1].period
        words = [f"{name} was at {percent(last.share)} in {when_of(last)}", *(map(said, chart.points[-1].signals))]
        return f"{'; '.join(words)}. {why_no_range(found.trend)}, so there is no usual range to hold it against."
    return chart_sentence(name, chart)


def why_no_range(trend: Trend) -> str:
    """What stands against a usual range for the newest stretch."""
    if not trend.frozen:
        return "No baseline has been frozen yet"
    newest = stretch_of(max(trend.by_month), trend.breaks)
    usual, _ = merged(periods_of(in_stretch(trend.usual, newest, trend.breaks)))
    if len(usual) < LEAST_BASELINE:
        return f"The months of the baseline have too few answers in this wording for {LEAST_BASELINE} points"
    return "Everybody or nobody was satisfied in the months of the baseline"


def said(signal: Signal) -> str:
    up, down = SIGNAL_WORDS[signal.rule]
    return up if signal.upward else down


def break_sentence(broken: Sequence[Month]) -> str:
    if not broken:
        return ""
    when = " and ".join(month.label for month in broken)
    return f"The wording of the rating changed in {when} [b]: months before and after are not compared."


def mixed_sentence(mixed: Sequence[Month]) -> str:
    if not mixed:
        return ""
    when = " and ".join(month.label for month in mixed)
    return f"In {when} the wording changed for fewer than half of the services here: the line goes on."

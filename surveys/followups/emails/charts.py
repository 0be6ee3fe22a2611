"""The control charts that people are told about: where a month stands out, in words.

They are those of the whole, of each service, of each channel, and of a service's channel where somebody froze a
baseline for it: a chart for every combination would cry wolf every week.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from surveys.rates.baselines import Frozen
from surveys.rates.control import Chart, Point
from surveys.rates.control import series as charts_of
from surveys.rates.cube import Cube
from surveys.rates.months import Month, months_between
from surveys.rates.places import part_of
from surveys.rates.segments import segments
from surveys.rates.series import Series
from surveys.rates.signals import Rule
from surveys.rates.statistics import LOW_BASE
from surveys.rates.words import chart_sentence, percent, signal_words, when_of

MONTHS = 24
# A run goes on from month to month; it is news only where it begins.
RUNS = (Rule.SHIFT, Rule.TREND)
SO_FAR = "so far"


@dataclass(frozen=True)
class StandsOut:
    """A month of a chart with its signals. month: of the point, its last; begun: signals that prolong no older run.

    name is what the series is called, and the sentence what the point says, its rate among it.
    """

    series: Series
    name: str
    month: Month
    rules: tuple[Rule, ...]
    begun: frozenset[Rule]
    sentence: str


def standing_out(
    cube: Cube,
    baselines: Mapping[Series, Frozen],
    breaks_of: Callable[[Series], Collection[Month]],
    running: Month,
) -> list[StandsOut]:
    """Every month with a signal among the 24 that end with the running one; the whole first.

    cube: of those months and of all baselines. breaks_of: the months in which a series breaks.
    """
    months = months_between(running.plus(1 - MONTHS), running)
    found: list[StandsOut] = []
    for series in watched(cube, baselines):
        baseline = baselines.get(series)
        usual = part_of(cube, series, baseline.months).by_month if baseline else {}
        by_month = part_of(cube, series, months).by_month
        broken = breaks_of(series)
        for chart in charts_of(segments(by_month, usual, broken, lambda month: label_of(month, running))):
            found += points_standing_out(series, name_of(series, cube.names), chart, running)
    return found


def watched(cube: Cube, baselines: Collection[Series]) -> list[Series]:
    pairs = [series for series in baselines if series.service is not None and series.channel is not None]
    return [
        Series(),
        *(Series(service) for service in cube.by_service),
        *(Series(None, channel) for channel in cube.by_channel),
        *sorted((pair for pair in pairs if pair.service in cube.names), key=lambda pair: pair.code),
    ]


def label_of(month: Month, running: Month) -> str:
    return f"{month.label} {SO_FAR}" if month == running else month.label


def points_standing_out(series: Series, name: str, chart: Chart, running: Month) -> Iterator[StandsOut]:
    months = {label_of(month, running): month for month in months_between(running.plus(1 - MONTHS), running)}
    points = [dependable(point, months[point.period.labels[-1]] == running) for point in chart.points]
    for place, (before, point) in enumerate(pairwise([None, *points])):
        if point is not None and point.signals:
            earlier = before.signals if before else ()
            begun = frozenset(s.rule for s in point.signals if s.rule not in RUNS or s not in earlier)
            rules = tuple(signal.rule for signal in point.signals)
            so_far = replace(chart, points=tuple(points[: place + 1]))
            yield StandsOut(series, name, months[point.period.labels[-1]], rules, begun, sentence_of(name, so_far))


def dependable(point: Point, runs_still: bool) -> Point:
    """Of a month that runs still, only what its own limits say, and not of a handful of answers.

    A run counts months as equals, and this one may have two days.
    """
    if not runs_still:
        return point
    kept = [s for s in point.signals if s.rule is Rule.BEYOND_LIMITS and point.period.base >= LOW_BASE]
    return replace(point, signals=tuple(kept))


def sentence_of(name: str, chart: Chart) -> str:
    """What the last point says. Without a baseline the dashboard's words are about too few months, which is not so."""
    if chart.baseline is not None:
        return chart_sentence(name, chart)
    last = chart.points[-1]
    told = " and ".join(signal_words(signal, chart, "month") for signal in last.signals)
    said = f"{name} was at {percent(last.period.share)} in {when_of(last.period)}, {told}."
    return f"{said} No baseline is frozen for it yet."


def name_of(series: Series, names: Mapping[int, str]) -> str:
    """As a sentence about it begins: "Parking", "Parking by phone", "Satisfaction by phone", "Satisfaction"."""
    service = names.get(series.service, "A service") if series.service is not None else ""
    if series.channel is None:
        return service or "Satisfaction"
    return f"{service or 'Satisfaction'} by {series.channel.label.lower()}"

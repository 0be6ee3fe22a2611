"""How soon somebody acted: the control chart of first actions in time, and working days by service."""

from collections.abc import Mapping, Sequence
from itertools import chain

from surveys.core.csv_out import Cell
from surveys.dashboards.learning.counts import ProgressLine, in_time, progress_lines, share_cell, shown_counts
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.panels import RATE_FIELDS, RATE_HEADINGS, Panel, number, rate_cells
from surveys.dashboards.pages.shown_cuts import EVERYTHING
from surveys.dashboards.trends.drawing import figure_of
from surveys.dashboards.trends.panel import USUAL_FIELDS, USUAL_HEADINGS, about_chart
from surveys.dashboards.trends.spots import Beside, Spot, spots_of
from surveys.dashboards.trends.trend import Drawn, Trend, drawn
from surveys.followups.learning.counts import Days, Progress
from surveys.followups.learning.days import Histogram, spread_of
from surveys.rates.control import LEAST_BASE, LEAST_BASELINE, merged
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown
from surveys.rates.segments import periods_of
from surveys.rates.statistics import Rate
from surveys.rates.words import chart_sentence, percent, when_of

MEASURE = "First action in time"
ShownDays = Mapping[str, tuple[Cell, Cell]]
UNIT = "cases"
CHART_HEADINGS = (f"{MEASURE} (%)", *RATE_HEADINGS[1:3], "Cases")
CHART_FIELDS = ("in_time_percent", *RATE_FIELDS[1:3], "cases")
TIME_HEADINGS = (
    f"{MEASURE} (%)",
    "Answered in time (%)",
    "First action: half within (days)",
    "First action: nine of ten within (days)",
    "Close: half within (days)",
    "Close: nine of ten within (days)",
)
TIME_FIELDS = (
    "first_action_in_time_percent",
    "answered_in_time_percent",
    "first_action_median_days",
    "first_action_ninetieth_days",
    "close_median_days",
    "close_ninetieth_days",
)
BASELINE_WORDS = (
    f"The usual range comes from the first {LEAST_BASELINE} months with {LEAST_BASE} cases or more, whatever period is "
    "chosen. Months in which a case can still be acted on in time are not drawn yet."
)


def in_time_of(name: str, by_month: Mapping[Month, Progress], months: Sequence[Month], running: Month) -> Drawn:
    """The months of the period, against the usual range of the first months there ever were.

    by_month: all there ever were. A month is drawn once it is over and the last day has passed for all its cases.
    """
    rates = {m: in_time(one) for m, one in sorted(by_month.items()) if m < running and one.settled}
    return drawn(Trend(name, {m: rates[m] for m in rates if m in set(months)}, first_months(rates)))


def first_months(rates: Mapping[Month, Rate]) -> dict[Month, Rate]:
    """Those of the first twelve points; none before there are twelve."""
    points = merged(periods_of(rates))[0][:LEAST_BASELINE]
    if len(points) < LEAST_BASELINE:
        return {}
    labels = set(chain.from_iterable(point.labels for point in points))
    return {month: rate for month, rate in rates.items() if month.label in labels}


def in_time_sentence(found: Drawn) -> str:
    """What the newest point says, and no more than so many months can."""
    name = found.trend.name
    if not found.points:
        return f"{name}: fewer than {LEAST_BASE} cases have had their last day yet, too few for a chart."
    chart = found.charts[-1]
    last = chart.points[-1].period
    if found.newest is None:
        return f"What {name} was at in {when_of(last)} is hidden, to protect few people [c]."
    if found.trend.usual and chart.baseline is None:
        so_far = f"{name} was at {percent(last.share)} in {when_of(last)}"
        return f"{so_far}. Its first months were all alike, so there is no usual range to hold it against."
    return chart_sentence(name, chart)


def in_time_panel(found: Drawn, subtitle: str, by_service: Sequence[Drawn] = ()) -> Panel:
    """by_service: each service by itself; told in words, where there are several."""
    beside = Beside(unit=UNIT)
    spots = spots_of(found, beside)
    flat = [spot for run in spots for spot in run]
    ranged = any(spot.point.lower is not None for spot in flat)
    return Panel(
        key="in-time",
        title="First action in time, by month",
        sentence=in_time_sentence(found),
        figure=figure_of(found, spots, beside) if flat else None,
        headings=("Month", *CHART_HEADINGS, *(USUAL_HEADINGS if ranged else ()), "Note"),
        rows=[spot_row(spot, ranged) for spot in flat],
        subtitle=subtitle,
        reading=f"{about_chart(found, flat)} {BASELINE_WORDS}",
        fields=("month", *CHART_FIELDS, *(USUAL_FIELDS if ranged else ()), "note"),
        notes=tuple(map(in_time_sentence, by_service)) if len(by_service) > 1 else (),
    )


def spot_row(spot: Spot, ranged: bool) -> tuple[Cell, ...]:
    cells = rate_cells(spot.shown, spot.notes)
    limits = (number(spot.point.lower), number(spot.point.upper)) if ranged else ()
    return (spot.label, *cells[:4], *limits, cells[-1])


def times_panel(by_service: Mapping[str, Progress], days: Mapping[str, Days], subtitle: str) -> Panel:
    lines = progress_lines(by_service)
    acted = shown_days({name: one.to_first_action for name, one in days.items()})
    closed = shown_days({name: one.to_close for name, one in days.items()})
    return Panel(
        key="times",
        title="How soon cases were acted on and closed",
        sentence=days_sentence(acted.get(EVERYTHING), closed.get(EVERYTHING)),
        figure=None,
        headings=("Service", *TIME_HEADINGS),
        rows=[time_row(line, acted, closed, last=line is lines[-1]) for line in lines],
        subtitle=f"{subtitle}. Working days from opening, of the cases acted on or closed so far",
        fields=("service", *TIME_FIELDS),
    )


def time_row(line: ProgressLine, acted: ShownDays, closed: ShownDays, last: bool) -> tuple[Cell, ...]:
    name, none = (EVERYTHING if last else line.name), (None, None)
    shares = (share_cell(line.acted), share_cell(line.answered))
    return (line.name, *shares, *acted.get(name, none), *closed.get(name, none))


def shown_days(histograms: Mapping[str, Histogram]) -> ShownDays:
    """(median, ninetieth) of each and of all of them; hidden where few cases would tell of one."""
    whole: dict[int, int] = {}
    for histogram in histograms.values():
        for took, count in histogram.items():
            whole[took] = whole.get(took, 0) + count
    shown = shown_counts({(name,): sum(one.values()) for name, one in histograms.items()})
    every = {**histograms, EVERYTHING: whole} if histograms else {}
    return {name: day_cells(one, shown[(name,)]) for name, one in every.items()}


def day_cells(histogram: Histogram, shown: Shown) -> tuple[Cell, Cell]:
    if shown.base is None:
        return (HIDDEN, HIDDEN)
    spread = spread_of(histogram)
    return (None, None) if spread is None else (plain(spread.median), spread.ninetieth)


def plain(days: float) -> float:
    """2 and not 2.0; a median may be 2.5."""
    return int(days) if days.is_integer() else days


def days_sentence(acted: tuple[Cell, Cell] | None, closed: tuple[Cell, Cell] | None) -> str:
    told = []
    for what, cells in (("acted on", acted), ("closed", closed)):
        if cells is not None and not isinstance(cells[0], str) and cells[0] is not None:
            told.append(
                f"half of those {what} were {what} within {in_words(cells[0])}, nine of ten within {in_words(cells[1])}"
            )
    words = "; ".join(told)
    return f"{words[0].upper()}{words[1:]}." if words else "Too few cases have been acted on to say how long it takes."


def in_words(days: Cell) -> str:
    return "1 working day" if days == 1 else f"{days:g} working days" if isinstance(days, int | float) else "[c]"

"""The control charts of a pack as a table: each point with its usual range and its signals in words."""

from collections.abc import Iterable, Iterator, Mapping

from surveys.dashboards.trends.trend import Drawn, Trend, drawn, said
from surveys.evidence.figures.cube import Known, cube_of
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import CHANNEL, HIDING, INTEGER, NUMBER, SERVICE
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, PackTable, shared
from surveys.rates.baselines import Frozen, every_baseline, newest_of
from surveys.rates.control import Chart, Point
from surveys.rates.cube import Cube, read_cube
from surveys.rates.months import Month, months_between
from surveys.rates.places import part_of
from surveys.rates.protection_tables import Mark, Shown
from surveys.rates.scope import Scope
from surveys.rates.series import Series
from surveys.rates.wordings import read_rating_wordings

# So many months at least, for a quarter alone has no trend.
MONTHS = 24
HIDDEN, NO_RANGE = Mark.CONFIDENTIAL.value, "[z]"
PACK, FIGURES, BOTH = "pack", "figures", "both"
COLUMNS = (
    Column("level", "Level", description="whole, service or channel", required=True),
    SERVICE,
    CHANNEL,
    Column(
        "month", "Month", description="as in 2026-03; the first one where few answers joined several", required=True
    ),
    Column("to_month", "To month", description="the last month of the point", required=True),
    Column("satisfied", "Very or fairly satisfied", INTEGER, "answers"),
    Column("base", "Base", INTEGER, "answers on the five points"),
    Column("share", "Share satisfied", NUMBER, "satisfied / base", share=True),
    Column("centre", "Middle", NUMBER, "of the baseline, or the median of all points", share=True),
    Column("lower_limit", "Usual from", NUMBER, "3 sigma below the middle; [z] without a baseline", share=True),
    Column("upper_limit", "Usual to", NUMBER, "3 sigma above the middle; [z] without a baseline", share=True),
    Column("signals", "Signals", description="what chance alone would rarely give"),
    Column("held_against", "Held against", description="baseline, or median where nobody froze a baseline"),
    Column(
        "counted_from", "Counted from", description="pack, figures (months before the period) or both", required=True
    ),
    Column("mark", "Mark", description="why a figure is hidden, or what to mind"),
)
NOTES = (
    HIDING,
    "Months of fewer than ten answers are joined with those after them; the newest are left out while they are few.",
    "Months before the period, and baselines, come from the council’s figures as they stood when the pack was built. A "
    "pack holds no answers of theirs, so they cannot be counted again from it.",
    "A signal says that chance alone would rarely give such a point. It does not say why.",
)


def trend_table(period: PackPeriod, tally: Tally, known: Known) -> PackTable:
    baselines = newest_of([one for one in every_baseline() if one.set_at <= period.cutoff_at])
    wordings = read_rating_wordings(until=period.cutoff_at)
    cube = long_cube(period, tally, known, baselines)
    first = min(period.first, period.last.plus(1 - MONTHS))
    rows: list[tuple[Cell, ...]] = []
    for series in series_of(cube.part(months=frozenset(months_between(first, period.last)))):
        breaks = wordings.of_series(series).breaks
        rows += rows_of_series(series, trend_of(cube, series, (first, period.last), baselines, breaks), period, known)
    return PackTable(
        name="trend",
        title="Satisfaction by month, with its usual range",
        description="Control charts of the whole, each service and each channel: did it really move?",
        columns=COLUMNS,
        rows=rows,
        key=("level", "service", "channel", "month"),
        notes=NOTES,
    )


def long_cube(period: PackPeriod, tally: Tally, known: Known, baselines: Mapping[Series, Frozen]) -> Cube:
    """The period from the pack's own rows, and other months as far back as a chart or its baseline goes."""
    begins = min([period.last.plus(1 - MONTHS), period.first, *(one.first_month for one in baselines.values())])
    ends = max([period.last, *(one.last_month for one in baselines.values())])
    of_period, own = frozenset(period.months), cube_of(tally, known)
    others = {cell: rate for cell, rate in read_cube(Scope(begins, ends)).rates.items() if cell[0] not in of_period}
    return Cube({**others, **own.rates}, own.names)


def series_of(cube: Cube) -> Iterator[Series]:
    """The whole, then each service, then each channel, in the pack's order."""
    yield Series()
    yield from (Series(service) for service in cube.by_service)
    yield from (Series(None, channel) for channel in cube.by_channel)


def trend_of(
    cube: Cube,
    series: Series,
    ends: tuple[Month, Month],
    baselines: Mapping[Series, Frozen],
    breaks: frozenset[Month],
) -> Drawn:
    baseline = baselines.get(series)
    by_month = part_of(cube, series, months_between(*ends)).by_month
    usual = part_of(cube, series, baseline.months).by_month if baseline else {}
    return drawn(Trend("Satisfaction", by_month, usual, breaks, frozen=baseline is not None))


def rows_of_series(series: Series, found: Drawn, period: PackPeriod, known: Known) -> Iterable[tuple[Cell, ...]]:
    level = "service" if series.service is not None else "channel" if series.channel is not None else "whole"
    for chart in found.charts:
        for point in chart.points:
            months = found.months(point.period)
            signals = "; ".join(said(signal) for signal in point.signals)
            shown = found.shown[point.period.labels]
            told = point_cells(chart, point, shown, signals)
            mark = " ".join([*shown.marks, *(["[b]"] if set(months) & set(found.trend.broken) else [])])
            yield (
                level,
                *known.cells(series),
                str(months[0]),
                str(months[-1]),
                *told,
                "median" if chart.run_chart else "baseline",
                counted_from(months, period),
                mark,
            )


def point_cells(chart: Chart, point: Point, shown: Shown, signals: str) -> tuple[Cell, ...]:
    """From satisfied to signals. The limits tell the base, so they are hidden with it."""
    if shown.base is None or shown.satisfied is None:
        return (HIDDEN, HIDDEN, HIDDEN, shared(chart.centre), HIDDEN, HIDDEN, "")
    ranged = point.lower is not None and point.upper is not None
    limits = (shared(point.lower), shared(point.upper)) if ranged else (NO_RANGE, NO_RANGE)
    return (shown.satisfied, shown.base, shared(shown.share), shared(chart.centre), *limits, signals)


def counted_from(months: Iterable[Month], period: PackPeriod) -> str:
    within = {period.first <= month <= period.last for month in months}
    return BOTH if len(within) == 2 else PACK if True in within else FIGURES

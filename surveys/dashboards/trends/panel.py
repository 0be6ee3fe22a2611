"""The control chart: months with their usual range, signals told by shape and words, gaps where there is no figure."""

from collections.abc import Sequence

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.panels import RATE_FIELDS, RATE_HEADINGS, Panel, number, rate_cells
from surveys.dashboards.trends.drawing import figure_of
from surveys.dashboards.trends.spots import Beside, Spot, lettered, spots_of
from surveys.dashboards.trends.trend import Drawn, trend_sentence
from surveys.rates.notes import Note

USUAL_HEADINGS = ("Usual from (%)", "Usual to (%)")
USUAL_FIELDS = ("usual_from_percent", "usual_to_percent")


def trend_panel(found: Drawn, subtitle: str, beside: Beside | None = None) -> Panel:
    beside = beside or Beside()
    spots = spots_of(found, beside)
    flat = [spot for run in spots for spot in run]
    ranged = any(spot.point.lower is not None for spot in flat)
    headings = (*RATE_HEADINGS[:-1], *(USUAL_HEADINGS if ranged else ()), RATE_HEADINGS[-1])
    fields = (*RATE_FIELDS[:-1], *(USUAL_FIELDS if ranged else ()), RATE_FIELDS[-1])
    return Panel(
        key="months",
        title="Satisfaction by month",
        sentence=trend_sentence(found),
        figure=figure_of(found, spots, beside) if flat else None,
        headings=("Month", *headings),
        rows=[row_of(spot, ranged) for spot in flat],
        subtitle=subtitle,
        reading=about_chart(found, flat),
        fields=("month", *fields),
        links=tuple(spot.link for spot in flat),
        notes=note_lines(beside.notes),
    )


def row_of(spot: Spot, ranged: bool) -> tuple[Cell, ...]:
    cells = rate_cells(spot.shown, spot.notes)
    limits = (number(spot.point.lower), number(spot.point.upper)) if ranged else ()
    return (spot.label, *cells[:-1], *limits, cells[-1])


def note_lines(notes: Sequence[Note]) -> tuple[str, ...]:
    return tuple(f"{letter}: {note.words} ({note.month.label}, {note.who})" for letter, note in lettered(notes))


def about_chart(found: Drawn, spots: Sequence[Spot]) -> str:
    """How to read the chart, in a line."""
    if not spots:
        return "There is no month with ten answers yet."
    ranged = any(chart.baseline for chart in found.charts)
    usual = (
        "The shaded band is the usual range, from the months of the baseline. Diamonds are signals: months that "
        "chance alone would rarely give."
        if ranged
        else "The line across is the middle of all months. Diamonds are signals: runs that chance would rarely give."
    )
    widened = any(chart.baseline and chart.baseline.laney for chart in found.charts)
    return f"{usual}{' The range is widened, for months differ by more than chance (Laney).' if widened else ''}"

"""The months of a page of rates as its control chart, with notes, provisional months and the way down."""

from surveys.dashboards.pages.asked import Asked, provisional_from
from surveys.dashboards.pages.links import behind_link
from surveys.dashboards.pages.panels import MEASURE, Panel
from surveys.dashboards.satisfaction.figures import Figures
from surveys.dashboards.trends.panel import trend_panel
from surveys.dashboards.trends.spots import Beside


def months_panel(figures: Figures) -> Panel:
    page = figures.asked
    beside = Beside(figures.notes, provisional_from(), lambda first, last: behind_link(page, first, last))
    return trend_panel(figures.trend, subtitle_of(page), beside)


def subtitle_of(page: Asked) -> str:
    """The formal line under each chart of unweighted rates."""
    return f"{MEASURE}, {page.population}, {page.filters.period}, unweighted"

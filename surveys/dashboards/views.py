"""The console's home: the headline, by month, by service, by channel; the same numbers as CSV."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, render_template, request

from surveys.contacts.models import Channel
from surveys.core.clock import day_in_words, day_of, today
from surveys.core.csv_out import Cell, csv_response
from surveys.dashboards.filters import Filters, read_filters
from surveys.dashboards.panels import broken_months, headline, number, panels_of, points_panel, rate_cells
from surveys.people.accounts import all_services
from surveys.people.guards import allowed, services_allowed
from surveys.people.models import Service
from surveys.people.roles import Permission
from surveys.questionnaires.overview import rating_breaks
from surveys.rates.points import PointRate, read_points
from surveys.rates.queries import Figures, Month, last_day, read_figures

CSV_HEADINGS = (
    "rate_percent",
    "lower_percent",
    "upper_percent",
    "base",
    "rate_all_percent",
    "note",
    "satisfied",
)

home = Blueprint("home", __name__)
rates = Blueprint("rates", __name__)


def granted_services(granted: frozenset[int] | None) -> list[Service]:
    return [service for service in all_services() if granted is None or service.id in granted]


def filters_asked_for() -> Filters:
    return read_filters(request.args, last_day() or today())


def figures_asked_for() -> tuple[Filters, Figures]:
    filters = filters_asked_for()
    return filters, read_figures(filters.scope(services_allowed(Permission.READ_RATES)))


def months_of_breaks() -> frozenset[Month]:
    """The months in which the rating's wording changed, so that the trend breaks."""
    days = (day_of(moment) for moment in rating_breaks())
    return frozenset(Month(day.year, day.month) for day in days)


def points_asked_for(filters: Filters) -> Sequence[PointRate]:
    return read_points(filters.scope(services_allowed(Permission.READ_RATES)))


@home.get("/")
def dashboard() -> str:
    if not allowed(Permission.READ_RATES):
        return render_template("dashboards/welcome.html")
    filters, figures = figures_asked_for()
    return render_template(
        "dashboards/home.html",
        filters=filters,
        period=f"{day_in_words(filters.starts_on)} to {day_in_words(filters.ends_on)}",
        rate=figures.overall,
        headline=headline(figures.overall),
        panels=panels_of(figures, months_of_breaks()),
        points=points_panel(points_asked_for(filters)),
        services=granted_services(services_allowed(Permission.READ_RATES)),
        channels=list(Channel),
        address=request.query_string.decode("ascii", "ignore"),
    )


@rates.get("/rates.csv")
def as_csv() -> Response:
    """Every cut of the page in one tidy file: the level says which cut a line belongs to."""
    filters, figures = figures_asked_for()
    header = ("level", "month", "service", "channel", "from", "to", *CSV_HEADINGS)
    name = f"satisfaction-{filters.starts_on}-{filters.ends_on}.csv"
    return csv_response(name, header, csv_lines(filters, figures))


def csv_lines(filters: Filters, figures: Figures) -> Iterator[Sequence[Cell]]:
    period = (filters.starts_on.isoformat(), filters.ends_on.isoformat())
    all_of_it = figures.overall
    yield ("all", "", "", "", *period, *rate_cells(all_of_it), all_of_it.satisfied)
    broken = broken_months(list(figures.by_month), months_of_breaks())
    for month, rate in figures.by_month.items():
        yield ("month", f"{month.first:%Y-%m}", "", "", *period, *rate_cells(rate, month in broken), rate.satisfied)
    for service, rate in figures.by_service.items():
        yield ("service", "", service, "", *period, *rate_cells(rate), rate.satisfied)
    for (service, channel), rate in figures.by_service_and_channel.items():
        yield ("service and channel", "", service, channel.value, *period, *rate_cells(rate), rate.satisfied)


@rates.get("/rates/points.csv")
def points_as_csv() -> Response:
    """Kiosks and posters by place: counts and shares of whoever answered, with no interval, for it is no sample."""
    filters = filters_asked_for()
    header = (
        "place",
        "kind",
        "service",
        "channel",
        "from",
        "to",
        "rate_percent",
        "base",
        "satisfied",
        "doubted",
        "note",
    )
    period = (filters.starts_on.isoformat(), filters.ends_on.isoformat())
    lines = (point_line(point, period) for point in points_asked_for(filters))
    return csv_response(f"kiosks-and-posters-{filters.starts_on}-{filters.ends_on}.csv", header, lines)


def point_line(point: PointRate, period: tuple[str, str]) -> Sequence[Cell]:
    about = (point.place, point.kind.value, point.service, point.channel.value, *period)
    counts = (number(point.rate.share), point.rate.base, point.rate.satisfied, point.doubted)
    return (*about, *counts, "not a sample: anyone could answer")

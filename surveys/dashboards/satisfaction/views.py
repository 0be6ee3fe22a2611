"""The console's home: the headline, did it really move, what needs me today, services at a glance; the same as CSV."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from surveys.core.clock import now
from surveys.core.csv_out import Cell, csv_response
from surveys.dashboards.pages.asked import Asked, asked
from surveys.dashboards.pages.links import channel_link, service_link
from surveys.dashboards.pages.panels import RATE_FIELDS, Panel, number, rate_cells
from surveys.dashboards.pages.saved import usual_view
from surveys.dashboards.pages.showing import page_or_file
from surveys.dashboards.pages.shown_cuts import shown_parts, shown_places
from surveys.dashboards.satisfaction.figures import Figures, read_figures
from surveys.dashboards.satisfaction.headline import headline
from surveys.dashboards.satisfaction.held import held_against
from surveys.dashboards.satisfaction.months import months_panel, subtitle_of
from surveys.dashboards.satisfaction.needs import (
    Need,
    case_needs,
    read_standing,
    sending_needs,
    signal_needs,
    target_needs,
)
from surveys.dashboards.satisfaction.place_panels import pairs_panel, places_panel, points_panel
from surveys.dashboards.trends.trend import wording_marks
from surveys.people.guards import allowed
from surveys.people.models import Service
from surveys.people.roles import Permission
from surveys.rates.cube import read_cube
from surveys.rates.points import PointRate, read_points
from surveys.rates.protection_tables import Shown
from surveys.rates.series import Series
from surveys.rates.wordings import read_rating_wordings

home = Blueprint("home", __name__)
rates = Blueprint("rates", __name__)


@home.get("/")
def dashboard() -> str | Response | Redirect:
    if not allowed(Permission.READ_RATES):
        return render_template("dashboards/welcome.html", needs=case_needs(read_standing(now(), sending=False)))
    usual, newest = usual_view(current_user.id)
    if usual is not None and not request.query_string:
        return redirect(usual)
    page = asked(newest=newest)
    channels = page.scope.channels
    one_channel = next(iter(channels)) if channels is not None and len(channels) == 1 else None
    each = [] if channels and not one_channel else [Series(service.id, one_channel) for service in in_scope(page)]
    figures = read_figures(page, each)
    return page_or_file(
        "dashboards/home.html",
        page,
        home_panels(figures),
        headline=headline(figures),
        needs=needs_of(figures, each),
    )


def in_scope(page: Asked) -> list[Service]:
    services = page.scope.services
    return [service for service in page.services if services is None or service.id in services]


def home_panels(figures: Figures) -> list[Panel]:
    page, shown = figures.asked, figures.shown
    subtitle = subtitle_of(page)
    names = figures.sums.places.names
    return [
        months_panel(figures),
        places_panel(
            "service",
            {names[service]: one for service, one in shown.services.items()},
            subtitle,
            [service_link(page, service) for service in shown.services],
        ),
        places_panel(
            "channel",
            {channel.label: one for channel, one in shown.channels.items()},
            subtitle,
            [channel_link(page, channel.value) for channel in shown.channels],
        ),
        pairs_panel({(names[pair[0]], pair[1]): one for pair, one in shown.pairs.items()}, subtitle),
    ]


def needs_of(figures: Figures, each: Sequence[Series]) -> list[Need]:
    """Only what whoever looks may see."""
    page, names = figures.asked, figures.asked.names
    own = [(one, names[one.service], service_link(page, one.service)) for one in each if one.service]
    trends = [(figures.trend_of(one, name), address) for one, name, address in own]
    newest = max(figures.months.intersection(figures.sums.by_month), default=page.filters.last_month)
    standing = read_standing(now(), sending=allowed(Permission.WATCH_SENDING))
    return [
        *case_needs(standing),
        *signal_needs(trends, newest),
        *target_needs((name, held_against(figures, one), address) for one, name, address in own),
        *sending_needs(standing),
    ]


@rates.get("/rates.csv")
def as_csv() -> Response:
    """Every cut of the page in one tidy file: the level says which cut a line belongs to."""
    page = asked()
    header = ("level", "month", "service", "channel", "from", "to", *RATE_FIELDS, "satisfied")
    name = f"satisfaction-{page.filters.first_month}-to-{page.filters.last_month}.csv"
    return csv_response(name, header, csv_lines(page))


def csv_lines(page: Asked) -> Iterator[Sequence[Cell]]:
    """As managers may see them: what is hidden on the page is hidden here."""
    cube, filters = read_cube(page.scope), page.filters
    period, shown = (str(filters.first_month), str(filters.last_month)), shown_places(cube)
    yield ("all", "", "", "", *period, *line_of(shown.whole))
    months = cube.by_month
    marks = wording_marks(list(months), *read_rating_wordings().of(page.scope.services, page.scope.channels))
    for month, one in zip(months, shown_parts(list(months.values())), strict=True):
        yield ("month", str(month), "", "", *period, *line_of(one, [marks[month]] if month in marks else []))
    for service, one in shown.services.items():
        yield ("service", "", cube.name(service), "", *period, *line_of(one))
    for channel, one in shown.channels.items():
        yield ("channel", "", "", channel.value, *period, *line_of(one))
    for (service, channel), one in shown.pairs.items():
        yield ("service and channel", "", cube.name(service), channel.value, *period, *line_of(one))


def line_of(shown: Shown, marks: Sequence[str] = ()) -> tuple[Cell, ...]:
    return (*rate_cells(shown, marks), shown.satisfied if shown.base is not None else "[c]")


@rates.get("/rates/points")
def points() -> str:
    """Kiosks and posters, apart from all else: whoever answers there was not drawn."""
    page = asked()
    return render_template("dashboards/points.html", **page.choices, points=points_panel(read_points(page.scope)))


@rates.get("/rates/points.csv")
def points_as_csv() -> Response:
    """Kiosks and posters by place: counts and shares of whoever answered, with no interval, for it is no sample."""
    page = asked()
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
    period = (str(page.filters.first_month), str(page.filters.last_month))
    lines = (point_line(point, period) for point in read_points(page.scope))
    return csv_response(f"kiosks-and-posters-{period[0]}-to-{period[1]}.csv", header, lines)


def point_line(point: PointRate, period: tuple[str, str]) -> Sequence[Cell]:
    about = (point.place, point.kind.value, point.service, point.channel.value, *period)
    counts = (number(point.rate.share), point.rate.base, point.rate.satisfied, point.doubted)
    return (*about, *counts, "not a sample: anyone could answer")

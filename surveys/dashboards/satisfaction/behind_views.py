"""The way down: what the months of a point are made of, and from there the anonymous answers, as they were chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from surveys.contacts.models import Channel
from surveys.core.refusals import NotFound, Refused
from surveys.core.row_numbers import row_number
from surveys.dashboards.pages.asked import Asked, asked, granted, may_see
from surveys.dashboards.pages.filters import Filters
from surveys.dashboards.pages.panels import percent
from surveys.dashboards.pages.shown_cuts import shown_places
from surveys.dashboards.satisfaction.anonymous import answers_table
from surveys.people.guards import allowed
from surveys.people.roles import Permission
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.queries import published_definition, version_for
from surveys.rates.cube import Cube, read_cube
from surveys.rates.months import Month, months_between
from surveys.rates.protection_tables import Shown
from surveys.rates.scope import Scope
from surveys.rates.way_down import answers_behind

blueprint = Blueprint("behind", __name__)
MOST_MONTHS = 12


@dataclass(frozen=True)
class Behind:
    """One service and channel of one month. answers: the address of its answers, "" where they are hidden."""

    month: Month
    service: str
    channel: Channel
    shown: Shown
    answers: str
    comments: str


@blueprint.get("/rates/behind")
def months() -> str:
    """Protected over all that was granted, so that no choice of services tells what another one hides."""
    page = asked(usual_months=1)
    filters = page.filters
    wanted = months_between(filters.first_month, filters.last_month)
    if len(wanted) > MOST_MONTHS:
        raise Refused(f"Choose {MOST_MONTHS} months or fewer to see what is behind them.")
    cube = read_cube(Scope(filters.first_month, filters.last_month, granted()))
    lines = [line for month in wanted for line in lines_of(page, cube, month)]
    return render_template("dashboards/behind.html", **page.choices, lines=lines, percent=percent)


def lines_of(page: Asked, cube: Cube, month: Month) -> list[Behind]:
    shown = shown_places(cube.part(months=(month,)))
    return [
        Behind(
            month=month,
            service=cube.name(service),
            channel=channel,
            shown=one,
            answers=answers_link(month, service, channel, one),
            comments=comments_link(month, service, channel),
        )
        for (service, channel), one in shown.pairs.items()
        if page.scope.has(month, service, channel)
    ]


def answers_link(month: Month, service: int, channel: Channel, shown: Shown) -> str:
    if not shown.base:
        return ""
    return url_for("behind.answers", month=str(month), service=service, channel=channel.value)


def comments_link(month: Month, service: int, channel: Channel) -> str:
    if not allowed(Permission.READ_COMMENTS):
        return ""
    return f"{url_for('comments.read')}?{Filters(month, month, frozenset({service}), frozenset({channel})).query}"


@blueprint.get("/rates/behind/<month>/<int:service>/<channel>")
def answers(month: str, service: int, channel: str) -> str:
    when, way = read_place(month, channel)
    if not may_see(when):
        raise NotFound("There is no such figure.")
    whole = Scope(when, when, granted())
    cube = read_cube(whole)
    one = shown_places(cube).pairs.get((service, way))
    if one is None:
        raise NotFound("There is no such figure.")
    if not one.base:
        raise Refused("Too few people answered here, or next to here, so the answers are not shown.")
    page = answers_behind(whole, when, service, way, after_asked_for())
    table = answers_table(page.answers, questions_asked(service, way))
    again = url_for("behind.answers", month=month, service=service, channel=channel)
    return render_template(
        "dashboards/answers.html",
        about=f"{cube.name(service)}, {way.label.lower()}, {when.label}",
        back=f"{url_for('behind.months')}?{Filters(when, when, frozenset({service}), frozenset({way})).query}",
        shown=one,
        percent=percent,
        table=table,
        more=f"{again}?after={page.after}" if page.after else "",
        comments=comments_link(when, service, way),
    )


def questions_asked(service: int, channel: Channel) -> Sequence[Question]:
    version = version_for(service, channel.value)
    return published_definition(version.id).rest if version else ()


def read_place(month: str, channel: str) -> tuple[Month, Channel]:
    try:
        return Month.read(month), Channel(channel)
    except ValueError as fault:
        raise NotFound("There is no such figure.") from fault


def after_asked_for() -> int:
    try:
        return row_number(request.args.get("after", "0"))
    except ValueError:
        return 0

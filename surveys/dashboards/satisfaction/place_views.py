"""A page for each service and each channel: its months, its parts, how answers are spread, what was revised."""

from collections.abc import Sequence

from flask import Blueprint, Response

from surveys.contacts.models import Channel
from surveys.core.refusals import NotFound
from surveys.dashboards.pages.asked import Asked, asked, granted
from surveys.dashboards.pages.links import channel_link, service_link
from surveys.dashboards.pages.panels import Panel, percent
from surveys.dashboards.pages.showing import page_or_file
from surveys.dashboards.satisfaction.answer_panels import keys_of, question_panel, spread_panel
from surveys.dashboards.satisfaction.figures import Figures, read_figures
from surveys.dashboards.satisfaction.headline import headline
from surveys.dashboards.satisfaction.months import months_panel, subtitle_of
from surveys.dashboards.satisfaction.place_panels import places_panel
from surveys.people.models import Service
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.queries import published_definition, version_for
from surveys.rates.codes import read_codes
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.recounts import RATING
from surveys.rates.told import Revised, read_revisions

blueprint = Blueprint("places", __name__)
MOST_REVISIONS = 12


def find_granted(page: Asked, number: int) -> Service:
    """One that this user may see; of any other they are not told whether it exists."""
    found = next((service for service in page.services if service.id == number), None)
    if found is None:
        raise NotFound("There is no such service.")
    return found


@blueprint.get("/rates/service/<int:service>")
def service(service: int) -> str | Response:
    page = asked().of(service=service)
    found = find_granted(page, service)
    figures = read_figures(page)
    links = [channel_link(page, channel.value) for channel in figures.shown.channels]
    by_channel = {channel.label: one for channel, one in figures.shown.channels.items()}
    return place_page(figures, found.name, "channel", places_panel("channel", by_channel, subtitle_of(page), links))


@blueprint.get("/rates/channel/<channel>")
def channel(channel: str) -> str | Response:
    if channel not in list(Channel):
        raise NotFound("There is no such channel.")
    page = asked().of(channel=Channel(channel))
    figures = read_figures(page)
    links = [service_link(page, one) for one in figures.shown.services]
    by_service = {figures.sums.places.name(number): one for number, one in figures.shown.services.items()}
    name = (
        f"{Channel(channel).label}: all services" if granted() is None else f"{Channel(channel).label}: your services"
    )
    return place_page(figures, name, "service", places_panel("service", by_service, subtitle_of(page), links))


def place_page(figures: Figures, name: str, by: str, parts: Panel) -> str | Response:
    page = figures.asked
    spread = spread_panel(
        read_codes(page.scope, [RATING]).get(RATING, {}),
        f"Answers on five points, {page.population}, {page.filters.period}",
    )
    return page_or_file(
        "dashboards/place.html",
        page,
        [months_panel(figures), parts, spread],
        name=name,
        by=by,
        headline=headline(figures),
        revised=[revised_line(one) for one in read_revisions(page.scope)[:MOST_REVISIONS]],
        target=figures.target_of(figures.series),
    )


def revised_line(one: Revised) -> str:
    """Only where both figures may be shown."""
    place = f"{one.service}, {one.channel.label.lower()}, {one.month.label}"
    if min(one.before[1], one.after[1]) < SMALLEST_FOR_MANAGERS:
        return f"{place}: changed by late answers; too few to show [c]."
    before, after = (f"{percent(satisfied / base)} of {base:,}" for satisfied, base in (one.before, one.after))
    return f"{place}: from {before} to {after} answers, by late answers [r]."


@blueprint.get("/rates/service/<int:service>/questions")
def questions(service: int) -> str | Response:
    """Every question with options that contacts of the service are asked now."""
    page = asked().of(service=service)
    found = find_granted(page, service)
    asked_now = counted_questions(service, page)
    codes = read_codes(page.scope, keys_of(asked_now))
    subtitle = f"{page.population.capitalize()}, {page.filters.period}, unweighted"
    panels = [question_panel(question, codes, subtitle) for question in asked_now]
    return page_or_file("dashboards/questions.html", page, panels, name=found.name, service=found)


def counted_questions(service: int, page: Asked) -> Sequence[Question]:
    """Of the questionnaire that contacts of the service get, by the channel if one was chosen; without the rating."""
    channels = page.filters.channels
    version = version_for(service, next(iter(channels)).value if len(channels) == 1 else "")
    if version is None:
        return ()
    return [question for question in published_definition(version.id).rest if question.handler.counted]

"""/you-said-we-did: for everybody, without a script, in the council's colour; for staff, the poster of some of it."""

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from surveys.core.compression import compress
from surveys.core.db import db
from surveys.core.public import addresses, chosen_language, page_for_all
from surveys.core.refusals import NotFound, Refused
from surveys.core.row_numbers import row_number
from surveys.core.settings import Settings
from surveys.followups.improvements.views import granted
from surveys.followups.you_said.poster import MOST_TOLD, Sheet, sheet_pdf
from surveys.followups.you_said.published import services_told, told_to_all
from surveys.followups.you_said.wording import ALL_WORDS, LANGUAGES, helped_in, language_of_words, share_in, when_in
from surveys.people.models import Service
from surveys.questionnaires.languages import DEFAULT
from surveys.questionnaires.languages import LANGUAGES as NAMED
from surveys.rates.series import Series

blueprint = Blueprint("you_said", __name__)
blueprint.after_request(compress)
posters = Blueprint("you_said_posters", __name__)


@blueprint.get("/you-said-we-did")
def everything() -> Response:
    return page(None)


@blueprint.get("/you-said-we-did/<slug>")
def of_service(slug: str) -> Response:
    service = db.session.scalars(sa.select(Service).where(Service.slug == slug)).one_or_none()
    if service is None:
        raise NotFound("There is no such service. Check the address.")
    return page(service)


def page(service: Service | None) -> Response:
    language = chosen_language(LANGUAGES, DEFAULT)
    told = told_to_all(service.id if service else None)
    body = render_template(
        "followups/you_said.html",
        lang=language,
        direction=NAMED[language].direction,
        at=addresses(language, LANGUAGES, DEFAULT),
        languages=[NAMED[code] for code in LANGUAGES],
        w=ALL_WORDS[language],
        lang_query=f"?lang={language}" if request.args.get("lang") else "",
        service=service,
        services=services_told(),
        told=told,
        when=lambda one: when_in(language, one),
        share=lambda one: share_in(language, one),
        helped=lambda one: helped_in(language, one),
        language_of=language_of_words,
    )
    return page_for_all(body)


@posters.get("/improvements/poster.pdf")
def poster() -> Response:
    response = make_response(sheet_pdf(sheet_asked_for()))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="you-said-we-did.pdf"'
    return response


def sheet_asked_for() -> Sheet:
    """Of one to three improvements of one service that are published. Raises Refused for others."""
    try:
        numbers = sorted({row_number(one) for one in request.args.getlist("number")})
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault
    if not 1 <= len(numbers) <= MOST_TOLD:
        raise Refused(f"Tick one to {MOST_TOLD} improvements that are published.")
    told = told_to_all(numbers=numbers)
    if len(told) < len(numbers) or not all(Series(one.service_id).within(granted()) for one in told):
        raise NotFound("One of these improvements is not published, or your account does not cover its service.")
    if len({one.service_id for one in told}) > 1:
        raise Refused("Tick improvements of one service: a poster is about one.")
    settings: Settings = current_app.extensions["settings"]
    language = chosen_language(LANGUAGES, DEFAULT)
    service = db.session.get(Service, told[0].service_id) if told[0].service_id is not None else None
    path = url_for("you_said.of_service", slug=service.slug) if service else url_for("you_said.everything")
    name = service.name if service else ALL_WORDS[language]["every_service"]
    address = settings.survey_url(path)
    return Sheet(settings.council_name, settings.council_colour, name, address, language, tuple(told))

"""How the pages of kiosks and posters are written, and how one leads to the next."""

from pathlib import Path

from flask import Response, current_app, make_response, render_template, request, url_for

from surveys.answers.kiosk import Visit
from surveys.answers.models import PointKind
from surveys.answers.page_numbers import Carrier, sealed
from surveys.answers.points import DOORS, OpenedPoint
from surveys.answers.wording import WORDS
from surveys.core.clock import now
from surveys.core.settings import Settings
from surveys.core.texts import read_texts
from surveys.questionnaires.languages import DEFAULT, LANGUAGES

POINT_WORDS = read_texts(Path(__file__).parent / "point_words")


def language_of(visit: Visit) -> str:
    """The language chosen on the page; else, on a phone of one's own, the one the phone is set to."""
    offered = visit.definition.languages
    asked = request.values.get("lang", "")
    if asked in offered:
        return asked
    own = request.accept_languages.best_match(offered) if visit.point.kind is PointKind.POSTER else None
    return own or DEFAULT


def page(name: str, visit: Visit, token: str, carrier: Carrier, status: int = 200, **values: object) -> Response:
    language = language_of(visit)
    usual: dict[str, object] = {
        "visit": visit,
        "sealed": sealed(carrier, visit.point.id, visit.number, now()),
        "link": sealed(Carrier.LINK, visit.point.id, visit.number, now()),
        "languages": [LANGUAGES[code] for code in visit.definition.languages],
    }
    return written(name, visit.point, token, language, status, **usual | values)


def notice(point: OpenedPoint, token: str, name: str, status: int) -> Response:
    """A page that only tells: closed, not open yet, too busy, open for too long."""
    asked = request.values.get("lang", "")
    language = asked if asked in LANGUAGES else DEFAULT
    return written("notice", point, token, language, status, name=name)


def written(template: str, point: OpenedPoint, token: str, language: str, status: int, **values: object) -> Response:
    settings: Settings = current_app.extensions["settings"]
    body = render_template(
        f"points/{template}.html",
        point=point,
        shared=point.kind is PointKind.KIOSK,
        start=url_for("kiosk.rating", door=DOORS[point.kind], token=token),
        lang=language,
        direction=LANGUAGES[language].direction,
        w=WORDS[language],
        p=POINT_WORDS[language],
        council=settings.council_name,
        settings=settings,
        **values,
    )
    return make_response(body, status)


def own_url(
    endpoint: str, point: OpenedPoint, token: str, visit: Visit | None = None, number: int | None = None
) -> str:
    """Another page at this point: in the language of the visit and with its number, or for a fresh start neither."""
    link = sealed(Carrier.LINK, point.id, visit.number, now()) if visit else None
    language = language_of(visit) if visit else None
    return url_for(endpoint, door=DOORS[point.kind], token=token, number=number, lang=language, page=link)

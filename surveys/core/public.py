"""Pages for everybody: search engines may list them, caches ask each time whether they are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, current_app, make_response, request

from surveys.core.headers import ROBOTS
from surveys.core.settings import Settings


@dataclass(frozen=True)
class Addresses:
    """Where a page is, whatever host it was asked under: in its own language, in each, and in the visitor's."""

    own: str
    by_language: tuple[tuple[str, str], ...]
    any_language: str


def may_be_found(response: Response) -> Response:
    """Search engines may list it, and keep no copy: what is taken down is gone. They never list a made-up council."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo:
        response.headers[ROBOTS] = "noarchive"
    return response


def page_for_all(body: str) -> Response:
    response = may_be_found(make_response(body))
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Accept-Language")
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def chosen_language(offered: Sequence[str], default: str) -> str:
    """The one that ?lang asks for, else the one that the browser likes best, of those that there are."""
    asked = request.args.get("lang", "")
    return asked if asked in offered else request.accept_languages.best_match(offered) or default


def addresses(language: str, offered: Sequence[str], default: str) -> Addresses:
    """Of the page that is asked for. In the default language its address has nothing added."""
    settings: Settings = current_app.extensions["settings"]
    plain = settings.survey_url(quote(request.path))
    told = {one: plain if one == default else f"{plain}?lang={one}" for one in offered}
    return Addresses(told[language], tuple(sorted(told.items())), plain)

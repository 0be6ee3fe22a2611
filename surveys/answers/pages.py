"""How residents' pages are written: their language, the words around the questions, and the seal of their forms."""

from collections.abc import Collection
from functools import partial

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from surveys.answers.opening import Opened
from surveys.answers.wording import WORDS, day_in
from surveys.core.compression import compress
from surveys.core.refusals import NotFound
from surveys.core.settings import Settings
from surveys.core.tokens import seal, seal_holds
from surveys.questionnaires.languages import DEFAULT, LANGUAGES

SEAL = "survey forms"


def language_of(opened: Opened) -> str:
    """The language that was switched to on the page, else the invitation's; English where the questions lack it."""
    definition = opened.definition
    # Looked for in turn, and only where there can be one: to read an address costs more than all the rest of this.
    asked = request.args.get("lang", "") if request.query_string else ""
    if not asked and request.method == "POST" and "lang" in request.form:
        asked = request.form["lang"]
    return asked if asked in definition.languages else definition.language(opened.language)


def page(name: str, token: str, opened: Opened, status: int = 200, **values: object) -> Response:
    """A page behind a link."""
    language = language_of(opened)
    usual: dict[str, object] = {
        "token": token,
        "opened": opened,
        "seal": seal(SEAL, token),
        "lang_query": f"?lang={language}" if language != opened.language else "",
    }
    return written(name, language, opened.definition.languages, status, **usual | values)


def loose_page(name: str, status: int = 200) -> Response:
    """A page without a link behind it, in the language asked for, else in one that the browser reads."""
    asked = request.values.get("lang", "")
    language = asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or DEFAULT
    return written(name, language, LANGUAGES, status)


def written(name: str, language: str, languages: Collection[str], status: int, **values: object) -> Response:
    settings: Settings = current_app.extensions["settings"]
    body = render_template(
        f"answers/{name}.html",
        lang=language,
        direction=LANGUAGES[language].direction,
        languages=[LANGUAGES[code] for code in languages],
        w=WORDS[language],
        day_in=partial(day_in, language),
        council=settings.council_name,
        settings=settings,
        **values,
    )
    return make_response(body, status)


def is_ours(token: str) -> bool:
    """Whether the form that was sent is one that a page behind this link wrote."""
    return seal_holds(SEAL, token, request.form.get("seal", ""))


def own_url(endpoint: str, token: str, opened: Opened, number: int | None = None) -> str:
    """The next page, in the language that was switched to."""
    language = language_of(opened)
    return url_for(endpoint, token=token, number=number, lang=language if language != opened.language else None)


def unknown_link(_refusal: NotFound) -> Response:
    return loose_page("unknown", 404)


def furnish(blueprint: Blueprint) -> None:
    """What every door for residents has: a page of its own for a link that leads nowhere, and small pages."""
    blueprint.register_error_handler(NotFound, unknown_link)
    blueprint.after_request(compress)

"""/about/<token> and /erase/<token>: what is held on a person, and its erasing, for as long as the link lives."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from surveys.answers.erasure import erase
from surveys.answers.holdings import held_on
from surveys.answers.opening import open_link
from surveys.answers.pages import furnish, is_ours, language_of, loose_page, page
from surveys.answers.wording import WORDS
from surveys.core.clock import now
from surveys.core.db import transaction

blueprint = Blueprint("self_service", __name__)
furnish(blueprint)


@blueprint.get("/about/<token>")
def about(token: str) -> Response:
    opened = open_link(token)
    return page("about", token, opened, held=held_on(opened, language_of(opened)))


@blueprint.get("/erase/<token>")
def show(token: str) -> Response:
    return page("erase", token, open_link(token))


@blueprint.post("/erase/<token>")
def act(token: str) -> Response:
    """In one transaction. The link is dead after it, so the page that tells stands at an address without one."""
    opened = open_link(token)
    language = language_of(opened)
    if not is_ours(token):
        return page("erase", token, opened, 422, problem=WORDS[language]["expired_page"])
    with transaction():
        erase(opened.invitation_id, now())
    return redirect(url_for("self_service.erased", lang=language), 303)


@blueprint.get("/erased")
def erased() -> Response:
    return loose_page("erased")

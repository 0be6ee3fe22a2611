"""What is done to a case by its page's forms. Whatever stands against it, the page comes back with what was typed."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.core.settings import Settings
from surveys.followups.cases.moves import Act, NotFilledIn
from surveys.followups.handling.acts import close, give, move, note, reopen
from surveys.followups.handling.forms import GIVE, NOTE, Typed, read_typed
from surveys.followups.handling.shown import granted, page
from surveys.messaging.hours import hours_of

DONE_WORDS = {
    Act.ACKNOWLEDGE: "Acknowledged.",
    Act.WAIT: "It waits now. Its deadline still runs.",
    Act.ANSWER: "Marked as answered. Close it once nothing is left to do.",
}

blueprint = Blueprint("case_acts", __name__)


@blueprint.post("/cases/<int:number>/note")
def add_note(number: int) -> tuple[str, int] | Response:
    typed = read_typed(NOTE, request.form)
    return acted(
        number, typed, "Your note is kept.", lambda: note(number, granted(), typed.words, typed.once, *by_whom())
    )


@blueprint.post("/cases/<int:number>/give")
def give_to(number: int) -> tuple[str, int] | Response:
    typed = read_typed(GIVE, request.form)
    return acted(
        number, typed, "Its owner is changed.", lambda: give(number, granted(), typed.owner_id, typed.form, *by_whom())
    )


@blueprint.post("/cases/<int:number>/move")
def move_on(number: int) -> tuple[str, int] | Response:
    name = request.form.get("act", "")
    if name not in DONE_WORDS:
        raise NotFound("There is no such act.")
    act, typed = Act(name), read_typed(name, request.form)
    return acted(
        number, typed, DONE_WORDS[act], lambda: move(number, granted(), typed.step(act), typed.form, *by_whom())
    )


@blueprint.post("/cases/<int:number>/close")
def close_one(number: int) -> tuple[str, int] | Response:
    typed = read_typed(Act.CLOSE, request.form)
    return acted(
        number,
        typed,
        "Closed. What came of it is kept with it.",
        lambda: close(number, granted(), typed.step(Act.CLOSE), typed.form, *by_whom()),
    )


@blueprint.post("/cases/<int:number>/reopen")
def open_again(number: int) -> tuple[str, int] | Response:
    settings: Settings = current_app.extensions["settings"]
    typed, nation = read_typed(Act.REOPEN, request.form), hours_of(settings).nation
    return acted(
        number,
        typed,
        "Open again, with a new deadline.",
        lambda: reopen(number, granted(), typed.words, nation, typed.form, *by_whom()),
    )


def by_whom() -> tuple[int, datetime]:
    return current_user.id, now()


def acted(number: int, typed: Typed, done: str, act: Callable[[], None]) -> tuple[str, int] | Response:
    """Act in one transaction; a refusal comes as the page itself, with nothing lost that was typed."""
    try:
        with transaction():
            act()
    except NotFilledIn as refusal:
        return page(number, typed, refusal.words, refusal.field), 422
    except Conflict as refusal:
        return page(number, typed, refusal.words, conflict=True), 409
    flash(done, "success")
    return redirect(url_for("cases.show", number=number), 303)

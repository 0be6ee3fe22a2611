"""Below a case: write to its resident, look up how to reach them, log a call. A GET shows forms and nothing else."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import LONDON, now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.followups.cases.moves import MOST_CHARACTERS, NotFilledIn
from surveys.followups.handling.contact_forms import (
    TypedCall,
    TypedLetter,
    TypedReason,
    medium_called,
    read_call,
    read_letter,
    read_reason,
)
from surveys.followups.handling.forms import new_number
from surveys.followups.handling.reaching import Reach, reach_of
from surveys.followups.handling.reaching_acts import (
    CALL_WORDS,
    NOT_BY_THIS,
    NOT_MARKED,
    log_call,
    look_up,
    take_back_wrong_number,
    write_to,
)
from surveys.followups.handling.reaching_words import MEDIUM_WORDS, goes_in_words, size_in_words
from surveys.followups.handling.shown import granted
from surveys.invitations.direct import goes_at
from surveys.invitations.direct_post import around_for
from surveys.invitations.policy import hours
from surveys.invitations.wording_rules import LONGEST_BODY, LONGEST_SUBJECT, Fault

blueprint = Blueprint("contact", __name__)


@blueprint.get("/cases/<int:number>/write/<medium>")
def write(number: int, medium: str) -> str:
    reach, letter = reach_of(number, granted()), TypedLetter(number, medium_called(medium), number=new_number())
    if letter.medium not in reach.media:
        raise Conflict(reach.why_not or NOT_BY_THIS)
    return letter_page(reach, letter)


@blueprint.post("/cases/<int:number>/write")
def send(number: int) -> str | tuple[str, int] | Response:
    """Faults, then the preview, then the sending of what was previewed and nothing else."""
    reach, letter = reach_of(number, granted()), read_letter(number, request.form)
    faults = letter.faults(reach.language, around_for())
    if faults:
        return letter_page(reach, letter, faults), 422
    if "change" in request.form or not letter.was_seen:
        return letter_page(reach, letter, preview="change" not in request.form)
    try:
        with transaction():
            write_to(number, granted(), letter.letter, hours(), current_user.id, now())
    except Conflict as refusal:
        return letter_page(reach, letter, [Fault("body", refusal.words)]), 409
    flash("It is on its way. This page says what became of it.", "success")
    return redirect(url_for("cases.show", number=number, _anchor="contact"), 303)


def letter_page(reach: Reach, letter: TypedLetter, faults: list[Fault] | None = None, preview: bool = False) -> str:
    moment, whole = now(), letter.whole(reach.language, around_for())
    return render_template(
        "followups/case_write.html",
        letter=letter,
        by=MEDIUM_WORDS[letter.medium],
        faults=faults or [],
        preview=preview,
        whole=whole,
        size=size_in_words(whole),
        goes=goes_in_words(moment, goes_at(moment, hours())),
        longest={"body": LONGEST_BODY, "subject": LONGEST_SUBJECT},
    )


@blueprint.post("/cases/<int:number>/reach")
def look(number: int) -> str:
    """Shown once, in answer to a POST: no address of a page leads to it, and no cache keeps it (core/headers.py)."""
    with transaction():
        address = look_up(number, granted(), current_user.id, now())
    return render_template("followups/case_address.html", number=number, address=address)


@blueprint.get("/cases/<int:number>/call")
def call(number: int) -> str:
    reach, local = reach_of(number, granted()), now().astimezone(LONDON)
    if not reach.may_look:
        raise Conflict(reach.why_not)
    return call_page(number, TypedCall(f"{local:%Y-%m-%d}", f"{local:%H:%M}", number=new_number()))


@blueprint.post("/cases/<int:number>/call")
def keep_call(number: int) -> tuple[str, int] | Response:
    reach, typed = reach_of(number, granted()), read_call(request.form)
    try:
        with transaction():
            log_call(number, granted(), typed.call(reach.case_id), current_user.id, now())
    except NotFilledIn as refusal:
        return call_page(number, typed, refusal.words, refusal.field), 422
    except Conflict as refusal:
        return call_page(number, typed, refusal.words), 409
    flash("The call is kept.", "success")
    return redirect(url_for("cases.show", number=number, _anchor="contact"), 303)


def call_page(number: int, typed: TypedCall, error: str = "", error_field: str = "") -> str:
    return render_template(
        "followups/case_call.html",
        number=number,
        typed=typed,
        error=error,
        error_field=error_field,
        outcomes={outcome.value: words for outcome, words in CALL_WORDS.items()},
        most=MOST_CHARACTERS,
    )


@blueprint.get("/cases/<int:number>/right-number")
def right_number(number: int) -> str:
    reach = reach_of(number, granted())
    if reach.wrong_since is None:
        raise Conflict(NOT_MARKED)
    return number_page(reach, TypedReason(number=new_number()))


@blueprint.post("/cases/<int:number>/right-number")
def take_back(number: int) -> tuple[str, int] | Response:
    reach, typed = reach_of(number, granted()), read_reason(request.form)
    try:
        with transaction():
            once = typed.once(reach.case_id)
            take_back_wrong_number(number, granted(), typed.words, once, current_user.id, now())
    except NotFilledIn as refusal:
        return number_page(reach, typed, refusal.words), 422
    flash("The number may be texted again.", "success")
    return redirect(url_for("cases.show", number=number, _anchor="contact"), 303)


def number_page(reach: Reach, typed: TypedReason, error: str = "") -> str:
    return render_template("followups/case_number.html", reach=reach, typed=typed, error=error, most=MOST_CHARACTERS)

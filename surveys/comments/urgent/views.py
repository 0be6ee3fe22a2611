"""/comments/urgent: what may not wait, in three queues; a person reads each, and closes it with a note."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nlp.urgency.types import Urgency
from surveys.comments.texts.as_written import Purpose
from surveys.comments.texts.pieces import pieces_of, shortened
from surveys.comments.texts.readable import readable
from surveys.comments.texts.wording import LANGUAGE_WORDS, RATING_WORDS
from surveys.comments.urgent.closing import NotFilledIn, close, raise_by_hand
from surveys.comments.urgent.lists import Urgent, closed, note_of, queue, urgent_numbered, waiting
from surveys.comments.urgent.words import GUIDANCE, OUTCOME_WORDS, QUEUE_WORDS, age_in_words
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.core.row_numbers import row_number
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission

MOST_SHOWN = 600

blueprint = Blueprint("urgent", __name__)


def granted() -> frozenset[int] | None:
    return services_allowed(Permission.SEE_URGENT)


@blueprint.get("/comments/urgent")
def show() -> str:
    moment = now()
    return render_template(
        "comments/urgent.html",
        waiting=waiting(granted(), moment),
        queues={flag: queue(flag, granted()) for flag in Urgency},
        names=QUEUE_WORDS,
        age=lambda urgent: age_in_words(urgent.raised_at, moment),
        pieces=lambda urgent: pieces_of(shortened(urgent.text, MOST_SHOWN), urgent.spans),
        ratings=RATING_WORDS,
    )


@blueprint.get("/comments/urgent/closed")
def show_closed() -> str:
    number = page_asked_for()
    found, more = closed(granted(), number)
    return render_template(
        "comments/urgent_closed.html", found=found, more=more, page=number, names=QUEUE_WORDS, outcomes=OUTCOME_WORDS
    )


def page_asked_for() -> int:
    try:
        return max(1, min(row_number(request.args.get("page", "1")), 10_000))
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault


@blueprint.get("/comments/urgent/<int:number>")
def show_one(number: int) -> str:
    return page(urgent_numbered(number, granted()))


@blueprint.post("/comments/urgent/<int:number>")
def close_one(number: int) -> tuple[str, int] | Response:
    """Whatever stands against it, the page comes back with the note as it was typed."""
    urgent_numbered(number, granted())
    outcome, note = request.form.get("outcome", ""), request.form.get("note", "")
    try:
        with transaction():
            close(number, request.form.get("seen", ""), outcome, note, current_user.id, now())
    except NotFilledIn as refusal:
        return page(urgent_numbered(number, granted()), outcome, note, refusal.words, refusal.field), 422
    except Conflict as refusal:
        return page(urgent_numbered(number, granted()), outcome, note, refusal.words), 409
    flash("Closed. Your note is kept with it.", "success")
    return redirect(url_for("urgent.show"), 303)


@blueprint.post("/comments/<int:number>/raise")
def raise_one(number: int) -> Response:
    readable(number, Permission.SEE_URGENT)
    flag = request.form.get("flag", "")
    if flag not in list(Urgency):
        raise Refused("Go back and select what the comment may be.")
    try:
        with transaction():
            raise_by_hand(number, Urgency(flag), current_user.id, now())
    except Conflict as refusal:
        flash(refusal.words, "warning")
    else:
        flash(f"It is on the urgent list now: {QUEUE_WORDS[Urgency(flag)].lower()}. Those on duty are told.", "success")
    return redirect(url_for("comment.show", number=number), 303)


def page(urgent: Urgent, outcome: str = "", note: str = "", error: str = "", error_field: str = "") -> str:
    """outcome and note are as they were typed; error_field is "" where the error is of no field."""
    return render_template(
        "comments/urgent_one.html",
        urgent=urgent,
        name=QUEUE_WORDS[urgent.flag],
        age=age_in_words(urgent.raised_at, now()),
        pieces=pieces_of(urgent.text, urgent.spans),
        guidance=GUIDANCE[urgent.flag],
        rating=RATING_WORDS.get(urgent.rating or 0, ""),
        language=LANGUAGE_WORDS.get(urgent.language, "a language that could not be told"),
        outcomes=OUTCOME_WORDS,
        kept_note=note_of(urgent.id),
        comment=readable(urgent.comment_id, Permission.SEE_URGENT) if urgent.text else None,
        purposes=list(Purpose),
        outcome=outcome,
        note=note,
        error=error,
        error_field=error_field,
    )

"""What some readers may do with a comment: see it as it was written, and replace by hand what redaction left."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nlp.redaction.types import Kind
from surveys.comments.reading.hand_redaction import NotThere, redact_by_hand
from surveys.comments.reading.views import page
from surveys.comments.texts.as_written import Purpose, note_reading, words_as_written
from surveys.comments.texts.readable import readable
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.people.models import Service
from surveys.people.roles import Permission

as_written = Blueprint("as_written", __name__)
by_hand = Blueprint("by_hand", __name__)


@as_written.post("/comments/<int:number>/as-written")
def show(number: int) -> str:
    """The words are in no address and in no store: every showing is asked for, and noted before it is given."""
    purpose = purpose_from(request.form.get("purpose", ""))
    with transaction():
        note_reading(readable(number, Permission.READ_RAW_COMMENTS), purpose, now())
    comment = readable(number, Permission.READ_RAW_COMMENTS)
    return render_template(
        "comments/as_written.html",
        comment=comment,
        words=words_as_written(comment).words,
        purpose=purpose,
        service=db.session.get_one(Service, comment.service_id),
    )


def purpose_from(typed: str) -> Purpose:
    if typed not in list(Purpose):
        raise Refused("Go back and select why you need to read the comment as it was written.")
    return Purpose(typed)


@by_hand.post("/comments/<int:number>/replace")
def replace(number: int) -> tuple[str, int] | Response:
    readable(number, Permission.CHECK_COMMENTS)
    typed, kind = request.form.get("words", ""), request.form.get("kind", "")
    try:
        with transaction():
            done = redact_by_hand(number, typed, kind_from(kind), current_user.id, now())
    except NotThere as refusal:
        return page(readable(number, Permission.CHECK_COMMENTS), typed, refusal.words), 422
    places = "1 place" if done.places == 1 else f"{done.places} places"
    flash(f"Replaced in {places}." + (" A quotation of it was withdrawn." if done.quotations else ""), "success")
    return redirect(url_for("comment.show", number=number), 303)


def kind_from(typed: str) -> Kind:
    if typed not in list(Kind):
        raise Refused("Go back and select what the words are.")
    return Kind(typed)

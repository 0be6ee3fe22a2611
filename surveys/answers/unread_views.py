"""/replies: staff read the texts that no program could, and say what each means."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.answers.unread import SELECT_ONE, NoMeaning, decide, unread_replies
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict

blueprint = Blueprint("replies", __name__)


@blueprint.get("/replies")
def show() -> str:
    return page(errors={})


@blueprint.post("/replies/<int:number>")
def read(number: int) -> tuple[str, int] | Response:
    meaning = request.form.get("meaning", "")
    if not meaning:
        return page(errors={number: SELECT_ONE}), 422
    try:
        with transaction():
            decide(number, meaning, now())
    except Conflict as refusal:
        flash(refusal.words, "warning")
        return redirect(url_for("replies.show"), 303)
    except NoMeaning as refusal:
        return page(errors={number: refusal.words}), 422
    flash("Reply read.", "success")
    return redirect(url_for("replies.show"), 303)


def page(errors: dict[int, str]) -> str:
    replies, count = unread_replies(now())
    return render_template("answers/replies.html", replies=replies, count=count, errors=errors)

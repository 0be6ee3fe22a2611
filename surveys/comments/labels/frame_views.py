"""/comments/labels: the labels comments can have: reworded, given examples, added and retired."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nlp.code_frame import NO_CONTENT
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.frame_changes import (
    FEWEST_EXAMPLES,
    LONGEST_DEFINITION,
    LONGEST_LABEL,
    Change,
    add_label,
    change_label,
    find_label,
    retire_label,
)
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, NotFound, Refused

blueprint = Blueprint("labels", __name__)
LEARNED = "The program learns from it at the next fit, which has been asked for."


@blueprint.get("/comments/labels")
def index() -> str:
    return render_template("comments/labels.html", frame=frame_in_force(), by_rule=NO_CONTENT)


@blueprint.get("/comments/labels/new")
def new() -> str:
    return page(None, {}, "")


@blueprint.post("/comments/labels/new")
def add() -> tuple[str, int] | Response:
    try:
        with transaction():
            add_label(typed("label"), typed("definition"), typed("examples"), change_now())
    except Conflict:
        raise
    except Refused as refusal:
        return page(None, request.form.to_dict(), refusal.words), 422
    flash(f"Label added. {LEARNED}", "success")
    return redirect(url_for("labels.index"), 303)


@blueprint.get("/comments/labels/<name>")
def edit(name: str) -> str:
    return page(name, {}, "")


@blueprint.post("/comments/labels/<name>")
def save(name: str) -> tuple[str, int] | Response:
    try:
        with transaction():
            change_label(name, typed("label"), typed("definition"), typed("examples"), change_now())
    except (Conflict, NotFound):
        raise
    except Refused as refusal:
        return page(name, request.form.to_dict(), refusal.words), 422
    flash("Label saved. What it means for new comments shows after the next fit.", "success")
    return redirect(url_for("labels.index"), 303)


@blueprint.post("/comments/labels/<name>/retire")
def retire(name: str) -> Response:
    with transaction():
        retire_label(name, change_now())
    flash("Label retired. Comments get it until the next model labels them.", "success")
    return redirect(url_for("labels.index"), 303)


def typed(field: str) -> str:
    words = request.form.get(field, "")
    return words.strip() if field == "examples" else " ".join(words.split())


def change_now() -> Change:
    version = request.form.get("version", "")
    return Change(int(version) if version.isdecimal() and len(version) < 10 else 0, current_user.id, now())


def page(name: str | None, given: dict[str, str], fault: str) -> str:
    frame = frame_in_force()
    label = find_label(frame, name) if name else None
    return render_template(
        "comments/label.html",
        label=label,
        version=given.get("version", frame.version),
        given=given or ({"label": label.label, "definition": label.definition} if label else {}),
        fault=fault,
        by_rule=NO_CONTENT,
        fewest=FEWEST_EXAMPLES,
        longest_label=LONGEST_LABEL,
        longest_definition=LONGEST_DEFINITION,
    )

"""/comments/quotations: what may be published of comments; proposing it, and approving it one by one."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from nlp.code_frame import CodeFrame
from nlp.redaction.redact import redact
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.quotations.approving import FEWEST, approve, propose, quotation_numbered, withdraw
from surveys.comments.quotations.lists import Quoted, approved_quotations, proposed
from surveys.comments.quotations.quotable import MOST_CHARACTERS, MOST_WORDS, NotQuotable
from surveys.comments.texts.models import Comment, LabelKind
from surveys.comments.texts.pieces import pieces_of
from surveys.comments.texts.reach import Reach
from surveys.comments.texts.readable import readable
from surveys.comments.texts.wording import label_words, sentiment_words
from surveys.core.clock import day_of, now
from surveys.core.csv_out import csv_response
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.people.assessors import months_allowed
from surveys.people.guards import services_allowed
from surveys.people.models import Service
from surveys.people.roles import Permission

IN_A_FILE = 10_000
COLUMNS = ("number", "quotation", "service", "month", "themes", "sentiment", "approved_on")

quotations = Blueprint("quotations", __name__)
proposing = Blueprint("proposing", __name__)
approving = Blueprint("approving", __name__)


def published_ones(most: int) -> Sequence[Quoted]:
    """Of the services and months whose rates the reader sees, and of the theme that was asked for."""
    first, last = months_allowed() or (date.min, date.max.replace(day=1))
    ends_on = last.replace(day=monthrange(last.year, last.month)[1])
    reach = Reach(first, ends_on, services_allowed(Permission.READ_RATES), None)
    return approved_quotations(reach, request.args.get("theme") or None, most)


def topics_of(frame: CodeFrame, one: Quoted) -> list[str]:
    return [label_words(frame, LabelKind.TOPIC, topic) for topic in one.topics]


@quotations.get("/comments/quotations")
def show() -> str:
    frame = frame_in_force()
    return render_template(
        "comments/quotations.html",
        found=published_ones(100),
        themes={label.name: label.label for label in frame.labels},
        theme=request.args.get("theme", ""),
        topics=lambda one: topics_of(frame, one),
        sentiment_words=sentiment_words,
    )


@quotations.get("/comments/quotations.csv")
def as_csv() -> Response:
    """Scanned once more on the way out; what the scan finds is left out of the file."""
    frame = frame_in_force()
    lines = (
        (
            one.id,
            redact(one.words).text,
            one.service,
            f"{one.day:%Y-%m}",
            "; ".join(topics_of(frame, one)),
            sentiment_words(one.sentiment),
            day_of(one.decided_at).isoformat() if one.decided_at else "",
        )
        for one in published_ones(IN_A_FILE)
    )
    return csv_response("quotations.csv", COLUMNS, lines)


@proposing.get("/comments/<int:number>/quote")
def choose(number: int) -> str:
    return page(readable(number, Permission.READ_COMMENTS))


@proposing.post("/comments/<int:number>/quote")
def save(number: int) -> tuple[str, int] | Redirection:
    readable(number, Permission.READ_COMMENTS)
    typed = request.form.get("words", "")
    try:
        with transaction():
            propose(number, typed, current_user.id, now())
    except NotQuotable as refusal:
        return page(readable(number, Permission.READ_COMMENTS), typed, refusal.words), 422
    flash("Proposed. It is published once somebody has approved it.", "success")
    return redirect(url_for("comment.show", number=number), 303)


def page(comment: Comment, typed: str = "", error: str = "") -> str:
    return render_template(
        "comments/quote.html",
        comment=comment,
        pieces=pieces_of(comment.redacted),
        service=db.session.get_one(Service, comment.service_id),
        most_words=MOST_WORDS,
        most_characters=MOST_CHARACTERS,
        typed=typed,
        error=error,
    )


@approving.get("/comments/quotations/proposed")
def waiting() -> str:
    frame = frame_in_force()
    return render_template(
        "comments/quotations_proposed.html",
        found=proposed(services_allowed(Permission.APPROVE_QUOTATIONS)),
        fewest=FEWEST,
        topics=lambda one: topics_of(frame, one),
        sentiment_words=sentiment_words,
    )


@approving.post("/comments/quotations/<int:number>/approve")
def let(number: int) -> Redirection:
    return decided(number, approve, "Approved. It may be published now.")


@approving.post("/comments/quotations/<int:number>/withdraw")
def take_back(number: int) -> Redirection:
    return decided(number, withdraw, "Withdrawn.")


def decided(number: int, act: Callable[[int, int, datetime], None], done: str) -> Redirection:
    quotation_numbered(number, services_allowed(Permission.APPROVE_QUOTATIONS))
    try:
        with transaction():
            act(number, current_user.id, now())
    except Refused as refusal:
        flash(refusal.words, "danger")
    else:
        flash(done, "success")
    back = "quotations.show" if request.form.get("from") == "approved" else "approving.waiting"
    return redirect(url_for(back), 303)

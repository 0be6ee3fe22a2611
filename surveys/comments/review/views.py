"""/comments/review: reviewers read comments one by one and say which labels are right."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nlp.comments import SENTIMENTS, Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.fitting.agreement import FEWEST, agreement, in_words
from surveys.comments.fitting.challenger import ask_when_enough
from surveys.comments.fitting.learning import pairs_of_verdicts
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.models import ShownAs
from surveys.comments.labels.suggestions import suggestions_only
from surveys.comments.review.checking import BLIND, Verdict, check
from surveys.comments.review.queue import Reviewer, next_comment
from surveys.comments.review.reviewing import Shown, checked_today, last_checked, shown
from surveys.comments.texts.pieces import pieces_of
from surveys.comments.texts.wording import RATING_WORDS, SENTIMENT_WORDS, URGENCY_WORDS
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.core.row_numbers import row_number
from surveys.core.tokens import seal, seal_holds
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission

blueprint = Blueprint("review", __name__)
MOST_SKIPPED = 20
WHY_SHOWN = {
    ShownAs.UNCERTAIN: "The program is least sure of this one.",
    ShownAs.RARE: "This one has a label that few comments have.",
    ShownAs.RANDOM: "This one came by chance and without suggestions: it shows how good the program is.",
    ShownAs.SECOND: "A colleague has checked this one too. Your word shows how far people agree.",
    ShownAs.CHOSEN: "You opened this one yourself.",
}
ASKED_WORDS = {
    "what_good": "What was good?",
    "could_improve": "What could be better?",
    "nonspecific": "An open question",
}


def reviewer() -> Reviewer:
    skipped = session.get("skipped", [])
    return Reviewer(current_user.id, services_allowed(Permission.CHECK_COMMENTS), skipped)


@blueprint.get("/comments/review")
def show() -> str:
    """The next comment, or the one asked for."""
    who = reviewer()
    if "comment" in request.args:
        return page(shown(number_asked_for(), who.services, who.id, None))
    found = next_comment(who, now())
    return page(shown(found[0], who.services, who.id, found[1]) if found else None)


def number_asked_for() -> int:
    try:
        return row_number(request.args["comment"])
    except ValueError as fault:
        raise NotFound("There is no such comment.") from fault


@blueprint.get("/comments/review/last")
def last() -> Response:
    """Back to what this reviewer checked last, to say something else of it."""
    found = last_checked(current_user.id)
    if found is None:
        flash("You have not checked a comment yet.", "info")
    return redirect(url_for("review.show", comment=found, _anchor="comment"), 303)


@blueprint.post("/comments/review")
def save() -> tuple[str, int] | Response:
    comment_id, shown_as, read_at = opened(request.form.get("page", ""))
    verdict = verdict_typed()
    who = reviewer()
    seen = shown(comment_id, who.services, who.id, shown_as)
    if verdict is None:
        return page(as_typed(seen), "Select whether the comment is positive, neutral or negative"), 422
    try:
        with transaction():
            check(comment_id, read_at, verdict, who.id, shown_as, now())
            ask_when_enough()
    except Conflict as refusal:
        flash(refusal.words, "warning")
    return redirect(url_for("review.show", _anchor="comment"), 303)


@blueprint.post("/comments/review/skip")
def skip() -> Response:
    """Pass over one comment for now; it comes back after some others."""
    comment_id, _, _ = opened(request.form.get("page", ""))
    session["skipped"] = [*session.get("skipped", []), comment_id][-MOST_SKIPPED:]
    return redirect(url_for("review.show", _anchor="comment"), 303)


@blueprint.get("/comments/review/agreement")
def agreed() -> str:
    frame, pairs = frame_in_force(), pairs_of_verdicts()
    labels = [*frame.names, *(sentiment.value for sentiment in SENTIMENTS)]
    return render_template(
        "comments/agreement.html",
        agreements=agreement(labels, pairs),
        names={label.name: label.label for label in frame.labels} | {s.value: SENTIMENT_WORDS[s] for s in SENTIMENTS},
        base=len(pairs),
        fewest=FEWEST,
        in_words=in_words,
    )


def sealed(seen: Shown) -> str:
    """Which comment the form is about, as what it was shown, and which reading: nobody can choose what is random."""
    written = f"{seen.id}.{seen.shown_as.value}.{seen.read_at:%Y%m%dT%H%M%S%f}"
    return f"{written}.{seal('review', f'{current_user.id}.{written}')}"


def opened(given: str) -> tuple[int, ShownAs, datetime]:
    written, _, proof = given.rpartition(".")
    if not seal_holds("review", f"{current_user.id}.{written}", proof):
        raise Refused("This page is not yours or was changed. Open the review again.")
    number, shown_as, read_at = written.split(".")
    return int(number), ShownAs(shown_as), datetime.strptime(read_at + "+0000", "%Y%m%dT%H%M%S%f%z")


def verdict_typed() -> Verdict | None:
    """None where no sentiment was selected."""
    if request.form.get("sentiment") not in SENTIMENTS:
        return None
    flags = frozenset(Urgency(flag) for flag in request.form.getlist("urgency") if flag in tuple(Urgency))
    return Verdict(tuple(request.form.getlist("topics")), Sentiment(request.form["sentiment"]), flags)


def as_typed(seen: Shown) -> Shown:
    flags = frozenset(flag for flag in Urgency if flag.value in request.form.getlist("urgency"))
    return replace(seen, topics=tuple(request.form.getlist("topics")), sentiment=None, urgency=flags)


def page(seen: Shown | None, fault: str = "") -> str:
    return render_template(
        "comments/review.html",
        seen=seen,
        fault=fault,
        page=sealed(seen) if seen else "",
        pieces=pieces_of(seen.words) if seen else [],
        blind=seen is not None and seen.shown_as in BLIND,
        why=WHY_SHOWN[seen.shown_as] if seen else "",
        asked=ASKED_WORDS[seen.asked] if seen else "",
        ratings=RATING_WORDS,
        labels=frame_in_force().labels,
        sentiments=SENTIMENT_WORDS,
        urgencies=URGENCY_WORDS,
        suggestions=suggestions_only(),
        done=checked_today(current_user.id),
        last=last_checked(current_user.id),
    )

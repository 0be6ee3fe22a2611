"""One comment: its redacted text, its labels and the words that spoke for them, and what was said of it before."""

from flask import Blueprint, render_template, request

from nlp.redaction.types import Kind
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.suggestions import suggestions_only
from surveys.comments.reading.why import Reason, history_of, read_labels, reasons_for
from surveys.comments.texts.as_written import Purpose
from surveys.comments.texts.models import Comment, LabelKind
from surveys.comments.texts.pieces import pieces_of
from surveys.comments.texts.readable import readable
from surveys.comments.texts.wording import LANGUAGE_WORDS, ORIGIN_WORDS, RATING_WORDS, STATE_WORDS, label_words
from surveys.comments.urgent.words import QUEUE_WORDS
from surveys.core.db import db
from surveys.people.guards import allowed
from surveys.people.models import Service
from surveys.people.roles import Permission

blueprint = Blueprint("comment", __name__)


@blueprint.get("/comments/<int:number>")
def show(number: int) -> str:
    return page(readable(number, Permission.READ_COMMENTS))


def page(comment: Comment, typed: str = "", error: str = "") -> str:
    """typed and error are what came of the form that replaces words."""
    frame = frame_in_force()
    labels = read_labels(comment.id)
    reasons = seen_by_reader(reasons_for(comment, labels))
    shown = next((r for r in reasons if r.key == request.args.get("why")), next(iter(reasons), None))
    return render_template(
        "comments/comment.html",
        comment=comment,
        service=db.session.get_one(Service, comment.service_id),
        pieces=pieces_of(comment.redacted, shown.spans if shown else ()),
        reasons=reasons,
        shown=shown,
        history=history_of(labels),
        name_of=lambda kind, label: label_words(frame, kind, label),
        suggestions=suggestions_only(),
        purposes=list(Purpose),
        queues=QUEUE_WORDS,
        kinds=sorted(Kind, key=lambda kind: (kind is not Kind.NAME, kind.value)),
        typed=typed,
        error=error,
        rating=RATING_WORDS.get(comment.rating or 0, ""),
        state=STATE_WORDS[comment.state],
        language=LANGUAGE_WORDS.get(comment.language, "a language that could not be told"),
        origins=ORIGIN_WORDS,
    )


def seen_by_reader(reasons: list[Reason]) -> list[Reason]:
    """Urgency is for those who may see urgent comments."""
    urgent = allowed(Permission.SEE_URGENT)
    return [reason for reason in reasons if urgent or reason.kind is not LabelKind.URGENCY]

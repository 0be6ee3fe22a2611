"""Why a comment has its labels: the words of the redacted text that spoke for each, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import sqlalchemy as sa

from nlp.comments import Comment as Words
from nlp.faults import NotUsable
from nlp.late import explain
from nlp.urgency.judge import reasons
from surveys.comments.labels.stored_models import champion
from surveys.comments.texts.models import Comment, CommentLabel, LabelKind, Origin
from surveys.comments.texts.pieces import Span
from surveys.core.clock import day_of
from surveys.core.db import db

if TYPE_CHECKING:
    from nlp.model import Model


@dataclass(frozen=True)
class Reason:
    """One label in force. spans are the words that spoke for it; known says whether they could be told at all."""

    kind: LabelKind
    label: str
    origin: Origin
    score: float | None
    spans: tuple[Span, ...] = ()
    known: bool = False

    @property
    def key(self) -> str:
        """What the address of a page calls it."""
        return f"{self.kind.value}.{self.label}"


@dataclass(frozen=True)
class Given:
    """Labels that were given together; the day tells enough of when."""

    day: date
    origin: Origin
    model_id: int | None
    labels: tuple[tuple[LabelKind, str], ...]
    in_force: bool


def read_labels(comment_id: int) -> Sequence[CommentLabel]:
    """All that the comment ever had, in the order in which they were given."""
    query = sa.select(CommentLabel).where(CommentLabel.comment_id == comment_id)
    return db.session.scalars(query.order_by(CommentLabel.id)).all()


def reasons_for(comment: Comment, labels: Sequence[CommentLabel]) -> list[Reason]:
    """Of each label in force. Words are told for urgencies, and for what the model in use today has given."""
    text = str(comment.redacted)
    raised = reasons(text)
    words = Words(text, comment.asked, comment.rating, comment.language)
    model = model_in_use() if any(told_by_model(label) for label in labels) else None
    found = []
    for label in (label for label in labels if label.in_force):
        reason = Reason(label.kind, label.label, label.origin, label.score)
        if label.kind is LabelKind.URGENCY and label.origin is not Origin.PERSON:
            spans = tuple((r.start, r.end) for r in raised if r.flag == label.label)
            reason = Reason(label.kind, label.label, label.origin, label.score, spans, known=True)
        elif model is not None and told_by_model(label) and model[0] == label.model_id:
            spans = spoke_for(model[1], words, label.label)
            reason = Reason(label.kind, label.label, label.origin, label.score, spans, known=True)
        found.append(reason)
    return sorted(found, key=lambda reason: list(LabelKind).index(reason.kind))


def told_by_model(label: CommentLabel) -> bool:
    return label.in_force and label.origin is Origin.MODEL


def model_in_use() -> "tuple[int, Model] | None":
    """The champion under its number; None where there is none, or none that this version of the program can read."""
    try:
        found = champion()
    except NotUsable:
        return None
    return (found.id, found.model) if found else None


def spoke_for(model: "Model", words: Words, label: str) -> tuple[Span, ...]:
    try:
        return tuple((why.start, why.end) for why in explain(model, words, label))
    except ValueError:  # a label that the model never learned: it was given by rule
        return ()


def history_of(labels: Sequence[CommentLabel]) -> list[Given]:
    """The newest first. Labels given at one moment by one hand are one entry."""
    ordered = sorted(labels, key=lambda label: (label.given_at, label.id))
    entries = []
    for (moment, origin, model_id, in_force), group in groupby(
        ordered, key=lambda label: (label.given_at, label.origin, label.model_id, label.in_force)
    ):
        together = tuple((label.kind, label.label) for label in group)
        entries.append(Given(day_of(moment), origin, model_id, together, in_force))
    return entries[::-1]

"""Labels by the champion: topics and sentiment of what has been redacted. What a person said stands over both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.comments import Comment as Text
from nlp.comments import Prediction
from nlp.no_content import label_by_rule
from surveys.comments.labels.stored_models import Champion, champion, fit_first
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.core.db import db, table_of

TABLE = table_of(Comment)
# Urgency is told by rules while a comment is read; no model has a word in it.
BY_MODEL = (LabelKind.TOPIC, LabelKind.SENTIMENT)


def label_some(moment: datetime, limit: int) -> int:
    """Label so many of the comments that wait for it, oldest first; returns how many there were.

    Two at once label different ones.
    """
    waiting = held(Comment.state == CommentState.REDACTED, Comment.id.asc(), limit)
    if waiting:
        give_labels(waiting, champion() or fit_first(moment), moment)
    return len(waiting)


def any_waits() -> bool:
    """Whether there is anything to label: only then is a model worth its second and its memory."""
    waiting = sa.select(Comment.id).where(Comment.state == CommentState.REDACTED)
    return db.session.scalar(waiting.limit(1)) is not None


def held(which: sa.ColumnElement[bool], order: sa.ColumnElement[int], limit: int) -> Sequence[Any]:
    """What the model reads of these comments; they are held until the commit, and those held elsewhere left out."""
    c = Comment
    query = sa.select(c.id, c.redacted, c.asked, c.rating, c.language, c.state).where(which).order_by(order)
    return db.session.execute(query.limit(limit).with_for_update(skip_locked=True)).all()


def text_of(row: Any) -> Text:
    return Text(row.redacted, row.asked, row.rating, row.language)


def give_labels(rows: Sequence[Any], by: Champion, moment: datetime) -> None:
    """Put this model's labels in the place of those of the one before, which stay, out of force.

    Of a comment that a person has labelled, the person's labels stay in force, and the model's are kept beside them.
    """
    predictions = by.model.classify([text_of(row) for row in rows])
    doubts = by.model.doubts(predictions)
    checked = by_people([row.id for row in rows])
    labels: list[dict[str, Any]] = []
    changes: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for row, told, doubt in zip(rows, predictions, doubts, strict=True):
        if told.sentiment is None:
            raise ValueError("a comment in another language is for a person")
        by_rule = label_by_rule(row.redacted, row.asked) is not None
        is_checked = row.state is CommentState.CHECKED or row.id in checked
        labels += labels_of(row.id, told, by.id, by_rule, moment, in_force=not is_checked)
        # Nobody doubts a rule, whatever the model would have made of those words.
        changes[is_checked].append({"row": row.id, "doubt": 0.0 if by_rule else doubt} | summary(told, is_checked))
    put_out_of_force([row.id for row in rows])
    db.session.execute(sa.insert(CommentLabel), labels)
    for some in filter(None, changes.values()):
        names = [name for name in some[0] if name != "row"]
        change = sa.update(TABLE).where(TABLE.c.id == sa.bindparam("row"))
        given: dict[str, Any] = {name: sa.bindparam(name) for name in names}
        db.session.connection().execute(change.values(given | {"model_id": by.id, "counted": False}), some)


def summary(told: Prediction, is_checked: bool) -> dict[str, Any]:
    """What stands in the comment's own row; of a checked one the person's sentiment stays."""
    if is_checked:
        return {"state": CommentState.CHECKED, "needs_review": False}
    return {"state": CommentState.LABELLED, "sentiment": told.sentiment, "needs_review": told.needs_review}


def by_people(comment_ids: Sequence[int]) -> set[int]:
    """Those of these comments whose topics or sentiment a person gave."""
    label = CommentLabel
    query = sa.select(label.comment_id).where(
        label.comment_id.in_(comment_ids), label.in_force, label.origin == Origin.PERSON, label.kind.in_(BY_MODEL)
    )
    return set(db.session.scalars(query))


def put_out_of_force(comment_ids: Sequence[int]) -> None:
    """The labels that a model or its rule gave; a person's stay."""
    label = CommentLabel
    older = (label.in_force, label.origin != Origin.PERSON, label.kind.in_(BY_MODEL))
    change = sa.update(label).where(label.comment_id.in_(comment_ids), *older).values(in_force=False)
    db.session.execute(change.execution_options(synchronize_session=False))


def labels_of(
    comment_id: int, told: Prediction, model_id: int, by_rule: bool, moment: datetime, in_force: bool
) -> list[dict[str, Any]]:
    """A row for each topic and one for the sentiment. A rule has no score."""
    of_comment = {"comment_id": comment_id, "model_id": model_id, "in_force": in_force, "given_at": moment}
    origin = Origin.RULE if by_rule else Origin.MODEL
    topics = [
        {"kind": LabelKind.TOPIC, "label": name, "score": None if by_rule else share(told.probabilities[name])}
        | of_comment
        | {"origin": origin}
        for name in told.labels
    ]
    sure = share(told.sentiment_probabilities[told.sentiment]) if told.sentiment else None
    named = {"kind": LabelKind.SENTIMENT, "label": str(told.sentiment), "score": sure, "origin": Origin.MODEL}
    return [*topics, named | of_comment]


def share(probability: float) -> float:
    """In [0, 1], whatever the last bit of a sum says."""
    return round(min(max(probability, 0.0), 1.0), 6)

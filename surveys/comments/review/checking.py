"""What a reviewer says of a comment: kept for good, in force at once, and learned from at the next refit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nlp.comments import Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.fitting.learning import CLASSIFIED
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.models import Correction, ShownAs
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.comments.urgent.raising import raise_urgent
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused

READ_ANEW = "This comment was read again after you opened it: somebody changed it. Look at it afresh."
# Chance brought these, or a second look: what the model thinks is not shown, so that it cannot lead anybody.
BLIND = (ShownAs.RANDOM, ShownAs.SECOND)


@dataclass(frozen=True)
class Verdict:
    """A reviewer's whole word on a comment. No topic at all is a word too: none of the labels fits."""

    topics: tuple[str, ...]
    sentiment: Sentiment
    urgency: frozenset[Urgency] = frozenset()


@dataclass(frozen=True)
class InForce:
    """The labels a comment has now."""

    topics: tuple[str, ...]
    sentiment: str | None
    urgency: frozenset[Urgency]


def labels_in_force(comment_id: int) -> InForce:
    found: dict[LabelKind, list[str]] = {kind: [] for kind in LabelKind}
    query = sa.select(CommentLabel.kind, CommentLabel.label).order_by(CommentLabel.id)
    for kind, label in db.session.execute(query.where(CommentLabel.comment_id == comment_id, CommentLabel.in_force)):
        found[kind].append(label)
    urgency = frozenset(Urgency(flag) for flag in found[LabelKind.URGENCY])
    return InForce(tuple(found[LabelKind.TOPIC]), next(iter(found[LabelKind.SENTIMENT]), None), urgency)


def check(
    comment_id: int, read_at: datetime, verdict: Verdict, reviewer_id: int, shown_as: ShownAs, moment: datetime
) -> int:
    """Keep a reviewer's word; returns the correction's number.

    It stands over the model's until somebody says otherwise. A second reviewer's word changes no label, save that an
    urgency is raised by anybody. Taking an urgency away closes nothing: only who looks into it does that.
    Raises Conflict where the comment was read anew since read_at.
    """
    comment = held(comment_id, read_at)
    before = labels_in_force(comment_id)
    unknown = set(verdict.topics) - set(frame_in_force().names) - set(before.topics)
    if unknown:
        raise Refused("One of the labels is no longer in use. Look at the comment again.")
    number = keep(comment, before, verdict, reviewer_id, shown_as, moment)
    if shown_as is not ShownAs.SECOND:
        replace_labels(comment, verdict, moment)
        lower_flags(comment_id, before.urgency - verdict.urgency)
    raise_flags(comment_id, verdict.urgency - before.urgency, reviewer_id, moment)
    db.session.flush()
    return number


def held(comment_id: int, read_at: datetime) -> Comment:
    """The comment, with nobody else changing it until the end."""
    query = sa.select(Comment).where(Comment.id == comment_id).with_for_update()
    comment = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if comment is None:
        raise NotFound("This comment is not here any more.")
    if comment.read_at != read_at or comment.state not in CLASSIFIED:
        raise Conflict(READ_ANEW)
    return comment


def keep(
    comment: Comment, before: InForce, verdict: Verdict, reviewer_id: int, shown_as: ShownAs, moment: datetime
) -> int:
    seen = shown_as not in BLIND
    correction = Correction(
        comment_id=comment.id,
        comment_read_at=comment.read_at,
        reviewer_id=reviewer_id,
        at=moment,
        shown_as=shown_as,
        model_id=comment.model_id,
        topics_before=list(before.topics) if seen else None,
        topics=list(verdict.topics),
        sentiment_before=before.sentiment if seen else None,
        sentiment=verdict.sentiment.value,
    )
    db.session.add(correction)
    db.session.flush()
    return correction.id


def replace_labels(comment: Comment, verdict: Verdict, moment: datetime) -> None:
    """The person's labels in force, all others out of it."""
    put_out_of_force(comment.id, CommentLabel.kind.in_((LabelKind.TOPIC, LabelKind.SENTIMENT)))
    new = [(LabelKind.TOPIC, topic) for topic in dict.fromkeys(verdict.topics)]
    give(comment.id, [*new, (LabelKind.SENTIMENT, verdict.sentiment.value)], moment)
    comment.sentiment = verdict.sentiment.value
    comment.state = CommentState.CHECKED
    comment.needs_review = False
    comment.counted = False


def put_out_of_force(comment_id: int, which: sa.ColumnElement[bool]) -> None:
    labels = sa.update(CommentLabel).where(CommentLabel.comment_id == comment_id, CommentLabel.in_force, which)
    db.session.execute(labels.values(in_force=False))


def give(comment_id: int, labels: Iterable[tuple[LabelKind, str]], moment: datetime) -> None:
    for kind, label in labels:
        db.session.add(
            CommentLabel(comment_id=comment_id, kind=kind, label=label, origin=Origin.PERSON, given_at=moment)
        )


def lower_flags(comment_id: int, flags: frozenset[Urgency]) -> None:
    if flags:
        put_out_of_force(
            comment_id, sa.and_(CommentLabel.kind == LabelKind.URGENCY, CommentLabel.label.in_(sorted(flags)))
        )


def raise_flags(comment_id: int, flags: frozenset[Urgency], reviewer_id: int, moment: datetime) -> None:
    if flags:
        give(comment_id, [(LabelKind.URGENCY, flag.value) for flag in sorted(flags)], moment)
        raise_urgent([(comment_id, flag) for flag in sorted(flags)], moment, reviewer_id)

"""What the review page shows: a comment with its ticks, and how much was done."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from nlp.redaction.types import RedactedText
from nlp.urgency.types import Urgency
from surveys.comments.fitting.learning import CLASSIFIED
from surveys.comments.labels.models import Correction, ShownAs
from surveys.comments.review.checking import BLIND, labels_in_force
from surveys.comments.texts.models import Comment
from surveys.contacts.models import Channel
from surveys.core.clock import start_of, today
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.people.models import Service


@dataclass(frozen=True)
class Shown:
    """A comment as a reviewer gets it. topics, sentiment and urgency are what is ticked when the page opens."""

    id: int
    read_at: datetime
    shown_as: ShownAs
    service: str
    channel: Channel
    asked: str
    rating: int | None
    topics: tuple[str, ...]
    sentiment: str | None
    urgency: frozenset[Urgency]
    words: RedactedText = field(repr=False)


def shown(comment_id: int, services: frozenset[int] | None, reviewer_id: int, shown_as: ShownAs | None) -> Shown:
    """shown_as: None where the reviewer chose the comment; one checked before is shown as it was then.

    What this reviewer said before is ticked; else what is in force, save where nothing may lead the reviewer. Whether
    it may be urgent is always told. NotFound where it is another service's, or not classified.
    """
    query = sa.select(Comment, Service.name).join(Service, Service.id == Comment.service_id)
    query = query.where(Comment.id == comment_id, Comment.state.in_(CLASSIFIED))
    if services is not None:
        query = query.where(Comment.service_id.in_(sorted(services)))
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("There is no such comment to check, or it is for others.")
    comment, service = row
    mine = own_word(comment, reviewer_id)
    why = shown_as or (mine.shown_as if mine else ShownAs.CHOSEN)
    now_in_force = labels_in_force(comment_id)
    topics, sentiment = now_in_force.topics, now_in_force.sentiment
    if mine is not None:
        topics, sentiment = tuple(mine.topics), mine.sentiment
    elif why in BLIND:
        topics, sentiment = (), None
    about = (service, comment.channel, comment.asked.value, comment.rating)
    return Shown(
        comment.id, comment.read_at, why, *about, topics, sentiment, now_in_force.urgency, words=comment.redacted
    )


def own_word(comment: Comment, reviewer_id: int) -> Correction | None:
    """What this reviewer last said of the comment as it now reads."""
    mine = sa.select(Correction).where(
        Correction.reviewer_id == reviewer_id,
        Correction.comment_id == comment.id,
        Correction.comment_read_at == comment.read_at,
    )
    return db.session.scalars(mine.order_by(Correction.id.desc()).limit(1)).one_or_none()


def checked_today(reviewer_id: int) -> int:
    mine = (Correction.reviewer_id == reviewer_id, Correction.at >= start_of(today()))
    return db.session.scalar(sa.select(sa.func.count(Correction.comment_id.distinct())).where(*mine)) or 0


def last_checked(reviewer_id: int) -> int | None:
    """The comment this reviewer checked last."""
    mine = sa.select(Correction.comment_id).where(Correction.reviewer_id == reviewer_id)
    return db.session.scalar(mine.order_by(Correction.id.desc()).limit(1))

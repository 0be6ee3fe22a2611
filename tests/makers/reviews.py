"""Makers of comments ready for review, and of what reviewers say of them."""

from collections.abc import Iterable

import sqlalchemy as sa

from nlp.comments import Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.fitting.learning import FOR_MEASURING
from surveys.comments.labels.models import ShownAs
from surveys.comments.review.checking import Verdict, check
from surveys.comments.texts.models import Comment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from tests.makers.comments import label_all, read_all, write

TO_LEARN = FOR_MEASURING + 1


def make_comments(words: Iterable[str], chance: int | None = None, service: str = "parking") -> list[int]:
    """Labelled comments, by number. chance: of the first, each further one a little higher; by its hash where None."""
    responses = [write(one, service=service) for one in words]
    read_all()
    label_all()
    numbers = list(db.session.scalars(sa.select(Comment.id).where(Comment.response_id.in_(responses))))
    with transaction():
        for place, number in enumerate(sorted(numbers)) if chance is not None else ():
            db.session.execute(sa.update(Comment).where(Comment.id == number).values(chance=chance + 5 * place))
    return sorted(numbers)


def comment_now(number: int) -> Comment:
    """As it stands in the database."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Comment, number)


def say(
    number: int,
    reviewer_id: int,
    *topics: str,
    sentiment: Sentiment = Sentiment.NEG,
    shown_as: ShownAs = ShownAs.UNCERTAIN,
    urgency: Iterable[Urgency] = (),
) -> int:
    """What this reviewer says of the comment as it now reads; returns the correction's number."""
    read_at = comment_now(number).read_at
    db.session.rollback()
    with transaction():
        return check(number, read_at, Verdict(topics, sentiment, frozenset(urgency)), reviewer_id, shown_as, now())

"""What people's corrections come to: comments to learn from, and the random sample that measures.

A quarter of all comments, those of the lowest chance, is kept for measuring: reviewers get them at random and without
suggestions, and no model ever learns from them. So every model is measured on comments it has not seen, by verdicts
that it had no part in. From the other three quarters models learn.

The latest word on a comment counts, whoever said it. A second reviewer's verdict measures agreement and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from nlp.code_frame import CodeFrame, code_frame
from nlp.comments import Comment as Words
from nlp.comments import Example, Question, Sentiment
from surveys.comments.fitting.agreement import Pair
from surveys.comments.labels.models import Correction, ShownAs
from surveys.comments.texts.models import Comment, CommentState
from surveys.core.db import db

FOR_MEASURING = 2**31 // 4
MOST_PAIRS = 2000
CLASSIFIED = (CommentState.LABELLED, CommentState.CHECKED)
for_measuring = Comment.chance < FOR_MEASURING


@dataclass(frozen=True)
class Lesson:
    """A comment with the latest word on it, and when that was said."""

    comment_id: int
    at: datetime
    example: Example


def lessons(frame: CodeFrame) -> list[Lesson]:
    """To learn from, by the comment's number. Labels that the frame has not are left out."""
    return read_lessons(latest_words().where(~for_measuring), frame)


def random_sample(frame: CodeFrame) -> list[Lesson]:
    """To measure on: comments that chance brought to a reviewer."""
    drawn = aliased(Correction)
    by_chance = sa.exists().where(
        drawn.comment_id == Comment.id, drawn.comment_read_at == Comment.read_at, drawn.shown_as == ShownAs.RANDOM
    )
    return read_lessons(latest_words().where(for_measuring, by_chance), frame)


def latest_words() -> sa.Select[tuple[object, ...]]:
    """The last correction of each comment as it now reads, whose text is still there."""
    said = aliased(Correction)
    newest = sa.select(sa.func.max(said.id)).where(said.shown_as != ShownAs.SECOND).group_by(said.comment_id)
    return (
        sa.select(Comment.id, Comment.redacted, Comment.asked, Comment.rating, Comment.language)
        .add_columns(Correction.at, Correction.topics, Correction.sentiment)
        .join(Correction, sa.and_(Correction.comment_id == Comment.id, Correction.comment_read_at == Comment.read_at))
        .where(Correction.id.in_(newest), Comment.state.in_(CLASSIFIED))
        .order_by(Comment.id)
    )


def read_lessons(query: sa.Select[tuple[object, ...]], frame: CodeFrame) -> list[Lesson]:
    return [lesson_of(row, frame) for row in db.session.execute(query)]


def lesson_of(row: sa.Row[tuple[object, ...]], frame: CodeFrame) -> Lesson:
    words = Words(row.redacted, Question(row.asked), row.rating, row.language)
    labels = frozenset(row.topics) & frozenset(frame.names)
    return Lesson(row.id, row.at, Example(words, labels, Sentiment(row.sentiment)))


def pairs_of_verdicts() -> list[Pair]:
    """What two people said of the same reading, the first and the second each by their latest word; newest first."""
    first, second = aliased(Correction), aliased(Correction)
    latest = sa.select(sa.func.max(Correction.id)).group_by(
        Correction.comment_id, Correction.comment_read_at, Correction.reviewer_id
    )
    query = (
        sa.select(first.topics, first.sentiment, second.topics, second.sentiment)
        .join(second, sa.and_(first.comment_id == second.comment_id, first.comment_read_at == second.comment_read_at))
        .where(first.shown_as == ShownAs.RANDOM, second.shown_as == ShownAs.SECOND)
        .where(first.reviewer_id != second.reviewer_id, first.id.in_(latest), second.id.in_(latest))
        .order_by(second.id.desc())
        .limit(MOST_PAIRS)
    )
    return [Pair(frozenset([*a, one]), frozenset([*b, other])) for a, one, b, other in db.session.execute(query)]


def own_examples(frame: CodeFrame) -> list[Example]:
    """What the council typed in for its labels. The program's own sentences are in what it comes with already."""
    known = {sentence for label in code_frame().labels for sentence in label.examples}
    return [
        Example(Words(sentence, language="en"), frozenset({label.name}))
        for label in frame.labels
        for sentence in label.examples
        if sentence not in known
    ]

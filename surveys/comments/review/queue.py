"""Which comment a reviewer sees next: half where the model is least certain, a quarter rare labels, a quarter chance.

Chance draws from the quarter of comments that is kept for measuring (`fitting/learning.py`), the rest from the others,
so no comment is ever both. Of those that chance brought, every fifth goes to a second reviewer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.comments.fitting.learning import CLASSIFIED, for_measuring
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.models import Correction, ShownAs
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind
from surveys.core.db import db

TURNS = (ShownAs.UNCERTAIN, ShownAs.RANDOM, ShownAs.UNCERTAIN, ShownAs.RARE)
SECOND_OF = 5
AT_WORK = timedelta(minutes=30)
RARE_LABELS = 3
COUNTED_UP_TO = 500


@dataclass(frozen=True)
class Reviewer:
    """Who asks. services: None means all. skipped: comments this person passed over lately."""

    id: int
    services: frozenset[int] | None
    skipped: Sequence[int] = field(default=())


def next_comment(reviewer: Reviewer, moment: datetime) -> tuple[int, ShownAs] | None:
    """The comment's number and why it is shown; None where nothing is left for this reviewer.

    The same each time until somebody has checked something: the turn is the number of comments the reviewer checked.
    Reviewers at work at once draw from parts of the queue that do not meet, unless their own part is empty.
    """
    turn, at_work = turn_of(reviewer), at_work_with(reviewer, moment)
    own_part = Comment.id % len(at_work) == at_work.index(reviewer.id)
    for shown_as in in_turn(turn):
        queue = waiting(shown_as, reviewer, turn)
        found = db.session.scalar(queue.where(own_part).limit(1))
        # The part of another: not its first, which that reviewer has before them now.
        others = db.session.scalars(queue.limit(len(at_work))).all() if found is None else [found]
        if others:
            return int(others[-1]), shown_as
    return None


def in_turn(turn: int) -> Iterator[ShownAs]:
    """What this turn is for, then the others. Where chance has its turn, a second look comes first."""
    first = TURNS[turn % len(TURNS)]
    order = (first, ShownAs.UNCERTAIN, ShownAs.RANDOM, ShownAs.RARE)
    for shown_as in dict.fromkeys(order):
        if shown_as is ShownAs.RANDOM:
            yield ShownAs.SECOND
        yield shown_as


def turn_of(reviewer: Reviewer) -> int:
    mine = (Correction.reviewer_id == reviewer.id, Correction.shown_as != ShownAs.CHOSEN)
    return db.session.scalar(sa.select(sa.func.count()).select_from(Correction).where(*mine)) or 0


def at_work_with(reviewer: Reviewer, moment: datetime) -> list[int]:
    """All who checked something lately, and this reviewer."""
    lately = sa.select(Correction.reviewer_id).where(Correction.at > moment - AT_WORK).distinct()
    return sorted({*db.session.scalars(lately), reviewer.id})


def waiting(shown_as: ShownAs, reviewer: Reviewer, turn: int) -> sa.Select[int]:
    """Numbers of comments that wait for a look of this kind, first come first."""
    query = sa.select(Comment.id).where(Comment.id.not_in(list(reviewer.skipped)))
    if reviewer.services is not None:
        query = query.where(Comment.service_id.in_(sorted(reviewer.services)))
    if shown_as is ShownAs.SECOND:
        return second_looks(query, reviewer)
    if shown_as is ShownAs.RANDOM:
        drawn = sa.exists().where(said_of_comment(Correction), Correction.shown_as == ShownAs.RANDOM)
        return query.where(for_measuring, Comment.state.in_(CLASSIFIED), ~drawn).order_by(Comment.chance, Comment.id)
    unchecked = query.where(Comment.state == CommentState.LABELLED, ~for_measuring)
    if shown_as is ShownAs.RARE:
        return rare(unchecked, turn)
    return unchecked.where(Comment.doubt.is_not(None)).order_by(Comment.doubt.desc(), Comment.id)


def said_of_comment(correction: type[Correction]) -> sa.ColumnElement[bool]:
    """A correction of the comment as it now reads."""
    return sa.and_(correction.comment_id == Comment.id, correction.comment_read_at == Comment.read_at)


def second_looks(query: sa.Select[int], reviewer: Reviewer) -> sa.Select[int]:
    """What chance brought to one other reviewer and nobody has looked at a second time."""
    first, again = aliased(Correction), aliased(Correction)
    done = sa.exists().where(
        said_of_comment(again), sa.or_(again.shown_as == ShownAs.SECOND, again.reviewer_id == reviewer.id)
    )
    return (
        query.join(first, said_of_comment(first))
        .where(first.shown_as == ShownAs.RANDOM, first.reviewer_id != reviewer.id, ~done)
        .where(for_measuring, Comment.chance % SECOND_OF == 0, Comment.state.in_(CLASSIFIED))
        .order_by(Comment.chance, Comment.id)
    )


def rare(query: sa.Select[int], turn: int) -> sa.Select[int]:
    """Comments with one of the rarest labels, each of these in its turn."""
    labels = rarest_labels()
    label = labels[turn // len(TURNS) % len(labels)] if labels else None
    found = sa.and_(CommentLabel.comment_id == Comment.id, CommentLabel.kind == LabelKind.TOPIC, CommentLabel.in_force)
    return query.join(CommentLabel, found).where(CommentLabel.label == label).order_by(Comment.chance, Comment.id)


def rarest_labels() -> list[str]:
    """The labels that fewest comments have, of those with a comment to check. Counts stop where one is not rare."""
    counts = [counted_up_to(name) for name in frame_in_force().names]
    found = db.session.execute(sa.union_all(*counts)).all() if counts else []
    return [row.label for row in sorted(found, key=lambda row: (row.found, row.label)) if row.waits][:RARE_LABELS]


def counted_up_to(label: str) -> sa.Select[str, int, bool]:
    has = (CommentLabel.kind == LabelKind.TOPIC, CommentLabel.label == label, CommentLabel.in_force)
    some = sa.select(CommentLabel.id).where(*has).limit(COUNTED_UP_TO).subquery()
    count = sa.select(sa.func.count()).select_from(some).scalar_subquery()
    unchecked = (CommentLabel.comment_id == Comment.id, Comment.state == CommentState.LABELLED, ~for_measuring)
    waits = sa.exists().where(*has, *unchecked)
    return sa.select(sa.literal(label).label("label"), count.label("found"), waits.label("waits"))

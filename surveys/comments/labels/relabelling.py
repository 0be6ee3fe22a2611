"""All comments again by a new champion, in the background and newest first. The labels of models before it stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from surveys.comments.labels.labelling import give_labels, held
from surveys.comments.labels.models import LabelModel
from surveys.comments.labels.stored_models import champion, champion_id
from surveys.comments.texts.models import Comment, CommentState
from surveys.core.db import db

BY_A_MODEL = (CommentState.LABELLED, CommentState.CHECKED)


class Progress(NamedTuple):
    """How many of all the labelled comments the champion has labelled."""

    done: int
    all: int


def relabel_some(moment: datetime, limit: int) -> int:
    """Label again so many of the comments whose labels another model gave; returns how many there were.

    The rows themselves say which are left: whoever stops half way, the next goes on, and two at once take different
    ones. What a person has checked keeps the person's labels.
    """
    for older in others():
        # Through the index by model: what is done already is never looked at again.
        rows = held(sa.and_(Comment.model_id == older, Comment.state.in_(BY_A_MODEL)), Comment.id.desc(), limit)
        by = champion()
        if rows and by is not None:
            give_labels(rows, by, moment)
            return len(rows)
    return 0


def others() -> Sequence[int]:
    """The models other than the champion by whose labels any comment goes, newest first."""
    m, now_serving = LabelModel, champion_id()
    uses = sa.exists().where(Comment.model_id == m.id)
    return db.session.scalars(sa.select(m.id).where(m.id != now_serving, uses).order_by(m.id.desc())).all()


def progress() -> Progress:
    """A comment that no model labelled, such as one in Welsh that a person did, waits for none."""
    count, mine = sa.func.count(), Comment.model_id == champion_id()
    labelled = sa.select(count.filter(mine), count).where(Comment.model_id.is_not(None))
    done, found = db.session.execute(labelled).one()
    return Progress(done, found)

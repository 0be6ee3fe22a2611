"""The roll-up by theme: days with uncounted comments are counted again, whole, in set-based SQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.comments.texts.models import Comment, CommentLabel, LabelKind
from surveys.comments.themes.models import ThemeFigure
from surveys.core.db import db, lock
from surveys.core.drifts import Check, Differing, differing, found

EVERY = "*"  # in place of a label: each classified comment once
KEYS = ("day", "service_id", "channel", "label", "sentiment")
DAYS_AT_ONCE = 500
# Labelled, checked, or let go of after it: while it has a sentiment it counts.
CLASSIFIED = Comment.sentiment.is_not(None)


def recounted(*which: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """Every figure as the stored comments give it: by label, and each comment once."""
    c, label = Comment, CommentLabel
    about = (c.day, c.service_id, c.channel)
    count = sa.func.count().label("count")
    every = (
        sa.select(*about, sa.literal(EVERY, sa.String).label("label"), c.sentiment, count)
        .where(CLASSIFIED, *which)
        .group_by(*about, c.sentiment)
    )
    by_label = (
        sa.select(*about, label.label, c.sentiment, count)
        .join(label, label.comment_id == c.id)
        .where(CLASSIFIED, label.in_force, label.kind == LabelKind.TOPIC, *which)
        .group_by(*about, label.label, c.sentiment)
    )
    return sa.union_all(every, by_label)


def roll_up_themes() -> int:
    """Count anew each day that has a comment not counted yet; returns how many days.

    Marking comes before counting, so that one labelled in between is counted again by the next run. Comments that
    somebody is changing just now are passed over: they are not counted when that is done.
    """
    wait_for_others()
    uncounted = sa.select(Comment.id).where(sa.not_(Comment.counted)).with_for_update(skip_locked=True)
    marked = sa.update(Comment).where(Comment.id.in_(uncounted)).values(counted=True).returning(Comment.day)
    days = sorted(set(db.session.scalars(marked.execution_options(synchronize_session=False))))
    count_days(days)
    return len(days)


def wait_for_others() -> None:
    """One count at a time, until the commit: two at once could leave the figures of both."""
    lock("theme figures")


def count_days(days: Sequence[date]) -> None:
    for start in range(0, len(days), DAYS_AT_ONCE):
        some = days[start : start + DAYS_AT_ONCE]
        db.session.execute(sa.delete(ThemeFigure).where(ThemeFigure.day.in_(some)))
        fresh = recounted(Comment.day.in_(some))
        db.session.execute(sa.insert(ThemeFigure).from_select([*KEYS, "count"], fresh))


def mend(since: date) -> int:
    """Count anew the days from this one on whose figures are not what their comments say; returns how many days.

    So the comments that residents have erased or taken away drop out.
    """
    wait_for_others()
    days = sorted({row.day for row in db.session.execute(differing_since(since))})
    count_days(days)
    return len(days)


def check(since: date = date.min) -> Check:
    """Compare the figures with a recount of the comments. Days that wait for the roll-up are told, not compared."""
    waiting = db.session.scalar(sa.select(sa.func.count()).where(sa.not_(Comment.counted))) or 0
    figures = db.session.scalar(sa.select(sa.func.count()).select_from(ThemeFigure)) or 0
    return Check(figures, waiting, list(found(differing_since(since))))


def differing_since(since: date) -> Differing:
    """The figures of settled days from this one on that are not what a recount gives."""
    waiting = sa.select(Comment.day).where(sa.not_(Comment.counted))
    f = ThemeFigure
    stored = sa.select(*(getattr(f, key) for key in KEYS), f.count).where(f.day >= since, f.day.not_in(waiting))
    return differing(stored, recounted(Comment.day >= since, Comment.day.not_in(waiting)))

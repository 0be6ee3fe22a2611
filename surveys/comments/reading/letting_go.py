"""How long words are kept: as they were written for some months, redacted for longer; labels and figures stay.

No flag holds this up. A comment that is still open as urgent keeps its redacted text for the whole term, and its place
on the list after it.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from surveys.answers.models import Answer
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.texts.look import marker
from surveys.comments.texts.models import Comment, CommentState
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import LONDON
from surveys.core.db import db, table_of
from surveys.core.settings import Settings

ANSWERS = table_of(Answer)


@dataclass(frozen=True)
class Terms:
    """What was given before these moments is let go: the words as written, and any text."""

    raw: datetime
    text: datetime


def terms(moment: datetime) -> Terms:
    settings: Settings = current_app.extensions["settings"]
    return Terms(moment - timedelta(days=settings.raw_comment_days), months_before(moment, settings.comment_months))


def months_before(moment: datetime, months: int) -> datetime:
    """The same clock time so many calendar months earlier, or on that month's last day."""
    local = moment.astimezone(LONDON)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)


def let_raw_go(before: datetime, moment: datetime, limit: int) -> int:
    """Put the redacted text in the place of the resident's own words, for so many comments; returns for how many.

    Words that changed since they were read are read first.
    """
    c, a = Comment, Answer
    query = (
        sa.select(c.id, c.response_id, c.question, c.redacted)
        .join(a, sa.and_(a.response_id == c.response_id, a.question == c.question))
        .where(c.raw_let_go_at.is_(None), c.given_at < before, sa.not_(a.unread))
        .order_by(c.given_at)
        .limit(limit)
        .with_for_update(of=a, skip_locked=True)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return 0
    mark_of, run = marker(), db.session.connection().execute
    mine = sa.and_(
        ANSWERS.c.response_id == sa.bindparam("response"), ANSWERS.c.question == sa.bindparam("question_key")
    )
    words = sa.update(ANSWERS).where(mine).values(words=sa.bindparam("redacted", type_=ANSWERS.c.words.type))
    run(
        words,
        [{"response": r.response_id, "question_key": r.question, "redacted": str(r.redacted)} for r in rows],
    )
    table = table_of(Comment)
    # The places of what was found are places in words that are gone.
    change = sa.update(table).where(table.c.id == sa.bindparam("row"))
    gone = change.values(raw_let_go_at=moment, found=[], mark=sa.bindparam("mark"))
    run(gone, [{"row": r.id, "mark": mark_of(r.redacted)} for r in rows])
    return len(rows)


def let_text_go(before: datetime, moment: datetime, limit: int) -> int:
    """Empty so many comments of all text; their labels stay, and so do quotations that were approved."""
    c, a = Comment, Answer
    query = (
        sa.select(c.id)
        .join(a, sa.and_(a.response_id == c.response_id, a.question == c.question))
        .where(c.state != CommentState.LET_GO, c.given_at < before, sa.not_(a.unread))
        .order_by(c.given_at)
        .limit(limit)
        .with_for_update(of=a, skip_locked=True)
    )
    ids = db.session.scalars(query).all()
    if not ids:
        return 0
    keys = sa.select(c.response_id, c.question).where(c.id.in_(ids))
    change(sa.update(a).where(sa.tuple_(a.response_id, a.question).in_(keys)).values(words=""))
    values: dict[str, Any] = {
        "state": CommentState.LET_GO,
        "redacted": sa.literal("", sa.Text),
        "found": [],
        "mark": None,
        "raw_let_go_at": sa.func.coalesce(c.raw_let_go_at, sa.literal(moment, c.raw_let_go_at.type)),
        "doubt": None,
        "needs_review": False,
        "model_id": None,
    }
    change(sa.update(c).where(c.id.in_(ids)).values(values))
    change(sa.update(UrgentComment).where(UrgentComment.comment_id.in_(ids)).values(note=None))
    quoted = (Quotation.comment_id.in_(ids), Quotation.state != QuotationState.APPROVED)
    change(sa.delete(Quotation).where(*quoted))
    return len(ids)


def change(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))

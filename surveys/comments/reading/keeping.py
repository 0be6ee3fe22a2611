"""What a first look gave is kept: new comments, words read before, urgency, and what was made of older words."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.urgency.types import Urgency
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.texts.models import Comment, CommentLabel, LabelKind, Origin
from surveys.comments.urgent.raising import raise_urgent
from surveys.core.db import db, table_of
from surveys.people.audit import record

TABLE = table_of(Comment)
# A new reading begins afresh: what was made of the words before says nothing of these.
AFRESH = {
    "raw_let_go_at": None,
    "sentiment": None,
    "doubt": None,
    "needs_review": False,
    "model_id": None,
    "counted": False,
}


def keep_same(rows: list[dict[str, Any]]) -> None:
    if rows:
        names = ("mark", "asked", "rating", "given_at", "state")
        change = sa.update(TABLE).where(TABLE.c.id == sa.bindparam("row"))
        db.session.connection().execute(change.values({name: sa.bindparam(name) for name in names}), rows)


def keep_fresh(
    rows: list[dict[str, Any]], known: dict[tuple[int, str], int], moment: datetime
) -> dict[tuple[int, str], int]:
    """Store new readings; returns the number of each comment."""
    ids: dict[tuple[int, str], int] = {}
    new = [row for row in rows if key_of(row) not in known]
    if new:
        insert = sa.insert(Comment).returning(Comment.id, sort_by_parameter_order=True)
        ids = dict(zip(map(key_of, new), db.session.scalars(insert, new).all(), strict=True))
    again = [{"row": known[key_of(row)], **row} for row in rows if key_of(row) in known]
    if again:
        forget_reading([row["row"] for row in again], moment)
        change = sa.update(TABLE).where(TABLE.c.id == sa.bindparam("row"))
        given: dict[str, Any] = {name: sa.bindparam(name) for name in again[0] if name != "row"}
        db.session.connection().execute(change.values(given), again)
    return ids | {key_of(row): row["row"] for row in again}


def key_of(row: dict[str, Any]) -> tuple[int, str]:
    return row["response_id"], row["question"]


def forget_reading(comment_ids: list[int], moment: datetime) -> None:
    """The resident wrote these anew: labels are of other words now, and nobody approved the new ones for quoting."""
    label, quotation = CommentLabel, Quotation
    run = db.session.execute
    run(
        sa.update(label)
        .where(label.comment_id.in_(comment_ids), label.in_force)
        .values(in_force=False)
        .execution_options(synchronize_session=False)
    )
    withdrawn = run(
        sa.update(quotation)
        .where(quotation.comment_id.in_(comment_ids), quotation.state != QuotationState.WITHDRAWN)
        .values(state=QuotationState.WITHDRAWN, decided_at=moment, decided_by=None)
        .returning(quotation.id)
        .execution_options(synchronize_session=False)
    )
    for number in sorted(withdrawn.scalars()):
        record("quotation withdrawn", f"quotation:{number}", at=moment, reason="rewritten")


def give_urgency(raised: list[tuple[int, Urgency]], moment: datetime) -> None:
    if raised:
        rows = [
            {
                "comment_id": comment_id,
                "kind": LabelKind.URGENCY,
                "label": flag.value,
                "origin": Origin.RULE,
                "in_force": True,
                "given_at": moment,
            }
            for comment_id, flag in raised
        ]
        db.session.execute(sa.insert(CommentLabel), rows)
        raise_urgent(raised, moment)

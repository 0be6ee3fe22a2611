"""Comments that may tell of harm, a threat or a complaint, put where somebody looks."""

from collections.abc import Sequence
from datetime import datetime

from nlp.urgency.types import Urgency
from surveys.comments.urgent.models import UrgentComment
from surveys.core.db import db, insert_into, table_of
from surveys.core.queue import ask


def raise_urgent(raised: Sequence[tuple[int, Urgency]], moment: datetime, raised_by: int | None = None) -> None:
    """Each comment and flag once. One that a person has closed opens again, for what is raised now is new to them;
    one that is open stays as it is, and since when. Those on duty are told of it after the commit.
    """
    if not raised:
        return
    c = table_of(UrgentComment).c
    insert = insert_into(UrgentComment)
    again = {
        "raised_at": insert.excluded.raised_at,
        "raised_by": insert.excluded.raised_by,
        "told_at": None,
        "closed_at": None,
        "closed_by": None,
        "outcome": None,
    }
    rows = [
        {"comment_id": comment_id, "flag": flag, "raised_at": moment, "raised_by": raised_by}
        for comment_id, flag in raised
    ]
    statement = insert.on_conflict_do_update(
        index_elements=["comment_id", "flag"], set_=again, where=c.closed_at.is_not(None)
    )
    db.session.execute(statement.execution_options(synchronize_session=False), rows)
    ask("comments.tell")

"""The equality questions: asked after the end, of the resident's own will, kept once and in a table of their own."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from surveys.answers.models import EqualityAnswer, Response
from surveys.answers.opening import Opened
from surveys.core.db import db, insert_into, table_of
from surveys.core.lone import LoneStatement
from surveys.core.refusals import Conflict
from surveys.questionnaires.flow import is_shown
from surveys.questionnaires.kinds import Given, Question

ITEMS = table_of(EqualityAnswer).c
GIVEN = LoneStatement(sa.select(ITEMS.item, ITEMS.code).where(ITEMS.response_id == sa.bindparam("response")))
ALREADY = "Your answers to the equality questions were received before."


def equality_given(opened: Opened) -> dict[str, str]:
    """The codes kept so far, by item."""
    if opened.response_id is None:
        return {}
    return dict(GIVEN.rows(response=opened.response_id))


def may_be_asked(opened: Opened, moment: datetime) -> bool:
    """Whether to offer the questions: the survey is complete and not over, has some, and none is answered."""
    asks = bool(opened.definition.equality) and opened.completed and not opened.expired(moment)
    return asks and not equality_given(opened)


def first_page(opened: Opened) -> tuple[Question, ...]:
    return tuple(question for question in opened.definition.equality if question.show_if is None)


def second_page(opened: Opened, given: dict[str, str]) -> tuple[Question, ...]:
    """What the answers of the first page call for and is not answered yet."""
    codes = {item: frozenset({code}) for item, code in given.items()}
    later = (question for question in opened.definition.equality if question.show_if is not None)
    return tuple(question for question in later if is_shown(question, codes) and question.key not in given)


def keep_equality(opened: Opened, first: bool, given: Iterable[Given]) -> None:
    """Keep one page's answers, and let the roll-up know. Raises Conflict where that page was answered before."""
    held = sa.select(Response.id).where(Response.invitation_id == opened.invitation_id).with_for_update()
    response_id = db.session.scalars(held).one_or_none()
    e = EqualityAnswer
    kept = set(db.session.scalars(sa.select(e.item).where(e.response_id == response_id)))
    rows = [{"response_id": response_id, "item": one.question, "code": one.code} for one in given]
    if response_id is None or (first and kept) or kept & {row["item"] for row in rows}:
        raise Conflict(ALREADY)
    if rows:
        db.session.execute(insert_into(e), rows)
        waits = sa.update(Response).where(Response.id == response_id).values(counted=False)
        db.session.execute(waits.execution_options(synchronize_session=False))

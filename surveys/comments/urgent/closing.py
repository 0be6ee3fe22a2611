"""The ways on and off the urgent list: raised by hand, and closed by a person's word with a note."""

from datetime import datetime

import sqlalchemy as sa

from nlp.urgency.types import Urgency
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.comments.urgent.lists import edition
from surveys.comments.urgent.models import NoticeState, Outcome, UrgentComment, UrgentNotice
from surveys.comments.urgent.raising import raise_urgent
from surveys.core.db import db
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.people.audit import record

MOST_CHARACTERS = 2000


class NotFilledIn(Refused):
    """Something the form asks for is missing: field says where."""

    def __init__(self, field_name: str, words: str) -> None:
        super().__init__(words)
        self.field = field_name


def close(number: int, seen: str, outcome: str, note: str, user_id: int, moment: datetime) -> None:
    """Take it off the list, on this person's word. Nothing else does.

    seen is the edition that they read. Raises Conflict where somebody closed it meanwhile, or where the resident wrote
    the comment anew; NotFilledIn where the outcome or the note is missing.
    """
    u = UrgentComment
    query = sa.select(u).where(u.id == number).with_for_update()
    urgent = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if urgent is None:
        raise NotFound("There is no such urgent comment any more: the resident had it erased.")
    if urgent.closed_at is not None:
        raise Conflict("Somebody closed this while you had it open. What they decided stands.")
    read_at = db.session.scalars(sa.select(Comment.read_at).where(Comment.id == urgent.comment_id)).one()
    if seen != edition(urgent.raised_at, read_at):
        raise Conflict("The comment changed while you had it open. Read it as it is now, then close it.")
    urgent.outcome, urgent.note = checked(outcome, note)
    urgent.closed_at, urgent.closed_by = moment, user_id
    db.session.flush()
    unsent = (UrgentNotice.urgent_id == number, UrgentNotice.state == NoticeState.WAITING)
    db.session.execute(sa.delete(UrgentNotice).where(*unsent).execution_options(synchronize_session=False))
    details = {"flag": urgent.flag.value, "outcome": urgent.outcome.value}
    record("urgent comment closed", f"urgent comment:{number}", at=moment, **details)


def checked(outcome: str, note: str) -> tuple[Outcome, str]:
    if outcome not in list(Outcome):
        raise NotFilledIn("outcome", "Select what came of it")
    note = note.strip()
    if not any(character.isalnum() for character in note):
        raise NotFilledIn("note", "Enter what you did, or why there is nothing to do")
    if len(note) > MOST_CHARACTERS:
        raise NotFilledIn("note", f"Note must be {MOST_CHARACTERS:,} characters or less")
    return Outcome(outcome), note


def raise_by_hand(comment_id: int, flag: Urgency, user_id: int, moment: datetime) -> None:
    """Put a comment on the list that no rule put there, in any language. Raises Conflict where it waits there already.

    Whoever checks labels raises it with them (review/checking.py).
    """
    held = sa.select(Comment).where(Comment.id == comment_id).with_for_update()
    comment = db.session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if comment is None:
        raise NotFound("There is no such comment any more.")
    if comment.state is CommentState.LET_GO:
        raise Gone("The text of this comment is no longer kept.")
    u, label = UrgentComment, CommentLabel
    if db.session.scalar(sa.select(u.id).where(u.comment_id == comment_id, u.flag == flag, u.closed_at.is_(None))):
        raise Conflict("This comment waits on that list already.")
    same = (label.comment_id == comment_id, label.kind == LabelKind.URGENCY, label.label == flag.value)
    if not db.session.scalar(sa.select(label.id).where(*same, label.in_force)):
        given = {"kind": LabelKind.URGENCY, "label": flag.value, "origin": Origin.PERSON, "given_at": moment}
        db.session.add(CommentLabel(comment_id=comment_id, **given))
        db.session.flush()
    raise_urgent([(comment_id, flag)], moment, user_id)
    record("urgent comment raised", f"comment:{comment_id}", at=moment, flag=flag.value)

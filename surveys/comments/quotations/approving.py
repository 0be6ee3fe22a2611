"""Quotations: words of a comment that one person proposes and one person approves, each by itself.

Nothing is published that a comment no longer says, that is one of a few, or that still waits on the urgent list.
"""

from datetime import date, datetime

import sqlalchemy as sa

from surveys.answers.models import Answer
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.quotations.quotable import NotQuotable, still_there, stretch_of
from surveys.comments.texts.look import UNDETERMINED
from surveys.comments.texts.models import Comment, CommentState
from surveys.comments.urgent.models import UrgentComment
from surveys.core.db import db
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.people.audit import record

# A quotation from fewer may tell who wrote it, whatever it says.
FEWEST = 10


def propose(comment_id: int, typed: str, user_id: int, moment: datetime) -> int:
    """Put these words of the comment before somebody who may approve them; returns the quotation's number.

    Raises NotQuotable where they may not be quoted whoever approves, Conflict where they are proposed already.
    """
    comment = held(comment_id)
    words = stretch_of(typed, comment.redacted)
    same = (Quotation.comment_id == comment_id, Quotation.words == words)
    if db.session.scalar(sa.select(Quotation.id).where(*same, Quotation.state != QuotationState.WITHDRAWN)):
        raise NotQuotable("These words are proposed or approved already")
    quotation = Quotation(
        comment_id=comment_id,
        words=words,
        state=QuotationState.PROPOSED,
        proposed_at=moment,
        proposed_by=user_id,
    )
    db.session.add(quotation)
    db.session.flush()
    record("quotation proposed", f"quotation:{quotation.id}", at=moment, comment=comment_id)
    return quotation.id


def held(comment_id: int) -> Comment:
    """The comment, with nobody else changing it; only one whose text can be quoted."""
    query = sa.select(Comment).where(Comment.id == comment_id).with_for_update()
    comment = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if comment is None:
        raise NotFound("There is no such comment any more.")
    if comment.state is CommentState.LET_GO:
        raise Gone("The text of this comment is no longer kept, so nothing of it can be quoted anew.")
    if comment.language == UNDETERMINED:
        raise Refused("This comment could not be redacted, so nothing of it can be quoted.")
    a = Answer
    written_anew = sa.select(a.unread).where(a.response_id == comment.response_id, a.question == comment.question)
    if db.session.scalar(written_anew):
        raise Conflict("The resident has just changed this comment. Read it as it is now, in a minute.")
    return comment


def approve(number: int, user_id: int, moment: datetime) -> None:
    """Let these words be published. Raises Refused, in words, for each reason that stands against it."""
    quotation, comment = both_held(number)
    if quotation.state is not QuotationState.PROPOSED:
        raise Conflict("Somebody decided about this quotation while you had it open.")
    if not still_there(quotation.words, comment.redacted):
        raise Conflict("The comment does not say this any more. Withdraw the quotation.")
    stretch_of(quotation.words, comment.redacted)
    u = UrgentComment
    if db.session.scalar(sa.select(u.id).where(u.comment_id == comment.id, u.closed_at.is_(None)).limit(1)):
        raise Refused("This comment waits on the urgent list. Nothing of it is published before somebody closed that.")
    if writers(comment.service_id, comment.day) < FEWEST:
        raise Refused(
            f"Fewer than {FEWEST} residents wrote about this service in that month, so a quotation might tell who "
            "wrote it. It can wait until more have."
        )
    decide(quotation, QuotationState.APPROVED, user_id, moment)


def withdraw(number: int, user_id: int, moment: datetime) -> None:
    """Refuse a proposal, or take an approved quotation back."""
    query = sa.select(Quotation).where(Quotation.id == number).with_for_update()
    quotation = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if quotation is None or quotation.state is QuotationState.WITHDRAWN:
        raise Conflict("This quotation was withdrawn already.")
    decide(quotation, QuotationState.WITHDRAWN, user_id, moment)


def quotation_numbered(number: int, services: frozenset[int] | None) -> Quotation:
    """The quotation, where its comment is of one of these services."""
    query = sa.select(Quotation).join(Comment, Comment.id == Quotation.comment_id).where(Quotation.id == number)
    if services is not None:
        query = query.where(Comment.service_id.in_(services))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such quotation, or it is about a service that your account does not cover.")
    return found


def both_held(number: int) -> tuple[Quotation, Comment]:
    """The comment first, as whoever changes one does."""
    of = db.session.scalar(sa.select(Quotation.comment_id).where(Quotation.id == number))
    if of is None:
        raise NotFound("There is no such quotation any more: its comment was erased or let go.")
    comment = held(of)
    query = sa.select(Quotation).where(Quotation.id == number).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one(), comment


def decide(quotation: Quotation, state: QuotationState, user_id: int, moment: datetime) -> None:
    quotation.state, quotation.decided_at, quotation.decided_by = state, moment, user_id
    db.session.flush()
    reason = {"reason": "a person"} if state is QuotationState.WITHDRAWN else {}
    record(f"quotation {state.value}", f"quotation:{quotation.id}", at=moment, **reason)


def writers(service_id: int, day: date) -> int:
    """How many residents wrote a comment on this service in the month of this day."""
    query = sa.select(sa.func.count(sa.distinct(Comment.response_id))).where(Comment.service_id == service_id)
    return db.session.scalar(query.where(Comment.day.between(*month_around(day)))) or 0


def month_around(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)

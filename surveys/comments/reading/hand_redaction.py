"""Replacing by hand what redaction left: every occurrence, in the text and in quotations of it, for good."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.redaction.redact import PLACEHOLDER, in_order, moved_back, outside_placeholders, replaced
from nlp.redaction.types import Finding, Kind, RedactedText
from surveys.answers.models import Answer
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.texts.look import marker
from surveys.comments.texts.models import Comment, CommentState
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.audit import record

MOST_CHARACTERS = 200


class NotThere(Refused):
    """The words cannot be replaced; the form says so beside the field."""


@dataclass(frozen=True)
class Done:
    """What one replacement came to."""

    places: int
    quotations: int


def redact_by_hand(comment_id: int, typed: str, kind: Kind, user_id: int, moment: datetime) -> Done:
    """Put the kind's placeholder in place of these words wherever they stand, in capitals or not.

    Positions in the words as written are kept, with who did it; where those words were let go, the redacted copy in
    their place is changed too. The model labels the new text later; what a person said of the comment stands.
    Raises NotThere where the text has no such words.
    """
    comment = held(comment_id)
    pattern = pattern_for(typed)
    found = places_of(pattern, kind, comment.redacted)
    if not found:
        raise NotThere("These words are not in the comment as it is shown. Copy them from it exactly.")
    if comment.raw_let_go_at is None:
        comment.found = with_places(comment.found, found, user_id)
    comment.redacted = RedactedText(replaced(comment.redacted, found))
    if comment.state is CommentState.LABELLED:
        comment.state = CommentState.REDACTED
        comment.counted = False
    if comment.raw_let_go_at is not None:
        change_kept_copy(comment)
    withdrawn = withdraw_quotations(comment.id, pattern, kind, user_id, moment)
    subject = f"comment:{comment.id}"
    record("comment redacted by hand", subject, at=moment, kind=kind.value, places=len(found), quotations=withdrawn)
    db.session.flush()
    return Done(len(found), withdrawn)


def held(comment_id: int) -> Comment:
    """The comment and its answer, with nobody else changing them; the answer first, as whoever reads answers does."""
    mine = sa.exists().where(
        Comment.id == comment_id, Comment.response_id == Answer.response_id, Comment.question == Answer.question
    )
    db.session.execute(sa.select(Answer.response_id).where(mine).with_for_update())
    query = sa.select(Comment).where(Comment.id == comment_id).with_for_update()
    comment = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if comment is None:
        raise NotFound("There is no such comment any more.")
    if comment.state is CommentState.LET_GO:
        raise Conflict("The text of this comment is no longer kept, so there is nothing to replace.")
    return comment


def pattern_for(typed: str) -> re.Pattern[str]:
    """Finds the words as whole words, in any case and with any space between. Raises NotThere for what is no words."""
    words = typed.split()
    if not words or not any(character.isalnum() for character in typed):
        raise NotThere("Enter the words to replace")
    if len(typed) > MOST_CHARACTERS:
        raise NotThere(f"Replace {MOST_CHARACTERS} characters or less at a time")
    if PLACEHOLDER.search(typed.upper()):
        raise NotThere("Leave out what is replaced already: enter the words before or after the square brackets")
    body = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(before + body + after, re.IGNORECASE)


def places_of(pattern: re.Pattern[str], kind: Kind, text: RedactedText) -> list[Finding]:
    """Where the words stand outside the placeholders, in the order of the text."""
    seen = [Finding(kind, *match.span()) for match in pattern.finditer(text)]
    return [part for part in outside_placeholders(seen, text) if part in seen]


def with_places(before: Any, found: list[Finding], user_id: int) -> list[dict[str, Any]]:
    """All positions by the words as written, in order, the new ones with the number of who found them."""
    earlier = in_order(Finding(Kind(one["kind"]), one["start"], one["end"]) for one in before)
    new = [moved_back(finding, earlier) for finding in found]
    added = [{"kind": one.kind.value, "start": one.start, "end": one.end, "by": user_id} for one in new]
    return sorted([*before, *added], key=lambda one: int(one["start"]))


def change_kept_copy(comment: Comment) -> None:
    comment.mark = marker()(comment.redacted)
    mine = (Answer.response_id == comment.response_id, Answer.question == comment.question)
    change = sa.update(Answer).where(*mine, Answer.words.is_not(None)).values(words=str(comment.redacted))
    db.session.execute(change.execution_options(synchronize_session=False))


def withdraw_quotations(comment_id: int, pattern: re.Pattern[str], kind: Kind, user_id: int, moment: datetime) -> int:
    """Quotations with these words are withdrawn and lose them too; returns how many were still in use."""
    in_use = 0
    for quotation in db.session.scalars(sa.select(Quotation).where(Quotation.comment_id == comment_id)):
        found = places_of(pattern, kind, quotation.words)
        if not found:
            continue
        quotation.words = RedactedText(replaced(quotation.words, found))
        if quotation.state is not QuotationState.WITHDRAWN:
            quotation.state, quotation.decided_at, quotation.decided_by = QuotationState.WITHDRAWN, moment, user_id
            record("quotation withdrawn", f"quotation:{quotation.id}", at=moment, reason="redacted")
            in_use += 1
    return in_use

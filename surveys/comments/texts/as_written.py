"""Reading a comment as the resident wrote it: for a stated reason, and in the audit trail before it is seen."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from surveys.answers.models import Answer
from surveys.comments.texts.models import Comment
from surveys.core.db import db
from surveys.core.refusals import Gone, Refused
from surveys.core.sealed import unsealed
from surveys.people.audit import record


class Purpose(StrEnum):
    """Why somebody may want the words themselves. Curiosity is none."""

    AT_RISK = "at_risk"
    CHECK_REDACTION = "check_redaction"
    COMPLAINT = "complaint"
    REQUEST = "request"
    PRAISE = "praise"

    @property
    def label(self) -> str:
        return PURPOSES[self]


PURPOSES = {
    Purpose.AT_RISK: "Somebody may be at risk, and the words as written are needed to help",
    Purpose.CHECK_REDACTION: "To check what was replaced: too much, or too little",
    Purpose.COMPLAINT: "To deal with a complaint that the resident makes in it",
    Purpose.REQUEST: "To answer a request from the resident about what we hold",
    Purpose.PRAISE: "To tell a colleague of praise for them, where the resident names one",
}
GONE = "The words as written are no longer kept. Only the redacted text is."


@dataclass(frozen=True)
class AsWritten:
    """The resident's own words, for this one showing."""

    words: str = field(repr=False)


def note_reading(comment: Comment, purpose: Purpose, moment: datetime) -> None:
    """Keep who reads what and why. Commit this before the words are opened.

    Raises Gone once they were let go, so that nothing is noted that did not happen.
    """
    if comment.raw_let_go_at is not None:
        raise Gone(GONE)
    record("raw comment read", f"comment:{comment.id}", at=moment, reason=purpose.value)


def words_as_written(comment: Comment) -> AsWritten:
    """Open them. Raises Gone where they were let go meanwhile."""
    a = Answer
    kept = sa.select(sa.type_coerce(a.words, sa.Text)).where(
        a.response_id == comment.response_id, a.question == comment.question
    )
    sealed = db.session.scalar(kept)
    still = sa.select(Comment.raw_let_go_at).where(Comment.id == comment.id)
    if sealed is None or db.session.scalar(still) is not None:
        raise Gone(GONE)
    try:
        return AsWritten(unsealed(sealed))
    except InvalidToken as fault:
        raise Refused(
            "These words were sealed with another key and cannot be opened. Ask whoever runs Fairly."
        ) from fault

"""Quotations: words of comments that may be published, approved one by one."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from nlp.redaction.types import RedactedText
from surveys.comments.texts.models import Redaction
from surveys.core.db import Model, enum_type


class QuotationState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Quotation(Model):
    """Words of one comment that may be published, once a person has read and approved them.

    decided_by is None where the program withdrew it, since the resident wrote the comment anew.
    """

    __tablename__ = "quotations"
    __table_args__ = (
        sa.CheckConstraint("words <> ''", name="it_says_something"),
        sa.CheckConstraint("state <> 'approved' OR decided_by IS NOT NULL", name="a_person_approves"),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="proposed_until_decided"),
        sa.Index("ix_quotations_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    words: Mapped[RedactedText] = mapped_column(Redaction)
    state: Mapped[QuotationState] = mapped_column(enum_type(QuotationState, "state"))
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

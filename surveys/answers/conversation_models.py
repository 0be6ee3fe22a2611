"""How far a survey has come that is answered by text."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model


class TextConversation(Model):
    """Begins with the first reply to an invitation that asks for one.

    question: the one that waits for a reply; None once nothing more is asked. asked: how many so far, the invitation's
    rating counted. repeated: the question was asked a second time, in clearer words. told_ended: somebody who replied
    too late was told so.
    """

    __tablename__ = "text_conversations"
    __table_args__ = (sa.CheckConstraint("asked BETWEEN 1 AND 3", name="three_questions_at_most"),)

    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitations.id"), primary_key=True)
    question: Mapped[str | None] = mapped_column(sa.String(40))
    asked: Mapped[int]
    repeated: Mapped[bool]
    asked_at: Mapped[datetime]
    told_ended: Mapped[bool]

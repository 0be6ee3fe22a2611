"""What they said: one response to one invitation at most, each answered question kept as it was given."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type
from surveys.questionnaires.kinds import Satisfaction


class Mode(StrEnum):
    """By which door the answer came."""

    WEB = "web"
    SMS = "sms"
    KIOSK = "kiosk"
    QR = "qr"
    OFFICER = "officer"


class Response(Model):
    """day is the day of the contact, service and channel its own. counted: whether the roll-up has it."""

    __tablename__ = "responses"
    __table_args__ = (
        sa.Index(
            "ix_responses_uncounted",
            "day",
            sqlite_where=sa.text("NOT counted"),
            postgresql_where=sa.text("NOT counted"),
        ),
        sa.Index("ix_responses_day", "day"),
        sa.CheckConstraint("completed_at IS NULL OR completed_at >= started_at", name="ends_after_it_began"),
        sa.CheckConstraint("completed_at IS NULL OR satisfaction IS NOT NULL", name="complete_means_rated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"), unique=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire_versions.id"))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    day: Mapped[date]
    mode: Mapped[Mode] = mapped_column(enum_type(Mode, "mode"))
    language: Mapped[str] = mapped_column(sa.String(5))
    started_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_type(Satisfaction, "satisfaction"))
    counted: Mapped[bool] = mapped_column(default=False)


class Answer(Model):
    """One answered question: a code of its options, or the resident's own words, never both."""

    __tablename__ = "answers"
    __table_args__ = (sa.CheckConstraint("(code IS NULL) <> (words IS NULL)", name="code_or_words"),)

    response_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str | None] = mapped_column(sa.String(40))
    words: Mapped[str | None] = mapped_column(sa.Text)
    given_at: Mapped[datetime]

"""What they said: one response to one invitation at most, each answered question kept as it was given."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText
from surveys.questionnaires.kinds import Satisfaction


class Mode(StrEnum):
    """By which door the answer came."""

    WEB = "web"
    SMS = "sms"
    KIOSK = "kiosk"
    QR = "qr"
    OFFICER = "officer"


# Nobody was drawn at these doors, so their answers never stand in the figures of those who were.
UNDRAWN = (Mode.KIOSK, Mode.QR)


class Heard(StrEnum):
    """How an officer came by an answer that they entered."""

    PHONE = "phone"
    FACE_TO_FACE = "face_to_face"
    PAPER = "paper"


class PointKind(StrEnum):
    """What stands at a place: a screen at a counter, or a poster with a QR code."""

    KIOSK = "kiosk"
    POSTER = "poster"


class CollectionPoint(Model):
    """A place where anybody may answer about one service. Its address is a token, kept as its digest.

    address_number counts the addresses it has had: the token is made from it, and a new one ends the old.
    """

    __tablename__ = "collection_points"
    __table_args__ = (sa.CheckConstraint("place <> ''", name="it_is_somewhere"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PointKind] = mapped_column(enum_type(PointKind, "kind"))
    place: Mapped[str] = mapped_column(sa.String(80))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    address_number: Mapped[int] = mapped_column(default=1, server_default=sa.text("1"))
    token_digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class NetworkMark(Model):
    """How often one network answered at one point in ten minutes; let go of after an hour.

    mark is two bytes of a keyed hash that changes each day, so it fits many thousand networks. Nothing here
    leads to a response: no number, and no time but its slot.
    """

    __tablename__ = "network_marks"

    point_id: Mapped[int] = mapped_column(sa.ForeignKey("collection_points.id"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(sa.LargeBinary(2), primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    answers: Mapped[int]


class Response(Model):
    """day is the day of the contact, service and channel its own. counted: whether the roll-up has it.

    allotted: the questions of a rotated pool that this resident got. point and once belong to a kiosk or a poster:
    once is the digest of the page's own number, so that the same page sent twice counts once. doubt: why a person
    might not count it, such as answers that came too fast after each other. entered_by and heard: an officer's.
    """

    __tablename__ = "responses"
    __table_args__ = (
        sa.Index(
            "ix_responses_uncounted",
            "day",
            sqlite_where=sa.text("NOT counted"),
            postgresql_where=sa.text("NOT counted"),
        ),
        sa.Index("ix_responses_service_id_channel_day", "service_id", "channel", "day"),
        sa.Index("ix_responses_started_at", "started_at"),
        sa.Index(
            "ix_responses_point_id_started_at",
            "point_id",
            "started_at",
            sqlite_where=sa.text("point_id IS NOT NULL"),
            postgresql_where=sa.text("point_id IS NOT NULL"),
        ),
        sa.CheckConstraint("completed_at IS NULL OR completed_at >= started_at", name="ends_after_it_began"),
        sa.CheckConstraint("completed_at IS NULL OR satisfaction IS NOT NULL", name="complete_means_rated"),
        sa.CheckConstraint("(mode IN ('kiosk', 'qr')) = (point_id IS NOT NULL)", name="a_point_for_the_undrawn"),
        sa.CheckConstraint("(point_id IS NULL) = (once IS NULL)", name="a_point_s_answer_counts_once"),
        sa.CheckConstraint("point_id IS NULL OR invitation_id IS NULL", name="the_undrawn_have_no_invitation"),
        sa.CheckConstraint("(mode = 'officer') = (entered_by IS NOT NULL)", name="officers_sign"),
        sa.CheckConstraint("(entered_by IS NULL) = (heard IS NULL)", name="officers_say_how"),
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
    allotted: Mapped[Sequence[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    point_id: Mapped[int | None] = mapped_column(sa.ForeignKey("collection_points.id"))
    once: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    doubt: Mapped[str | None] = mapped_column(sa.String(30))
    entered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    heard: Mapped[Heard | None] = mapped_column(enum_type(Heard, "heard"))


class Answer(Model):
    """One answered question: a code of its options, or the resident's own words, never both.

    An option of a question with several answers is a question of its own: "key.option". unread: nobody has redacted
    and classified these words yet.
    """

    __tablename__ = "answers"
    __table_args__ = (
        sa.CheckConstraint("(code IS NULL) <> (words IS NULL)", name="code_or_words"),
        sa.CheckConstraint("NOT unread OR words IS NOT NULL", name="only_words_are_read"),
        sa.Index(
            "ix_answers_unread",
            "response_id",
            sqlite_where=sa.text("unread"),
            postgresql_where=sa.text("unread"),
        ),
    )

    response_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str | None] = mapped_column(sa.String(40))
    words: Mapped[str | None] = mapped_column(SealedText)
    unread: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    given_at: Mapped[datetime]


class EqualityAnswer(Model):
    """What a resident told of themselves after the end: in a table of its own, without any words."""

    __tablename__ = "equality_answers"

    response_id: Mapped[int] = mapped_column(sa.ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40))

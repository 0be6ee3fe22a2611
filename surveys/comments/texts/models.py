"""What they wrote: the redacted text of each comment, its labels, and what people made of both.

The resident's own words stay sealed in answers.words; nothing here but the redacted text is ever shown, searched,
classified or counted.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from nlp.comments import Question
from nlp.redaction.types import RedactedText
from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type

# What PostgreSQL searches: plain words in any case. Marks that its parser would read as parts of a web address, a path
# or a tag become spaces. Index and query must be the same text to the letter.
SEARCHED: sa.ColumnElement[Any] = sa.literal_column(
    "to_tsvector('simple'::regconfig, translate(redacted, '/.-_@:<>&+', '          '))"
)


class CommentState(StrEnum):
    """A comment that is not read yet is no row here: answers.unread says so."""

    REDACTED = "redacted"
    LABELLED = "labelled"
    CHECKED = "checked"
    UNCLASSIFIED = "unclassified"  # not in English: stored, shown and never guessed at
    LET_GO = "let_go"  # the text is gone, its labels still count


class Redaction(sa.types.TypeDecorator[RedactedText]):
    """Text that has been through redaction: the type says so on both sides of the database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: RedactedText | None, dialect: Any) -> str | None:
        if value is not None and not isinstance(value, RedactedText):
            raise TypeError("only redacted text is stored as a comment")
        return value

    def process_result_value(self, value: str | None, dialect: Any) -> RedactedText | None:
        return None if value is None else RedactedText(value)


class Comment(Model):
    """One written answer, redacted. service, channel and day are its response's own.

    asked: what the question asked for. rating: 1 (very satisfied) to 5, None for "I do not know". found: kind, start
    and end of what was replaced, by positions in the words as written. chance: uniform in [0, 2^31), from a keyed hash,
    so that the random part of the review is nobody's choice. doubt: 0 (sure) to 1, of the model's least certain label.
    counted: whether the theme figures have it. mark: a keyed hash of the words that were read, so that the same words
    given again are no new reading; None where none are kept.
    """

    __tablename__ = "comments"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id", "question"], ["answers.response_id", "answers.question"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint("response_id", "question"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating_of_five_points"),
        sa.CheckConstraint("chance >= 0", name="chance_is_not_negative"),
        sa.CheckConstraint("(state = 'let_go') = (redacted = '')", name="let_go_means_no_text"),
        sa.CheckConstraint(
            "state NOT IN ('labelled', 'checked') OR sentiment IS NOT NULL", name="labelled_has_a_sentiment"
        ),
        sa.Index("ix_comments_day_id", "day", "id"),
        sa.Index("ix_comments_service_id_day", "service_id", "day"),
        sa.Index("ix_comments_chance", "chance"),
        sa.Index("ix_comments_searched", SEARCHED, postgresql_using="gin").ddl_if(dialect="postgresql"),
        sa.Index(
            "ix_comments_waiting",
            "id",
            sqlite_where=sa.text("state = 'redacted'"),
            postgresql_where=sa.text("state = 'redacted'"),
        ),
        sa.Index(
            "ix_comments_uncounted",
            "day",
            sqlite_where=sa.text("NOT counted"),
            postgresql_where=sa.text("NOT counted"),
        ),
        sa.Index("ix_comments_model_id_id", "model_id", "id"),
        sa.Index(
            "ix_comments_raw_kept",
            "given_at",
            sqlite_where=sa.text("raw_let_go_at IS NULL"),
            postgresql_where=sa.text("raw_let_go_at IS NULL"),
        ),
        sa.Index(
            "ix_comments_text_kept",
            "given_at",
            sqlite_where=sa.text("state <> 'let_go'"),
            postgresql_where=sa.text("state <> 'let_go'"),
        ),
        sa.Index(
            "ix_comments_doubt",
            "doubt",
            sqlite_where=sa.text("state = 'labelled'"),
            postgresql_where=sa.text("state = 'labelled'"),
        ),
        # Corrections and audit entries name a comment by its number after it has gone: no other may get it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int]
    question: Mapped[str] = mapped_column(sa.String(40))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    day: Mapped[date]
    asked: Mapped[Question] = mapped_column(enum_type(Question, "asked"))
    rating: Mapped[int | None]
    language: Mapped[str] = mapped_column(sa.String(5))
    state: Mapped[CommentState] = mapped_column(enum_type(CommentState, "state"))
    redacted: Mapped[RedactedText] = mapped_column(Redaction)
    found: Mapped[Sequence[dict[str, Any]]] = mapped_column(sa.JSON)
    given_at: Mapped[datetime]
    read_at: Mapped[datetime]
    raw_let_go_at: Mapped[datetime | None]
    chance: Mapped[int]
    mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    sentiment: Mapped[str | None] = mapped_column(sa.String(20))
    doubt: Mapped[float | None]
    needs_review: Mapped[bool] = mapped_column(default=False)
    model_id: Mapped[int | None] = mapped_column(sa.ForeignKey("label_models.id"))
    counted: Mapped[bool] = mapped_column(default=False)


class LabelKind(StrEnum):
    TOPIC = "topic"
    SENTIMENT = "sentiment"
    URGENCY = "urgency"


class Origin(StrEnum):
    """Who gave a label: the model, a fixed rule, or a person, whose word stands over both."""

    MODEL = "model"
    RULE = "rule"
    PERSON = "person"


class CommentLabel(Model):
    """One label of one comment. Those of older models stay, out of force. score: the model's probability."""

    __tablename__ = "comment_labels"
    __table_args__ = (
        sa.Index(
            "uq_comment_labels_in_force",
            "comment_id",
            "kind",
            "label",
            unique=True,
            sqlite_where=sa.text("in_force"),
            postgresql_where=sa.text("in_force"),
        ),
        sa.Index("ix_comment_labels_comment_id", "comment_id"),
        sa.Index(
            "ix_comment_labels_label",
            "kind",
            "label",
            "comment_id",
            sqlite_where=sa.text("in_force"),
            postgresql_where=sa.text("in_force"),
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_probability"),
        sa.CheckConstraint("origin <> 'model' OR model_id IS NOT NULL", name="a_model_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comments.id", ondelete="CASCADE"))
    kind: Mapped[LabelKind] = mapped_column(enum_type(LabelKind, "kind"))
    label: Mapped[str] = mapped_column(sa.String(63))
    score: Mapped[float | None]
    origin: Mapped[Origin] = mapped_column(enum_type(Origin, "origin"))
    model_id: Mapped[int | None] = mapped_column(sa.ForeignKey("label_models.id"))
    in_force: Mapped[bool] = mapped_column(default=True)
    given_at: Mapped[datetime]

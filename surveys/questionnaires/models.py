"""What is asked: questionnaires and their versions, frozen once published, and who gets which questionnaire."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model


class Questionnaire(Model):
    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[str] = mapped_column(sa.String(120))


class QuestionnaireVersion(Model):
    """A numbered wording; a draft until published_at is set, and from then on a trigger refuses any change.

    A questionnaire has one draft at most. edition rises with each change of a draft, so that two people who
    change it at once notice.
    """

    __tablename__ = "questionnaire_versions"
    __table_args__ = (
        sa.UniqueConstraint("questionnaire_id", "number"),
        sa.CheckConstraint("number > 0", name="number_counts_from_one"),
        sa.Index(
            "uq_questionnaire_versions_one_draft",
            "questionnaire_id",
            unique=True,
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaires.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1, server_default=sa.text("1"))


class QuestionnaireUse(Model):
    """Contacts of this service and channel get this questionnaire; a None there stands for all of them.

    The most particular rule holds: service and channel, then service, then channel; where there is none, the
    questionnaire that every installation starts with. scope is both in one, so that each pair has one rule.
    """

    __tablename__ = "questionnaire_uses"

    scope: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[str | None] = mapped_column(sa.String(30))
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaires.id"))

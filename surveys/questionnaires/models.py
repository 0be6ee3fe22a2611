"""What is asked: questionnaires and their versions, frozen once published."""

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
    """A numbered wording. A trigger refuses any change after published_at is set."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (
        sa.UniqueConstraint("questionnaire_id", "number"),
        sa.CheckConstraint("number > 0", name="number_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaires.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]

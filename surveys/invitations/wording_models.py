"""The words that an administrator put in place of the default ones."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model, enum_type
from surveys.invitations.models import InvitationKind
from surveys.messaging.models import Medium


class MessageWording(Model):
    """One row where the default was changed; none where it stands."""

    __tablename__ = "message_wordings"
    __table_args__ = (
        sa.UniqueConstraint("questionnaire", "kind", "medium", "language"),
        sa.CheckConstraint("body <> ''", name="it_says_something"),
        sa.CheckConstraint("(medium = 'email') = (subject <> '')", name="emails_have_a_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(sa.String(60), sa.ForeignKey("questionnaires.slug"))
    kind: Mapped[InvitationKind] = mapped_column(enum_type(InvitationKind, "kind"))
    medium: Mapped[Medium] = mapped_column(enum_type(Medium, "medium"))
    language: Mapped[str] = mapped_column(sa.String(5))
    subject: Mapped[str] = mapped_column(sa.String(150))
    body: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime]

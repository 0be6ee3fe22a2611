"""What the council says of the elements of standards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.core.db import Model


class ElementNote(Model):
    """What the council says of one element of a standard: its own words, reference and where else to look.

    A standard of the council's own has elements only here. paraphrase replaces ours where it is set.
    """

    __tablename__ = "element_notes"
    __table_args__ = (sa.CheckConstraint("standard <> '' AND code <> ''", name="it_is_of_a_standard"),)

    standard: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    paraphrase: Mapped[str | None] = mapped_column(sa.String(500))
    reference: Mapped[str] = mapped_column(sa.String(120), default="")
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    offered: Mapped[Mapping[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    edition: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

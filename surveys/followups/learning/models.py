"""What cases come to by the month in which they were opened, counted so that a page need not read every case."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class Measure(StrEnum):
    """What is counted, and what its code is: none, a last day, working days, a cause, or a month."""

    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    ACKNOWLEDGEMENT_DUE = "acknowledgement_due"
    ACTED_IN_TIME = "acted_in_time"
    ANSWER_DUE = "answer_due"
    ANSWERED_IN_TIME = "answered_in_time"
    DAYS_TO_ACT = "days_to_act"
    DAYS_TO_CLOSE = "days_to_close"
    CAUSE = "cause"
    CONTACT_MONTH = "contact_month"


# Such a case counts once the day in its code is over; without one it was over when the case was counted.
BY_LAST_DAY = (Measure.ACKNOWLEDGEMENT_DUE, Measure.ACTED_IN_TIME, Measure.ANSWER_DUE, Measure.ANSWERED_IN_TIME)


class CaseFigure(Model):
    """How many cases of a month, service and channel. Counted from the cases; `flask followups check` does so again."""

    __tablename__ = "case_figures"
    __table_args__ = (sa.CheckConstraint("count > 0", name="count_is_positive"),)

    measure: Mapped[Measure] = mapped_column(enum_type(Measure, "measure"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(63), primary_key=True)
    count: Mapped[int]

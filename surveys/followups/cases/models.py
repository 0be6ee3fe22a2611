"""What is put right: a case for a response that somebody must act on, and the rules that open one."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type
from surveys.core.sealed import SealedText
from surveys.questionnaires.kinds import Satisfaction


class CaseKind(StrEnum):
    """What a case is about, and so who must know: the first of these is urgent."""

    SAFEGUARDING = "safeguarding"
    COMPLAINT = "complaint"
    CONTACT_BACK = "contact_back"
    NOT_RESOLVED = "not_resolved"
    OTHER = "other"


class CaseState(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    WAITING = "waiting"  # for the resident, or for somebody outside
    ANSWERED = "answered"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


STATE = CaseState
# Which state may follow which. To go back to acknowledged from one of the last three is to reopen.
MOVES: dict[CaseState, frozenset[CaseState]] = {
    STATE.NEW: frozenset({STATE.ACKNOWLEDGED, STATE.ANSWERED, STATE.HANDED_OVER, STATE.CLOSED}),
    STATE.ACKNOWLEDGED: frozenset({STATE.WAITING, STATE.ANSWERED, STATE.HANDED_OVER, STATE.CLOSED}),
    STATE.WAITING: frozenset({STATE.ACKNOWLEDGED, STATE.ANSWERED, STATE.HANDED_OVER, STATE.CLOSED}),
    STATE.ANSWERED: frozenset({STATE.ACKNOWLEDGED, STATE.CLOSED}),
    STATE.HANDED_OVER: frozenset({STATE.ACKNOWLEDGED, STATE.CLOSED}),
    STATE.CLOSED: frozenset({STATE.ACKNOWLEDGED}),
}
# Somebody still has to do something, and the deadline runs.
OPEN = (STATE.NEW, STATE.ACKNOWLEDGED, STATE.WAITING)


class CaseOutcome(StrEnum):
    """What came of it, in a person's judgement. No case is closed without one."""

    PUT_RIGHT = "put_right"
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    NOT_REACHED = "not_reached"
    NOTHING_TO_DO = "nothing_to_do"


class CaseRule(Model):
    """Opens a case where all that it asks for holds. The first rule by position says of what kind the case is.

    An empty list asks for nothing: ratings any of these ratings; urgency any of these flags; codes any of these
    answers to question; services and channels any of these; repeat_days that the same person got in touch with the
    same service before, within so many days. edition goes up with each change, so that nobody saves over a change they
    have not seen.
    """

    __tablename__ = "case_rules"
    __table_args__ = (
        sa.CheckConstraint("name <> ''", name="it_has_a_name"),
        sa.CheckConstraint("acknowledge_days BETWEEN 1 AND answer_days", name="acknowledged_before_answered"),
        sa.CheckConstraint("repeat_days IS NULL OR repeat_days > 0", name="before_is_a_day_or_more"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    position: Mapped[int]
    kind: Mapped[CaseKind] = mapped_column(enum_type(CaseKind, "kind"))
    ratings: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    asks_contact: Mapped[bool]
    urgency: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    question: Mapped[str | None] = mapped_column(sa.String(40))
    codes: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    services: Mapped[Sequence[int]] = mapped_column(sa.JSON)
    channels: Mapped[Sequence[str]] = mapped_column(sa.JSON)
    repeat_days: Mapped[int | None]
    acknowledge_days: Mapped[int]
    answer_days: Mapped[int]
    active: Mapped[bool]
    edition: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class Case(Model):
    """One response that somebody must act on. With consent it is about a person, who may be written to or rung;
    without it about a service alone, and nothing here leads to whoever answered but the response's chosen answers.

    acknowledge_by and answer_by are the last working days in time, on the council's calendar. acted_at: the first
    thing anybody did. cause: a topic of the code frame, or a person's choice at the end. edition goes up with each
    change but notes, which only ever add. erased_at: when the resident had erased what was held on them. counted_with:
    the nation by whose working days it was counted as it stands; any change takes it away, so that it is counted anew.
    """

    __tablename__ = "cases"
    __table_args__ = (
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_a_moment"),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_with_an_outcome"),
        sa.CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", name="answered_has_a_moment"),
        sa.CheckConstraint("consent OR contact_id IS NULL", name="no_person_without_consent"),
        sa.CheckConstraint("erased_at IS NULL OR response_id IS NULL", name="what_is_erased_leads_nowhere"),
        sa.CheckConstraint("escalation BETWEEN 0 AND 2", name="escalation_has_two_steps"),
        sa.Index("ix_cases_service_id_state_answer_by", "service_id", "state", "answer_by"),
        sa.Index("ix_cases_state_answer_by", "state", "answer_by"),
        sa.Index("ix_cases_owner_id_state_answer_by", "owner_id", "state", "answer_by"),
        sa.Index("ix_cases_closed_at", "closed_at"),
        sa.Index("ix_cases_kind_state_answer_by", "kind", "state", "answer_by"),
        sa.Index("ix_cases_kind_service_id_state_answer_by", "kind", "service_id", "state", "answer_by"),
        sa.Index("ix_cases_kind_closed_at", "kind", "closed_at"),
        sa.Index("ix_cases_counted_with_service_id_opened_at", "counted_with", "service_id", "opened_at"),
        # Events and audit entries name a case by its number: no other may get it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int | None] = mapped_column(sa.ForeignKey("responses.id"), unique=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    consent: Mapped[bool]
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_rules.id"))
    kind: Mapped[CaseKind] = mapped_column(enum_type(CaseKind, "kind"))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"))
    day: Mapped[date]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_type(Satisfaction, "satisfaction"))
    state: Mapped[CaseState] = mapped_column(enum_type(CaseState, "state"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(index=True)
    acknowledge_by: Mapped[date]
    answer_by: Mapped[date]
    acted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[CaseOutcome | None] = mapped_column(enum_type(CaseOutcome, "outcome"))
    cause: Mapped[str | None] = mapped_column(sa.String(63))
    complaint_reference: Mapped[str | None] = mapped_column(sa.String(60))
    escalation: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=1)
    erased_at: Mapped[datetime | None]
    counted_with: Mapped[str | None] = mapped_column(sa.String(30), onupdate=sa.null())


class CaseEventKind(StrEnum):
    OPENED = "opened"
    CONSENTED = "consented"
    TAKEN_BACK = "taken_back"  # the resident's consent
    GIVEN = "given"  # to an owner, or to nobody
    NOTED = "noted"
    MOVED = "moved"
    CALLED = "called"
    WRITTEN = "written"
    LOOKED = "looked"  # at how to reach the resident
    ESCALATED = "escalated"
    REOPENED = "reopened"
    HANDED_OVER = "handed_over"
    ERASED = "erased"


class CaseEvent(Model):
    """One thing that happened to a case, kept as it was said; nothing changes or removes it but the words' term.

    once is the digest of the form it came from, so that a form sent twice is one event. given_to: the new owner.
    reached: of a call, whether somebody spoke to the resident.
    """

    __tablename__ = "case_events"
    __table_args__ = (sa.Index("ix_case_events_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    kind: Mapped[CaseEventKind] = mapped_column(enum_type(CaseEventKind, "kind"))
    from_state: Mapped[CaseState | None] = mapped_column(enum_type(CaseState, "from_state"))
    to_state: Mapped[CaseState | None] = mapped_column(enum_type(CaseState, "to_state"))
    outcome: Mapped[CaseOutcome | None] = mapped_column(enum_type(CaseOutcome, "outcome"))
    given_to: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    message_id: Mapped[int | None] = mapped_column(sa.ForeignKey("direct_messages.id"), unique=True)
    reached: Mapped[bool | None]
    words: Mapped[str | None] = mapped_column(SealedText)
    once: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)

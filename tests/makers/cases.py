"""Makers of the responses, residents and rules that cases are opened from, and of cases as they stand in a state."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from surveys.answers.models import Answer, Mode, Response
from surveys.contacts.models import BatchState, Channel, Contact, ImportBatch, PhoneKind
from surveys.core.clock import day_of, now
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.followups.cases.history import history
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseKind, CaseOutcome, CaseRule, CaseState
from surveys.followups.cases.working_days import add_working_days
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.messaging.hours import Nation
from surveys.messaging.models import Medium
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.queries import publish_default_if_none
from tests.makers.comments import service_id

UNHAPPY = Satisfaction.VERY_DISSATISFIED
CONTACT_BACK = "contact_back"
YEAR = timedelta(days=365)
numbers = count(1)


def make_rule(**given: Any) -> int:
    """A rule for whoever was very dissatisfied and asked to be contacted, unless told otherwise; returns its number."""
    number = next(numbers)
    usual = {
        "name": f"Rule {number}",
        "position": number,
        "kind": CaseKind.CONTACT_BACK,
        "ratings": [UNHAPPY.value],
        "asks_contact": True,
        "urgency": [],
        "question": None,
        "codes": [],
        "services": [],
        "channels": [],
        "repeat_days": None,
        "acknowledge_days": 2,
        "answer_days": 5,
        "active": True,
        "changed_at": now(),
    }
    with transaction():
        rule = CaseRule(**usual | given)
        db.session.add(rule)
        db.session.flush()
        return rule.id


def make_contact(
    service: str = "parking",
    channel: Channel = Channel.PHONE,
    phone: str | None = "+447700900123",
    email: str | None = None,
    occurred_at: datetime | None = None,
    team: str = "",
) -> int:
    """One resident's contact with the council, loaded without a file; returns its number."""
    at, of, number = occurred_at or now(), service_id(service), next(numbers)
    with transaction():
        batch = ImportBatch(
            filename="made.csv", source="made", sha256="", size=0, state=BatchState.LOADED, mapping={}, created_at=at
        )
        db.session.add(batch)
        db.session.flush()
        contact = Contact(
            batch_id=batch.id,
            source="made",
            external_ref=f"M{number}",
            service_id=of,
            channel=channel,
            occurred_at=at,
            day=day_of(at),
            phone=phone,
            phone_kind=PhoneKind.MOBILE if phone else None,
            phone_hash=address_hash(phone, address_key()) if phone else None,
            email=email,
            email_hash=address_hash(email, address_key()) if email else None,
            language="en",
            team=team,
            area="",
        )
        db.session.add(contact)
        db.session.flush()
        return contact.id


def make_response(
    service: str = "parking",
    channel: Channel = Channel.PHONE,
    rating: Satisfaction | None = UNHAPPY,
    contact_id: int | None = None,
    started_at: datetime | None = None,
    completes: bool = True,
    words: str = "",
    day: date | None = None,
    mode: Mode = Mode.WEB,
    **codes: str,
) -> int:
    """The answers of one resident, whose contact was asked where one is given; codes: question=code."""
    at, of = started_at or now(), service_id(service)
    with transaction():
        version = publish_default_if_none().id
        response = Response(
            invitation_id=asked(contact_id, version, at) if contact_id else None,
            version_id=version,
            service_id=of,
            channel=channel,
            day=day or day_of(at),
            mode=mode,
            language="en",
            started_at=at,
            completed_at=at if completes else None,
            satisfaction=rating,
        )
        db.session.add(response)
        db.session.flush()
        given = ({"overall": rating.value} if rating else {}) | codes
        rows = [Answer(response_id=response.id, question=key, code=code, given_at=at) for key, code in given.items()]
        if words:
            rows.append(Answer(response_id=response.id, question="why", words=words, unread=True, given_at=at))
        db.session.add_all(rows)
        return response.id


def asked(contact_id: int, version_id: int, at: datetime) -> int:
    """The number of an invitation that was delivered and answered. Runs in the caller's transaction."""
    invitation = Invitation(
        contact_id=contact_id,
        kind=InvitationKind.INVITATION,
        version_id=version_id,
        medium=Medium.SMS,
        language="en",
        state=InvitationState.DELIVERED,
        due_at=at,
        sent_at=at,
        settled_at=at,
        answered_at=at,
        expires_at=at + YEAR,
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation.id


def make_case(
    *,
    service: str = "parking",
    channel: Channel = Channel.PHONE,
    consent: bool = True,
    phone: str | None = "+447700900123",
    email: str | None = None,
    rating: Satisfaction = UNHAPPY,
    words: str = "",
    opened_at: datetime | None = None,
    acknowledge_days: int = 2,
    answer_days: int = 5,
    team: str = "",
    **columns: Any,
) -> int:
    """A case as it was opened; returns its number. columns: other columns of Case, such as state or owner_id.

    There is a resident behind its response with this phone and email; with consent the case leads to them. What its
    state asks for (moments, an outcome) is filled in where it is not given. words stay unread until read_all().
    """
    at = opened_at or now()
    day = day_of(at)
    contact = make_contact(service, channel, phone, email, at, team)
    codes = {CONTACT_BACK: "yes"} if consent else {}
    response = make_response(service, channel, rating, contact, at, words=words, **codes)
    usual = {
        "response_id": response,
        "contact_id": contact if consent else None,
        "consent": consent,
        "kind": CaseKind.CONTACT_BACK,
        "service_id": service_id(service),
        "channel": channel,
        "day": day,
        "satisfaction": rating,
        "state": CaseState.NEW,
        "opened_at": at,
        "acknowledge_by": add_working_days(day, acknowledge_days, Nation.ENGLAND),
        "answer_by": add_working_days(day, answer_days, Nation.ENGLAND),
    }
    with transaction():
        case = Case(**usual | moments_of(columns.get("state"), at) | columns)
        db.session.add(case)
        db.session.flush()
        db.session.add(CaseEvent(case_id=case.id, at=at, kind=CaseEventKind.OPENED, to_state=CaseState.NEW))
        return case.id


def moments_of(state: CaseState | None, at: datetime) -> dict[str, Any]:
    acted = {} if state in (None, CaseState.NEW) else {"acted_at": at}
    if state is CaseState.ANSWERED:
        return acted | {"answered_at": at}
    if state is CaseState.CLOSED:
        return acted | {"closed_at": at, "outcome": CaseOutcome.EXPLAINED}
    return acted


def case_of(number: int) -> Case:
    """As it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Case, number)


def event_kinds(number: int) -> list[CaseEventKind]:
    """What happened to it, in order."""
    db.session.rollback()
    return [event.kind for event in history(number)]

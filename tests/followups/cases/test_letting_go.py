"""What a case says of a resident goes once they had it erased, and after its term; the case stays as a count."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.erasure import erase
from surveys.answers.models import Answer, Response
from surveys.contacts.models import Contact
from surveys.core.db import db, transaction
from surveys.followups.cases.history import add_event, held_case
from surveys.followups.cases.letting_go import erase_cases, let_cases_go
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseState
from surveys.followups.rules.opening import open_cases
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import Invitation, InvitationState
from surveys.messaging.hours import Nation
from surveys.messaging.models import Medium
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.followups.made import MOMENT, run
from tests.makers.cases import case_of, event_kinds, make_case
from tests.makers.people import make_user

pytestmark = pytest.mark.usefixtures("app")
LATER = MOMENT + timedelta(hours=1)
KIND = CaseEventKind
LONG_AGO = MOMENT - timedelta(days=800)


def have_erased(number: int) -> None:
    """The resident behind a case uses the page on which they erase what is held."""
    invitation = db.session.scalars(
        sa.select(Response.invitation_id).join(Case, Case.response_id == Response.id).where(Case.id == number)
    ).one()
    assert invitation is not None
    with transaction():
        assert erase(invitation, MOMENT)


def note(number: int, words: str = "She wants the fine back.") -> None:
    with transaction():
        add_event(held_case(number, None), KIND.NOTED, MOMENT, None, words=words)


def write_to(number: int, state: InvitationState = InvitationState.DUE) -> int:
    """A message to the resident of a case; returns its number."""
    case = case_of(number)
    assert case.contact_id is not None
    author = make_user(Role.OFFICER).id
    with transaction():
        message = DirectMessage(
            contact_id=case.contact_id,
            medium=Medium.SMS,
            words="We looked into your fine.",
            written_by=author,
            written_at=MOMENT,
            once=sha256(f"{number} {state}".encode()).digest(),
            state=state,
            due_at=MOMENT,
            claimed_at=MOMENT if state is InvitationState.CLAIMED else None,
            sent_at=MOMENT if state is InvitationState.SENT else None,
        )
        db.session.add(message)
        db.session.flush()
        add_event(held_case(number, None), KIND.WRITTEN, MOMENT, author, message_id=message.id)
        return message.id


def sweep(moment: datetime = LATER) -> int:
    with transaction():
        return erase_cases(moment, 500)


def go(months: int = 24, moment: datetime = MOMENT) -> int:
    with transaction():
        return let_cases_go(moment, months)


def words_of(number: int) -> list[str | None]:
    db.session.rollback()
    db.session.expire_all()
    return list(
        db.session.scalars(sa.select(CaseEvent.words).where(CaseEvent.case_id == number).order_by(CaseEvent.id))
    )


def message(number: int) -> DirectMessage:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(DirectMessage, number)


@pytest.mark.parametrize("consent", [True, False])
def test_nothing_leads_from_a_case_to_a_resident_who_had_it_erased(consent: bool) -> None:
    kept, number = make_case(), make_case(consent=consent, complaint_reference="C-17")
    note(kept)
    note(number)
    have_erased(number)
    assert sweep() == 1
    case = case_of(number)
    assert (case.response_id, case.contact_id, case.consent) == (None, None, False)
    assert (case.erased_at, case.complaint_reference, case.edition) == (LATER, None, 2)
    assert words_of(number) == [None, None, None]
    assert event_kinds(number) == [KIND.OPENED, KIND.NOTED, KIND.ERASED]
    assert words_of(kept) == [None, "She wants the fine back."]
    assert case_of(kept).erased_at is None


def test_a_case_is_erased_once() -> None:
    number = make_case()
    have_erased(number)
    assert (sweep(), sweep(LATER + timedelta(days=1))) == (1, 0)
    assert event_kinds(number).count(KIND.ERASED) == 1
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "cases erased")).all()
    assert [entry.details for entry in entries] == [{"count": 1, "numbers": [number]}]


def test_a_case_whose_resident_can_be_reached_no_more_is_let_go_of_too() -> None:
    number = make_case(phone="+447700900123", email="somebody@example.com")
    contact = case_of(number).contact_id
    for gone in ({"phone": None}, {"email": None}):
        assert case_of(number).erased_at is None
        with transaction():
            db.session.execute(sa.update(Contact).where(Contact.id == contact).values(gone))
        sweep()
    assert case_of(number).contact_id is None


def test_an_erased_case_is_not_opened_again() -> None:
    number = make_case()
    have_erased(number)
    sweep()
    with transaction():
        assert open_cases(LATER, Nation.ENGLAND) == 0


def test_a_message_that_waits_is_not_sent_to_who_had_it_erased_and_none_keeps_its_words() -> None:
    number = make_case()
    waiting = write_to(number)
    have_erased(number)
    sweep()
    found = message(waiting)
    assert (found.state, found.reason, found.words) == (InvitationState.NOT_SENT, "erased", None)
    assert db.session.scalars(sa.select(CaseEvent.message_id).where(CaseEvent.message_id.is_not(None))).all() == []


def test_a_message_on_its_way_keeps_its_words_until_it_is_settled() -> None:
    number = make_case()
    leaving = write_to(number, InvitationState.CLAIMED)
    have_erased(number)
    sweep()
    assert message(leaving).words is not None
    settled = sa.update(DirectMessage).values(state=InvitationState.SENT, sent_at=MOMENT)
    with transaction():
        db.session.execute(settled)
    assert sweep() == 0
    assert message(leaving).words is None


def test_a_consent_taken_back_stops_a_message_that_waits() -> None:
    number = make_case()
    waiting = write_to(number)
    with transaction():
        db.session.execute(sa.update(Answer).where(Answer.question == "contact_back").values(code="no"))
    with transaction():
        open_cases(LATER, Nation.ENGLAND)
    assert (message(waiting).state, message(waiting).reason) == (InvitationState.NOT_SENT, "consent taken back")


def closed(at: datetime, **given: Any) -> int:
    number = make_case(state=CaseState.CLOSED, opened_at=at, closed_at=at, **given)
    note(number)
    return number


def test_words_and_the_way_to_the_resident_go_months_after_a_case_was_closed() -> None:
    old, newer = closed(LONG_AGO), closed(MOMENT - timedelta(days=700))
    sent = write_to(old, InvitationState.SENT)
    assert go() == 1
    assert (words_of(old), words_of(newer)) == ([None] * 3, [None, "She wants the fine back."])
    assert (case_of(old).contact_id, case_of(newer).contact_id is None) == (None, False)
    assert case_of(old).response_id is not None
    assert message(sent).words is None
    assert go() == 0


def test_a_case_that_was_opened_again_keeps_its_words() -> None:
    number = closed(LONG_AGO)
    with transaction():
        db.session.execute(
            sa.update(Case).values(state=CaseState.ACKNOWLEDGED, closed_at=None, outcome=None, reopened=1)
        )
    assert go() == 0
    assert words_of(number) == [None, "She wants the fine back."]


def test_the_term_counts_in_calendar_months() -> None:
    number = closed(MOMENT - timedelta(days=32))
    assert go(months=2) == 0
    assert go(months=1) == 1
    assert words_of(number) == [None, None]


def test_tasks_open_erase_and_let_go(app: Flask) -> None:
    erased, old = make_case(), closed(LONG_AGO)
    have_erased(erased)
    for name in ("open_cases", "open_late_cases", "escalate_cases", "erase_cases", "let_cases_go"):
        run(app, f"followups.{name}")
    assert case_of(erased).erased_at == MOMENT
    assert words_of(old) == [None, None]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 2

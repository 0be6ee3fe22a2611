"""Emails about cases: one a person with all that is new, urgent ones at once, others by day, each told once."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.followups.cases.models import Case, CaseKind, CaseOutcome, CaseState
from surveys.followups.notices.lists import see
from surveys.followups.notices.models import AlertChoice, AlertKind, EmailState, Notice
from surveys.followups.notices.telling import notify
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sent, Uncertain
from surveys.people.models import User
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.followups.made import MOMENT, Mailbox, run
from tests.makers.cases import make_case
from tests.makers.comments import read_all, service_id
from tests.makers.people import make_service, make_user

NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WORDS = "My neighbour said he will hurt me. Ring me on 07700 900456."
TASK = "followups.tell_of_cases"


def tell(kind: AlertKind, *cases: int) -> None:
    with transaction():
        notify(kind, cases, now())


def states() -> list[EmailState]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Notice.email).order_by(Notice.id)))


def manager(name: str = "manager") -> User:
    return make_user(Role.MANAGER, email=f"{name}@example.gov.uk")


def test_one_letter_has_all_that_is_new_the_most_pressing_first_and_is_sent_once(app: Flask, mail: Mailbox) -> None:
    user = manager()
    cases = [make_case(owner_id=user.id), make_case(service="bins", kind=CaseKind.COMPLAINT)]
    tell(AlertKind.NEW_CASE, *cases)
    tell(AlertKind.LATE, cases[1])
    tell(AlertKind.GIVEN, cases[0])
    for _ in range(3):
        run(app, TASK)
    (message,) = mail.messages
    assert (message.recipient, message.subject) == ("manager@example.gov.uk", "A case past its deadline")
    headings = ["Past a deadline", "Given to you", "New cases"]
    assert sorted(headings, key=message.body.index) == headings
    words = f"Case {cases[1]}, Bins: complaint. Acknowledge by 25 November 2026, answer by 30 November 2026."
    assert all(words in version for version in (message.body, message.html))
    assert app.extensions["settings"].survey_url(f"/cases/{cases[0]}") in message.body
    assert set(states()) == {EmailState.TOLD}


def test_no_word_of_a_resident_and_no_address_is_in_it(app: Flask, mail: Mailbox) -> None:
    manager()
    number = make_case(kind=CaseKind.SAFEGUARDING, words=WORDS, phone="+447700900456", email="jo@example.com")
    read_all()
    tell(AlertKind.URGENT, number)
    run(app, TASK)
    (message,) = mail.messages
    for private in ("neighbour", "hurt me", "900456", "jo@example.com"):
        assert private not in message.body + message.html + message.subject


def test_a_reviewer_is_led_to_urgent_comments_and_not_to_a_case_they_may_not_open(app: Flask, mail: Mailbox) -> None:
    make_user(Role.REVIEWER, email="reviewer@example.gov.uk")
    tell(AlertKind.URGENT, make_case(kind=CaseKind.SAFEGUARDING))
    run(app, TASK)
    (message,) = mail.messages
    assert "/comments/urgent" in message.body
    assert "/cases/" not in message.body + message.html


def test_urgent_news_leaves_at_night_and_other_news_waits_for_the_day(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller
) -> None:
    manager()
    clock.move_to(NIGHT)
    tell(AlertKind.NEW_CASE, make_case())
    run(app, TASK)
    assert mail.messages == []
    tell(AlertKind.URGENT, make_case(kind=CaseKind.SAFEGUARDING))
    run_waiting(app)
    assert [message.subject for message in mail.messages] == ["An urgent case to look at now"]
    clock.move_to(NIGHT + timedelta(hours=1))
    tell(AlertKind.NEW_CASE, make_case())
    run(app, TASK)
    assert len(mail.messages) == 1
    clock.move_to(MOMENT)
    run(app, TASK)
    assert len(mail.messages) == 2


def test_nobody_gets_more_than_one_in_ten_minutes_but_the_first_urgent_one_does_not_wait(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller
) -> None:
    manager()
    sent = []
    for minute in range(24):
        tell(AlertKind.URGENT if minute in (3, 5) else AlertKind.NEW_CASE, make_case(consent=False))
        before = len(mail.messages)
        run(app, TASK)
        sent += [minute] * (len(mail.messages) - before)
        clock.shift(timedelta(minutes=1))
    assert sent == [0, 3, 13, 23]


def test_what_was_seen_or_closed_meanwhile_is_no_news(app: Flask, mail: Mailbox, clock: time_machine.Traveller) -> None:
    user = manager()
    clock.move_to(NIGHT)
    seen, closed = make_case(), make_case()
    tell(AlertKind.NEW_CASE, seen)
    with transaction():
        see(user.id, 1, now())
    tell(AlertKind.NEW_CASE, closed)
    with transaction():
        case = db.session.get_one(Case, closed)
        case.state, case.closed_at, case.outcome = CaseState.CLOSED, now(), CaseOutcome.EXPLAINED
    clock.move_to(MOMENT)
    run(app, TASK)
    assert mail.messages == []
    assert states() == [EmailState.NONE, EmailState.NONE]


@pytest.mark.parametrize(
    ("outcome", "kind", "most"),
    [
        (NotSent("down"), AlertKind.NEW_CASE, 6),
        (Rejected("550"), AlertKind.NEW_CASE, 1),
        (Uncertain("timed-out"), AlertKind.NEW_CASE, 1),
        (Uncertain("timed-out"), AlertKind.URGENT, 3),
    ],
)
def test_what_was_not_sent_is_tried_again_and_what_may_have_been_is_not_save_the_urgent(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller, outcome: Sent, kind: AlertKind, most: int
) -> None:
    mail.answer = lambda _message: outcome
    manager()
    tell(kind, make_case())
    for _ in range(6):
        run(app, TASK)
        clock.shift(timedelta(minutes=10))
    assert len(mail.messages) == most


def test_two_workers_send_one_letter(app: Flask, mail: Mailbox) -> None:
    manager()
    tell(AlertKind.NEW_CASE, make_case())

    def work(_client: object) -> None:
        run(app, TASK)

    at_once(app, work, work)
    assert len(mail.messages) == 1


def test_where_those_to_be_told_of_an_urgent_case_have_left_all_the_others_are_told(app: Flask, mail: Mailbox) -> None:
    parking = make_service()
    leaves = make_user(Role.MANAGER, email="leaves@example.gov.uk", service=parking)
    stays = make_user(Role.OFFICER, email="stays@example.gov.uk", service=parking)
    make_user(email="administrator@example.gov.uk")
    with transaction():
        db.session.add(AlertChoice(user_id=stays.id, kind=AlertKind.URGENT, by_email=False))
    tell(AlertKind.URGENT, make_case(kind=CaseKind.SAFEGUARDING))
    with transaction():
        db.session.get_one(User, leaves.id).active = False
    run(app, TASK)
    assert sorted(mail.told) == ["administrator@example.gov.uk", "stays@example.gov.uk"]


def test_where_an_address_does_not_take_it_somebody_else_is_told_of_an_urgent_case(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller
) -> None:
    def answer(message: Message) -> Sent:
        return Rejected("550") if message.recipient.startswith("manager") else Accepted("ref")

    mail.answer = answer
    manager()
    make_user(email="administrator@example.gov.uk")
    tell(AlertKind.URGENT, make_case(kind=CaseKind.SAFEGUARDING))
    run(app, TASK)
    clock.shift(timedelta(minutes=1))
    run(app, TASK)
    run(app, TASK)
    assert mail.told == ["manager@example.gov.uk", "administrator@example.gov.uk"]


def test_a_long_list_says_how_many_more_there_are(app: Flask, mail: Mailbox) -> None:
    manager()
    service_id()
    tell(AlertKind.NEW_CASE, *[make_case(consent=False) for _ in range(15)])
    run(app, TASK)
    (message,) = mail.messages
    assert message.subject == "15 new cases"
    assert "And 3 more." in message.body
    assert message.body.count("Open case") == 12

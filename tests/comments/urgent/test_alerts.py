"""Those on duty hear of urgent comments within minutes, each person once in ten, and no comment is ever left untold."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.comments.urgent.alerts import name_recipients, take_batches
from surveys.comments.urgent.closing import close
from surveys.comments.urgent.lists import urgent_numbered
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sent, Uncertain
from surveys.people.accounts import change_user
from surveys.people.models import User
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.invitations.made import MOMENT, Scripted
from tests.makers.comments import read_all, rewrite, service_id, write
from tests.makers.people import make_service, make_user

THREAT = "I will come down there and hurt you all."
CHILD = "My dad hits me and I am scared to go home."
MANAGER, CHIEF = "manager@example.gov.uk", "chief@example.gov.uk"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MOMENT, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    provider = Scripted()
    monkeypatch.setitem(app.extensions, "senders", provider.senders())
    return provider


def raise_from(words: str = THREAT, service: str = "parking") -> int:
    """A comment that reads so, told of by what its reading asked for; returns its response's number."""
    response_id = write(words, service=service)
    read_all()
    return response_id


def sweep(app: Flask) -> None:
    app.extensions["perform"].call_local("comments.tell")


def told() -> list[bool]:
    db.session.rollback()
    return [at is not None for at in db.session.scalars(sa.select(UrgentComment.told_at).order_by(UrgentComment.id))]


def leave(user: User) -> None:
    with transaction():
        change_user(user, user.name, False, [(grant.role, grant.service_id) for grant in user.grants])


def test_what_is_raised_is_told_at_once_in_words_that_hold_nothing_of_the_comment(app: Flask, mail: Scripted) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    raise_from(CHILD)
    run_waiting(app)
    (message,) = mail.messages
    assert (message.recipient, message.medium) == (MANAGER, Medium.EMAIL)
    assert message.subject == "Possible safeguarding: 1 comment to read now"
    assert app.extensions["settings"].public_url + "/comments/urgent\n" in message.body
    assert "call 999" in message.body
    for word in ("dad", "scared", "Parking", "parking", "Some Body"):
        assert word not in message.subject + message.body
    assert told() == [True]
    sweep(app)
    assert len(mail.messages) == 1


def test_those_on_duty_for_the_service_are_told_and_administrators_only_where_nobody_is(
    app: Flask, mail: Scripted
) -> None:
    make_user(email=CHIEF)
    service_id("parking")
    libraries = make_service("libraries", "Libraries")
    reviewer = make_user(Role.REVIEWER, email="reviewer@example.gov.uk", service=libraries)
    make_user(Role.OFFICER, email="officer@example.gov.uk")
    raise_from(service="libraries")
    run_waiting(app)
    assert mail.recipients == ["reviewer@example.gov.uk"]
    raise_from(service="parking")
    run_waiting(app)
    assert mail.recipients == ["reviewer@example.gov.uk", CHIEF]
    leave(reviewer)
    raise_from(service="libraries")
    assert told() == [True, True, False]


def test_many_at_once_are_one_email_to_each_with_their_count(app: Flask, mail: Scripted) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    make_user(Role.REVIEWER, email="reviewer@example.gov.uk")
    for n in range(3):
        write(f"{THREAT} {n}")
    write(CHILD)
    read_all()
    run_waiting(app)
    assert mail.recipients == [MANAGER, "reviewer@example.gov.uk"]
    assert mail.messages[0].subject == "Possible safeguarding, Possible threat: 4 comments to read now"
    assert "- Possible safeguarding: 1 comment\n- Possible threat: 3 comments\n" in mail.messages[0].body


def test_nobody_gets_two_emails_in_ten_minutes_and_what_waited_comes_with_the_next(
    app: Flask, mail: Scripted, clock: time_machine.Traveller
) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    raise_from()
    run_waiting(app)
    clock.shift(timedelta(minutes=3))
    raise_from()
    raise_from(CHILD)
    run_waiting(app)
    clock.shift(timedelta(minutes=6, seconds=59))
    sweep(app)
    assert (len(mail.messages), told()) == (1, [True, False, False])
    clock.shift(timedelta(seconds=2))
    sweep(app)
    assert [message.subject for message in mail.messages[1:]] == [
        "Possible safeguarding, Possible threat: 2 comments to read now"
    ]
    assert told() == [True, True, True]


def in_turn(*outcomes: Sent) -> Callable[[Message], Sent]:
    left = list(outcomes)
    return lambda message: left.pop(0) if left else Accepted("ref")


@pytest.mark.parametrize("outcome", [NotSent("503"), Uncertain("timeout")])
def test_an_email_that_may_not_have_gone_is_tried_again_after_ten_minutes(
    app: Flask,
    mail: Scripted,
    clock: time_machine.Traveller,
    capsys: pytest.CaptureFixture[str],
    outcome: Sent,
) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    mail.answer = in_turn(outcome)
    raise_from()
    run_waiting(app)
    sweep(app)
    assert (len(mail.messages), told()) == (1, [False])
    found = capsys.readouterr().err
    assert "not everybody on duty was told" in found
    assert MANAGER not in found
    clock.shift(timedelta(minutes=10, seconds=1))
    sweep(app)
    assert (len(mail.messages), told()) == (2, [True])


def test_who_cannot_be_reached_is_given_up_and_administrators_hear_instead(
    app: Flask, mail: Scripted, clock: time_machine.Traveller
) -> None:
    make_user(email=CHIEF)
    make_user(Role.MANAGER, email=MANAGER)
    mail.answer = lambda message: Rejected("550") if message.recipient == MANAGER else Accepted("ref")
    raise_from()
    run_waiting(app)
    sweep(app)
    assert (mail.recipients, told()) == ([MANAGER, CHIEF], [True])
    clock.shift(timedelta(hours=2))
    sweep(app)
    assert len(mail.messages) == 2


def test_doubts_end_after_three_emails_to_one_person(app: Flask, mail: Scripted, clock: time_machine.Traveller) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    mail.answer = lambda message: Uncertain("timeout")
    raise_from()
    for _ in range(6):
        sweep(app)
        clock.shift(timedelta(minutes=11))
    assert mail.recipients == [MANAGER] * 3


def test_where_there_is_nobody_to_tell_it_waits_for_somebody(
    app: Flask, mail: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    raise_from()
    run_waiting(app)
    assert "there is nobody to tell" in capsys.readouterr().err
    make_user(Role.MANAGER, email=MANAGER)
    sweep(app)
    assert (mail.recipients, told()) == ([MANAGER], [True])


def test_who_leaves_before_the_email_goes_is_not_told_and_the_next_on_duty_is(
    app: Flask, mail: Scripted, clock: time_machine.Traveller
) -> None:
    manager = make_user(Role.MANAGER, email=MANAGER)
    mail.answer = in_turn(NotSent("503"))
    raise_from()
    run_waiting(app)
    leave(manager)
    make_user(Role.MANAGER, email="next@example.gov.uk")
    clock.shift(timedelta(minutes=11))
    sweep(app)
    assert (mail.recipients, told()) == ([MANAGER, "next@example.gov.uk"], [True])


def test_without_a_sender_nothing_is_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    with monkeypatch.context() as without:
        without.setitem(app.extensions, "senders", {})
        raise_from()
        run_waiting(app)
    assert told() == [False]
    mail = Scripted()
    monkeypatch.setitem(app.extensions, "senders", mail.senders())
    clock.shift(timedelta(minutes=11))
    sweep(app)
    assert (mail.recipients, told()) == ([MANAGER], [True])


def test_it_is_marked_before_it_is_sent_so_that_no_second_worker_sends_it(app: Flask, mail: Scripted) -> None:
    make_user(Role.MANAGER, email=MANAGER)

    def look_again(message: Message) -> Sent:
        sweep(app)
        return Accepted("ref")

    mail.answer = look_again
    raise_from()
    run_waiting(app)
    assert mail.recipients == [MANAGER]


def test_four_workers_at_the_same_moment_send_one_email_to_each(app: Flask, mail: Scripted) -> None:
    people = [make_user(Role.MANAGER, email=f"{name}@example.gov.uk").email for name in ("one", "two", "three")]
    for n in range(5):
        write(f"{THREAT} {n}")
    read_all()
    app.extensions["huey"].flush()

    def sweeping(_client: FlaskClient) -> None:
        sweep(app)

    at_once(app, *[sweeping] * 4)
    assert sorted(mail.recipients) == sorted(people)
    assert told() == [True] * 5


def test_a_worker_that_dies_while_sending_costs_ten_minutes_and_no_comment(
    app: Flask, mail: Scripted, clock: time_machine.Traveller
) -> None:
    make_user(Role.MANAGER, email=MANAGER)
    raise_from()
    with transaction():
        name_recipients()
        assert len(take_batches(now())) == 1
    run_waiting(app)
    assert mail.messages == []
    clock.shift(timedelta(minutes=10, seconds=1))
    sweep(app)
    assert told() == [True]


def test_what_was_closed_is_not_told_and_what_is_raised_anew_is(
    app: Flask, mail: Scripted, clock: time_machine.Traveller
) -> None:
    user = make_user(Role.MANAGER, email=MANAGER)
    response_id = raise_from()
    app.extensions["huey"].flush()
    number = db.session.scalars(sa.select(UrgentComment.id)).one()
    with transaction():
        close(number, urgent_numbered(number, None).edition, "known", "We know of it.", user.id, now())
    sweep(app)
    assert mail.messages == []
    clock.shift(timedelta(hours=1))
    rewrite(response_id, "I will kill you all, you wait.")
    read_all()
    run_waiting(app)
    assert (mail.recipients, told()) == ([MANAGER], [True])

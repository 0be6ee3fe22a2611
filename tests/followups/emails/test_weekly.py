"""The weekly email: once a week for each reader, on Monday morning in London, about their services and no others."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.followups.emails.choices import choose
from surveys.followups.emails.models import DigestSent
from surveys.followups.emails.weekly import week_due
from surveys.invitations.switch import pause
from surveys.messaging.links import links_in
from surveys.messaging.outcomes import Message, NotSent, Rejected, Sent, Uncertain
from surveys.people.accounts import change_user
from surveys.people.models import User
from surveys.people.roles import ROLES, Permission, Role
from surveys.rates.series import Series
from surveys.rates.targets import set_target
from tests.comments.urgent.test_lists import raised
from tests.counting import statements
from tests.followups.made import (
    LAST,
    MOMENT,
    RUNNING,
    Mailbox,
    freeze_usual,
    make_month,
    make_theme,
    make_years,
    run,
)
from tests.invitations.test_workers import at_once
from tests.makers.people import make_service, make_user, sign_in

SNAPSHOT = Path(__file__).parent / "snapshots" / "digest.txt"
MONDAY = date(2026, 11, 23)


def digest(app: Flask) -> None:
    run(app, "followups.digest")


@pytest.fixture
def council(app: Flask) -> dict[str, User]:
    """Parking fell in October and missed its target, benefits are as ever; a manager of all, and one of benefits."""
    parking, benefits = make_service(), make_service("benefits", "Benefits")
    everything = make_user(Role.MANAGER, email="chief@example.gov.uk")
    one = make_user(Role.MANAGER, email="benefits@example.gov.uk", service=benefits)
    make_years(parking.id, [(120, 200), (30, 50)])
    make_years(benefits.id, [(162, 200), (4, 4)])
    freeze_usual(parking.id, everything.id)
    with transaction():
        set_target(Series(parking.id), 8500, RUNNING.plus(-11), everything.id, everything.id, MOMENT)
        set_target(Series(benefits.id), 7000, RUNNING.plus(-11), one.id, everything.id, MOMENT)
        make_theme(parking.id, "waiting_time", neg=20, pos=3, neutral_mixed=2)
        make_theme(parking.id, "staff_attitude", neg=3, pos=25)
        make_theme(benefits.id, "outcome", neg=4)
    raised("I will come down there and hurt you all.", day=date(2026, 11, 20))
    return {"everything": everything, "one": one}


def words(mail: Mailbox, address: str) -> str:
    return next(message.body for message in mail.messages if message.recipient == address)


def test_the_email_of_a_made_week_reads_like_this(app: Flask, mail: Mailbox, council: dict[str, User]) -> None:
    digest(app)
    found = words(mail, "chief@example.gov.uk").replace(app.extensions["settings"].public_url, "https://fairly.example")
    assert found == SNAPSHOT.read_text(encoding="utf-8")


def test_its_html_says_the_same_with_the_same_links_and_asks_for_nothing_from_the_web(
    app: Flask, mail: Mailbox, council: dict[str, User]
) -> None:
    digest(app)
    for message in mail.messages:
        page = BeautifulSoup(message.html, "html5lib")
        assert page.body is not None
        shown = [line for line in page.body.get_text("\n").split("\n") if line.strip()]
        text = "\n".join(line for line in message.body.split("\n") if line.strip("-"))
        for link in links_in(text):
            text = text.replace(f": {link}", "")
        assert shown == text.strip().split("\n")
        assert [a["href"] for a in page.find_all("a")] == links_in(message.body)
        assert page.html is not None
        assert page.html["lang"] == "en-GB"
        assert page.find_all(["img", "script", "link", "table"]) == []
        assert page.title is not None
        assert page.title.string == message.subject


def test_every_link_of_it_opens_for_its_reader(
    app: Flask, client: FlaskClient, mail: Mailbox, council: dict[str, User]
) -> None:
    digest(app)
    sign_in(client, council["everything"])
    base = app.extensions["settings"].public_url
    paths = [link.removeprefix(base) for link in links_in(words(mail, "chief@example.gov.uk"))]
    assert len(set(paths)) >= 6
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_manager_of_one_service_reads_of_no_other(app: Flask, mail: Mailbox, council: dict[str, User]) -> None:
    digest(app)
    found = words(mail, "benefits@example.gov.uk")
    assert "Parking" not in found
    assert "urgent" not in found
    assert "Waiting time" not in found
    assert "October 2026: 81% (75% to 86%; 200 answers)." in found
    assert "October 2026, of 1 target: 1 met, 0 not met" in found


def test_fewer_than_five_people_and_comments_are_told_of_nowhere(
    app: Flask, mail: Mailbox, council: dict[str, User]
) -> None:
    digest(app)
    assert "November 2026 so far: too few answers to show." in words(mail, "benefits@example.gov.uk")
    for message in mail.messages:
        assert "Outcome" not in message.body
        assert "(4 answers" not in message.body
        assert "hurt you all" not in message.body + message.html


def test_only_who_may_resume_sending_is_asked_to(app: Flask, mail: Mailbox) -> None:
    make_user(email="chief@example.gov.uk")
    make_user(Role.MANAGER, email="manager@example.gov.uk")
    make_user(Role.ADMINISTRATOR, email="parking@example.gov.uk", service=make_service())
    with transaction():
        pause(MOMENT)
    digest(app)
    assert ["Sending is paused" in message.body for message in mail.messages] == [True, False, False]
    assert ["Nothing needs you this week." in message.body for message in mail.messages] == [False, True, True]


def test_only_active_managers_and_administrators_who_want_it_get_it(app: Flask, mail: Mailbox) -> None:
    make_user(email="chief@example.gov.uk")
    for role in (Role.REVIEWER, Role.OFFICER, Role.ASSESSOR, Role.DATA_PROTECTION_OFFICER):
        make_user(role)
    former = make_user(Role.MANAGER, email="former@example.gov.uk")
    quiet = make_user(Role.MANAGER, email="quiet@example.gov.uk")
    keen = make_user(Role.MANAGER, email="keen@example.gov.uk")
    with transaction():
        change_user(former, former.name, False, [(Role.MANAGER, None)])
        choose(quiet.id, weekly=False, signals=True)
        choose(keen.id, weekly=True, signals=False)
    digest(app)
    assert mail.told == ["chief@example.gov.uk", "keen@example.gov.uk"]
    assert all(Permission.READ_RATES in ROLES[role] for role in (Role.MANAGER, Role.ADMINISTRATOR))


def test_it_goes_once_a_week_however_often_the_task_runs(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller
) -> None:
    make_user()
    for _ in range(3):
        digest(app)
        clock.shift(timedelta(minutes=10))
    clock.move_to(MOMENT + timedelta(days=1))
    digest(app)
    assert len(mail.messages) == 1
    clock.move_to(MOMENT + timedelta(days=7))
    digest(app)
    assert len(mail.messages) == 2
    assert db.session.scalars(sa.select(DigestSent.week).order_by(DigestSent.week)).all() == [
        MONDAY,
        MONDAY + timedelta(days=7),
    ]


def test_workers_at_once_send_it_once_to_each(app: Flask, mail: Mailbox) -> None:
    for n in range(6):
        make_user(Role.MANAGER, email=f"manager{n}@example.gov.uk")
    at_once(app, lambda: digest(app))
    assert sorted(mail.told) == [f"manager{n}@example.gov.uk" for n in range(6)]


def test_a_worker_that_dies_while_sending_costs_one_email_at_most_and_doubles_none(app: Flask, mail: Mailbox) -> None:
    make_user(Role.MANAGER, email="a@example.gov.uk")
    make_user(Role.MANAGER, email="b@example.gov.uk")

    def die(_message: Message) -> Sent:
        raise ZeroDivisionError

    mail.answer = die
    with pytest.raises(ZeroDivisionError):
        digest(app)
    mail.answer = None
    digest(app)
    assert mail.told == ["a@example.gov.uk", "b@example.gov.uk"]


@pytest.mark.parametrize(
    ("outcome", "tries"), [(Uncertain("503"), 1), (Rejected("550"), 1), (NotSent("421"), 2), (NotSent("401", True), 2)]
)
def test_only_what_was_certainly_not_sent_is_tried_again(
    app: Flask, mail: Mailbox, capsys: pytest.CaptureFixture[str], outcome: Sent, tries: int
) -> None:
    make_user()
    mail.answer = lambda _message: outcome
    digest(app)
    digest(app)
    told = capsys.readouterr().err
    assert len(mail.messages) == tries
    assert told.count("not every weekly email went") == tries
    assert "example.gov.uk" not in told


def test_a_provider_that_takes_nothing_is_not_asked_for_everybody(app: Flask, mail: Mailbox) -> None:
    for n in range(5):
        make_user(Role.MANAGER, email=f"manager{n}@example.gov.uk")
    mail.answer = lambda _message: NotSent("not-connected")
    digest(app)
    assert len(mail.messages) == 3
    mail.answer = None
    digest(app)
    assert len(mail.messages) == 8


def test_without_a_sender_of_emails_nobody_counts_as_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_user()
    monkeypatch.setitem(app.extensions, "senders", {})
    digest(app)
    assert "sends no email" in capsys.readouterr().err
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DigestSent)) == 0


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 23, 7, 9, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 7, 10, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 24, 23, 50, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), None),
        # The clock went forward on Sunday 29 March and back on Sunday 25 October.
        (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 3, 30, 6, 10, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 3, 23, 6, 10, tzinfo=UTC), None),
        (datetime(2026, 10, 26, 6, 10, tzinfo=UTC), None),
        (datetime(2026, 10, 26, 7, 10, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 10, 18, 23, 30, tzinfo=UTC), None),
        (datetime(2026, 7, 6, 22, 55, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 7, 7, 23, 5, tzinfo=UTC), None),
    ],
)
def test_it_is_due_from_ten_past_seven_on_monday_in_london_until_tuesday_night(
    moment: datetime, week: date | None
) -> None:
    assert week_due(moment) == week


def test_figures_are_read_once_however_many_readers_there_are(
    app: Flask, mail: Mailbox, council: dict[str, User]
) -> None:
    with statements() as few:
        digest(app)
    services = [make_service(f"service-{n}", f"Service {n}") for n in range(8)]
    with transaction():
        db.session.execute(sa.delete(DigestSent))
        for service in services:
            make_month(service.id, LAST, 40, 50)
    for n, service in enumerate(services):
        make_user(Role.MANAGER, email=f"manager{n}@example.gov.uk", service=service)
    with statements() as many:
        digest(app)
    assert len(mail.messages) == 2 + 10
    claims = [sum("digests_sent" in one and one.startswith("INSERT") for one in found) for found in (few, many)]
    assert claims == [2, 10]
    assert len(many) - 10 == len(few) - 2 <= 14

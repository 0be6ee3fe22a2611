"""Commitments told: each plan once to each assessor in access, with the head of the chain, and never twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.evidence.assessors.commitments import take_letters
from surveys.messaging.outcomes import Message, NotSent, Rejected, Sent, Uncertain
from surveys.people.accounts import change_user
from surveys.people.assessors import Access
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.sampling.models import CommitmentTold, SamplingPlan
from surveys.sampling.plans import all_plans, ensure_plans
from tests.followups.made import Mailbox, run
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

MOMENT = datetime(2026, 3, 10, 12, tzinfo=UTC)
ADDRESS = "assessor@example.gov.uk"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MOMENT, tick=False) as time:
        yield time


@pytest.fixture
def mailbox(app: Flask, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    box = Mailbox()
    monkeypatch.setitem(app.extensions, "senders", box.senders())
    return box


def plan() -> list[SamplingPlan]:
    with transaction():
        ensure_plans(datetime.now(UTC))
    return list(all_plans())


def tell(app: Flask) -> None:
    run(app, "evidence.tell_assessors")


def claims() -> list[bool]:
    """Whether each claim was kept as told."""
    db.session.rollback()
    return [told is not None for told in db.session.scalars(sa.select(CommitmentTold.told_at))]


def entries(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)))


def test_an_assessor_gets_the_commitments_and_the_head_of_the_chain_in_one_email(app: Flask, mailbox: Mailbox) -> None:
    plans = plan()
    user = make_user(Role.ASSESSOR, email=ADDRESS)
    last = entries("assessor access given")[-1]
    tell(app)
    assert mailbox.told == [ADDRESS]
    body = mailbox.messages[0].body
    assert all(one.commitment in body and one.key.hex() not in body for one in plans)
    assert f"Number {last.id}\nHash {last.hash}" in body
    assert "1 April 2026 to 30 April 2026" in body
    assert body.count("fixed late") == 1
    told = entries("commitments told")[0]
    assert (told.subject, told.details["entry"], told.details["hash"]) == (f"user:{user.id}", last.id, last.hash)
    assert claims() == [True, True]


def test_nobody_is_told_twice_and_the_next_month_brings_the_next_plan(
    app: Flask, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    plan()
    make_user(Role.ASSESSOR, email=ADDRESS)
    tell(app)
    tell(app)
    assert len(mailbox.messages) == 1
    clock.move_to(datetime(2026, 4, 2, tzinfo=UTC))
    newest = plan()[0]
    tell(app)
    assert len(mailbox.messages) == 2
    assert newest.commitment in mailbox.messages[1].body
    assert mailbox.messages[1].body.count(" to ") >= 1
    assert "1 April 2026 to" not in mailbox.messages[1].body


def test_only_assessors_in_access_are_told_and_no_plan_that_is_over(
    app: Flask, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    plan()
    months = (date(2026, 1, 1), date(2026, 3, 1))
    make_user(Role.ASSESSOR, email="none@example.gov.uk", access=None)
    make_user(Role.ASSESSOR, email="over@example.gov.uk", access=Access(date(2026, 3, 9), *months))
    make_user(Role.ASSESSOR, email="today@example.gov.uk", access=Access(date(2026, 3, 10), *months))
    closed = make_user(Role.ASSESSOR, email="closed@example.gov.uk")
    with transaction():
        change_user(closed, "Closed", False, [(Role.ASSESSOR, None)])
    make_user(Role.MANAGER)
    tell(app)
    assert mailbox.told == ["today@example.gov.uk"]
    make_user(Role.ASSESSOR, email="later@example.gov.uk")
    clock.move_to(datetime(2026, 4, 2, tzinfo=UTC))
    tell(app)
    assert mailbox.told[1:] == ["later@example.gov.uk"]
    assert "31 March 2026" not in mailbox.messages[1].body


@pytest.mark.parametrize(
    ("outcome", "tried_again"), [(NotSent("busy"), True), (Uncertain("timeout"), False), (Rejected("no"), False)]
)
def test_only_what_was_certainly_not_sent_is_tried_again(
    app: Flask, mailbox: Mailbox, outcome: Sent, tried_again: bool
) -> None:
    plan()
    make_user(Role.ASSESSOR, email=ADDRESS)
    mailbox.answer = lambda message: outcome
    tell(app)
    mailbox.answer = None
    tell(app)
    assert len(mailbox.messages) == 1 + tried_again
    assert claims() == ([True, True] if tried_again else [False, False])
    assert len(entries("commitments told")) == tried_again


def test_the_claim_is_committed_before_the_email_goes(app: Flask, mailbox: Mailbox) -> None:
    """A second worker that comes while the first one sends finds nothing to tell."""
    plan()
    make_user(Role.ASSESSOR, email=ADDRESS)
    found = []

    def meanwhile(message: Message) -> Sent:
        with transaction():
            found.append(take_letters(MOMENT))
        return Uncertain("timeout")

    mailbox.answer = meanwhile
    tell(app)
    assert found == [[]]


def test_the_sampling_pages_say_when_and_to_how_many_it_was_told(
    app: Flask, mailbox: Mailbox, client: FlaskClient
) -> None:
    newest = plan()[0]
    sign_in(client, make_user())
    assert "Nobody" in text_of(client.get(f"/sampling/{newest.id}"))
    for number in (1, 2):
        make_user(Role.ASSESSOR, email=f"assessor{number}@example.gov.uk")
    tell(app)
    for path in ("/sampling", f"/sampling/{newest.id}"):
        assert "2, 10 March 2026 at 12:00pm" in text_of(client.get(path))


def test_the_key_is_shown_once_the_period_is_over_and_not_before(
    client: FlaskClient, app: Flask, clock: time_machine.Traveller
) -> None:
    first = plan()[-1]
    user = make_user()
    for day, shown in ((date(2026, 3, 31), False), (date(2026, 4, 1), True)):
        clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        page = sign_in(client, user).get(f"/sampling/{first.id}").get_data(as_text=True)
        assert (first.key.hex() in page) is shown
    clock.move_to(MOMENT + timedelta(days=1))

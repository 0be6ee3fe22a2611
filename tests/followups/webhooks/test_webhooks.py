"""Other systems hear of cases at least once, signed, and of no resident; a silent one is tried again for a day."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.models import Case, CaseKind
from surveys.followups.notices.models import AlertChoice, AlertKind
from surveys.followups.notices.telling import notify
from surveys.followups.webhooks.admin import rotate_secret, try_again
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.queueing import queue_event, queue_to
from surveys.followups.webhooks.sending import GIVEN_UP_AFTER, WAITS, let_go, next_try, take_some
from surveys.followups.webhooks.signing import secrets_in, signature
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.followups.made import MOMENT, run
from tests.makers.cases import make_case
from tests.makers.comments import read_all
from tests.makers.people import make_user
from tests.makers.webhooks import make_webhook
from tests.stubs.receiver import Receiver, receiving

OPENED, HANDED = WebhookEvent.CASE_OPENED, WebhookEvent.CASE_HANDED_OVER
WORDS = "Nobody answered the phone for an hour."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def queue(event: WebhookEvent, *cases: int) -> None:
    with transaction():
        queue_event(event, cases, now())


def deliveries() -> list[WebhookDelivery]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(sa.select(WebhookDelivery).order_by(WebhookDelivery.id)))


def data_of(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body)["data"]
    return found


def test_a_message_says_what_happened_to_which_case_and_nothing_of_the_resident(app: Flask, receiver: Receiver) -> None:
    make_webhook(receiver.url, OPENED)
    number = make_case(words=WORDS, kind=CaseKind.COMPLAINT)
    read_all()
    queue(OPENED, number)
    run(app, "followups.webhooks")
    (came,) = receiver.came
    told = json.loads(came.body)
    assert (told["type"], told["timestamp"]) == ("case.opened", "2026-11-23T07:10:00Z")
    assert told["data"] == {
        "case": number,
        "kind": "complaint",
        "service": "parking",
        "channel": "phone",
        "day": "2026-11-23",
        "state": "new",
        "acknowledge_by": "2026-11-25",
        "answer_by": "2026-11-30",
        "link": app.extensions["settings"].survey_url(f"/cases/{number}"),
    }
    assert came.headers["content-type"] == "application/json"


def test_the_other_side_can_check_the_signature_with_either_secret(app: Flask, receiver: Receiver) -> None:
    number = make_webhook(receiver.url, OPENED)
    with transaction():
        rotate_secret(number)
    queue(OPENED, make_case())
    run(app, "followups.webhooks")
    (came,) = receiver.came
    assert re.fullmatch(r"msg_[0-9a-f]{32}", came.message_id)
    assert int(came.headers["webhook-timestamp"]) == int(MOMENT.timestamp())
    secrets = secrets_in(db.session.get_one(Webhook, number).secret)
    expected = [signature(secret, came.message_id, int(MOMENT.timestamp()), came.body) for secret in secrets]
    assert came.headers["webhook-signature"].split() == expected


def test_only_active_webhooks_that_want_the_event_get_it(app: Flask, receiver: Receiver) -> None:
    make_webhook(receiver.url, WebhookEvent.CASE_CLOSED)
    off = make_webhook(receiver.url, OPENED, name="Other system")
    with transaction():
        db.session.get_one(Webhook, off).active = False
    queue(OPENED, make_case())
    assert deliveries() == []


def test_what_is_handed_over_has_the_redacted_comment_and_with_consent_the_address(
    app: Flask, receiver: Receiver
) -> None:
    webhook = make_webhook(receiver.url, HANDED)
    with_consent = make_case(words=f"{WORDS} Ring me on 07700 900456.", email="jo@example.com")
    without = make_case(words=WORDS, consent=False)
    read_all()
    with transaction():
        queue_to([webhook], HANDED, [with_consent, without], now())
    run(app, "followups.webhooks")
    first, second = (data_of(came.body) for came in receiver.came)
    assert (first["phone"], first["email"], first["consent"]) == ("+447700900123", "jo@example.com", True)
    assert "900456" not in first["comments"][0]
    assert (second["comments"], second["consent"]) == ([WORDS], False)
    assert not {"phone", "email"} & set(second)


def test_an_address_stays_behind_once_consent_is_taken_back_and_all_of_it_once_it_is_erased(
    app: Flask, receiver: Receiver
) -> None:
    webhook = make_webhook(receiver.url, HANDED)
    back, erased = make_case(), make_case()
    with transaction():
        queue_to([webhook], HANDED, [back, erased], now())
        db.session.get_one(Case, back).consent = False
        db.session.get_one(Case, back).contact_id = None
        case = db.session.get_one(Case, erased)
        case.consent, case.contact_id, case.response_id, case.erased_at = False, None, None, now()
    run(app, "followups.webhooks")
    (came,) = receiver.came
    assert data_of(came.body)["consent"] is False
    assert b"7700900123" not in came.body
    with transaction():
        let_go(now())
    left = deliveries()[1]
    assert (left.state, left.body) == (DeliveryState.FAILED, None)


def test_a_message_that_is_not_taken_is_tried_again_under_the_same_number(
    app: Flask, receiver: Receiver, clock: time_machine.Traveller
) -> None:
    make_webhook(receiver.url, OPENED)
    receiver.statuses = [500, 302, 204]
    queue(OPENED, make_case())
    for _ in range(4):
        run(app, "followups.webhooks")
        clock.shift(timedelta(minutes=5))
    assert len(receiver.came) == 3
    assert len({came.message_id for came in receiver.came}) == 1
    assert len({came.headers["webhook-timestamp"] for came in receiver.came}) == 3
    (found,) = deliveries()
    assert (found.state, found.tries, found.status) == (DeliveryState.DELIVERED, 3, 204)


def test_after_a_day_it_has_failed_and_a_person_may_try_again(
    app: Flask, receiver: Receiver, clock: time_machine.Traveller
) -> None:
    webhook = make_webhook(receiver.url, OPENED)
    receiver.statuses = [404]
    queue(OPENED, make_case())
    for _ in range(30):
        run(app, "followups.webhooks")
        clock.shift(timedelta(hours=1))
    (found,) = deliveries()
    tries = len(receiver.came)
    assert (found.state, found.status, found.tries) == (DeliveryState.FAILED, 404, tries)
    assert 6 <= tries <= len(WAITS) + 2
    receiver.statuses = [200]
    with transaction():
        try_again(webhook, found.id, now())
    run(app, "followups.webhooks")
    assert deliveries()[0].state is DeliveryState.DELIVERED
    assert receiver.came[-1].message_id == receiver.came[0].message_id


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_waits_grow_with_jitter_and_end_after_a_day(chance: float) -> None:
    moment, waits = MOMENT, []
    for tries in range(1, 30):
        due = next_try(MOMENT, tries, moment, chance)
        if due is None:
            break
        waits.append(due - moment)
        moment = due
    assert moment == MOMENT + GIVEN_UP_AFTER
    assert all(later >= earlier for earlier, later in pairwise(waits[:-1]))
    assert 0.8 * WAITS[0] <= waits[0] <= 1.2 * WAITS[0]


def test_a_silent_system_costs_one_try_a_minute_and_holds_up_no_other(
    app: Flask, receiver: Receiver, clock: time_machine.Traveller
) -> None:
    with receiving() as gone:
        make_webhook(gone.url, OPENED, name="Silent system")
    make_webhook(receiver.url, OPENED)
    queue(OPENED, *[make_case() for _ in range(5)])
    run(app, "followups.webhooks")
    assert len(receiver.came) == 5
    silent = [one for one in deliveries() if one.state is DeliveryState.WAITING]
    assert sorted(one.tries for one in silent) == [0, 0, 0, 0, 1]
    assert all(one.due_at >= MOMENT + timedelta(minutes=1) for one in silent)


def test_two_workers_send_each_message_once(app: Flask, receiver: Receiver) -> None:
    make_webhook(receiver.url, OPENED)
    queue(OPENED, *[make_case(consent=False) for _ in range(30)])

    def work(_client: object) -> None:
        run(app, "followups.webhooks")

    at_once(app, work, work)
    assert sorted(came.message_id for came in receiver.came) == sorted(one.message_id for one in deliveries())
    assert {one.state for one in deliveries()} == {DeliveryState.DELIVERED}


def test_what_a_dead_worker_claimed_goes_once_its_claim_has_run_out(
    app: Flask, receiver: Receiver, clock: time_machine.Traveller
) -> None:
    make_webhook(receiver.url, OPENED)
    queue(OPENED, make_case())
    with transaction():
        assert len(take_some(now())) == 1
    run(app, "followups.webhooks")
    assert receiver.came == []
    clock.shift(timedelta(minutes=10))
    run(app, "followups.webhooks")
    assert len(receiver.came) == 1


def test_nothing_is_open_while_the_other_system_is_called(
    app: Flask, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        assert not db.session().in_transaction()
        return ["127.0.0.1"]

    monkeypatch.setitem(app.extensions, "resolve", resolve)
    make_webhook(receiver.url, OPENED)
    queue(OPENED, make_case())
    run(app, "followups.webhooks")
    assert len(receiver.came) == 1


def test_a_system_that_is_gone_for_good_is_switched_off(app: Flask, receiver: Receiver) -> None:
    number = make_webhook(receiver.url, OPENED)
    receiver.statuses = [410]
    queue(OPENED, make_case())
    run(app, "followups.webhooks")
    assert deliveries()[0].state is DeliveryState.FAILED
    assert db.session.get_one(Webhook, number).active is False
    action = sa.select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)
    assert db.session.scalar(action) == "webhook switched off"


def test_bodies_are_let_go_after_thirty_days(app: Flask, receiver: Receiver, clock: time_machine.Traveller) -> None:
    make_webhook(receiver.url, OPENED)
    queue(OPENED, make_case())
    run(app, "followups.webhooks")
    for days, kept in ((29, True), (2, False)):
        clock.shift(timedelta(days=days))
        run(app, "followups.let_webhooks_go")
        assert (deliveries()[0].body is not None) is kept


def test_a_body_is_sealed_where_it_lies(app: Flask, receiver: Receiver) -> None:
    webhook = make_webhook(receiver.url, HANDED)
    number = make_case()
    with transaction():
        queue_to([webhook], HANDED, [number], now())
    stored = db.session.execute(sa.text("SELECT body FROM webhook_deliveries")).scalar_one()
    secret = db.session.execute(sa.text("SELECT secret FROM webhooks")).scalar_one()
    assert "7700900123" not in stored
    assert not secret.startswith("whsec_")


def test_whoever_chose_a_webhook_for_their_own_alerts_has_them_there(app: Flask, receiver: Receiver) -> None:
    webhook = make_webhook(receiver.url)
    manager = make_user(Role.MANAGER)
    with transaction():
        db.session.add(AlertChoice(user_id=manager.id, kind=AlertKind.NEW_CASE, by_email=False, webhook_id=webhook))
    number = make_case()
    with transaction():
        notify(AlertKind.NEW_CASE, [number], now())
    run(app, "followups.webhooks")
    (came,) = receiver.came
    assert json.loads(came.body)["type"] == "alert.new_case"
    assert data_of(came.body)["user"] == manager.id
    assert data_of(came.body)["case"] == number

"""Administrators hear by email, once, that a provider refuses the council's account."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from surveys.core.db import transaction
from surveys.core.queue import ask, run_waiting
from surveys.invitations.models import InvitationState
from surveys.invitations.provider_events import read_twilio
from surveys.invitations.receipts import apply_receipt
from surveys.invitations.switch import pause, pause_for_provider, pause_now, resume
from surveys.messaging.models import Medium
from surveys.messaging.sendgrid_email import SendGridEmail
from surveys.messaging.twilio_sms import TwilioSms
from surveys.people.accounts import change_user
from surveys.people.roles import Role
from tests.invitations.made import MOMENT, Scripted
from tests.invitations.told import ACCOUNT, make_invitation, status
from tests.makers.people import make_service, make_user
from tests.messaging.wire import Provider, Reply, closed_port, provider_that, refused

TAKEN = Reply(202, "", headers={"X-Message-Id": "14c5d75ce93"})
CHIEF = "chief@example.gov.uk"


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A SendGrid that takes every email; texts would go to nobody."""
    with provider_that(*[TAKEN] * 9) as provider:
        monkeypatch.setitem(app.extensions, "senders", {Medium.EMAIL: sendgrid(provider.url)})
        yield provider


def sendgrid(url: str) -> SendGridEmail:
    return SendGridEmail("SG.key", url, "surveys@barset.example", "Barset Council")


def refuse(code: str = "20003", medium: Medium = Medium.SMS) -> None:
    with transaction():
        pause_for_provider(MOMENT, medium, code)


def sweep(app: Flask) -> None:
    app.extensions["perform"].call_local("invitations.tell_administrators")


def emails(mail: Provider) -> list[dict[str, Any]]:
    return [json.loads(request.text) for request in mail.requests]


def told(mail: Provider) -> list[str]:
    return [email["personalizations"][0]["to"][0]["email"] for email in emails(mail)]


def test_a_refusal_by_twilio_is_told_by_email_as_soon_as_it_is_settled(
    app: Flask, mail: Provider, tmp_path: Path
) -> None:
    make_user(email=CHIEF)
    make_invitation(tmp_path, InvitationState.DUE, reference=None)
    with provider_that(refused(401, 20003)) as twilio:
        app.extensions["senders"][Medium.SMS] = TwilioSms(ACCOUNT, "wrong", "MG1", twilio.url, "")
        with transaction():
            ask("invitations.send")
        run_waiting(app)
    assert told(mail) == [CHIEF]
    words = emails(mail)[0]["content"][0]["value"]
    assert "code 20003: Twilio does not accept the account or its token" in words
    assert "since 10 March 2026 at 12:00pm" in words
    assert app.extensions["settings"].public_url + "/invitations" in words


def test_a_receipt_that_tells_of_a_refused_account_is_told_too(app: Flask, mail: Provider, tmp_path: Path) -> None:
    make_user(email=CHIEF)
    make_invitation(tmp_path)
    receipt = read_twilio(status(told="failed", code=30002), None, MOMENT)
    assert receipt is not None
    with transaction():
        apply_receipt(receipt, MOMENT)
    run_waiting(app)
    assert told(mail) == [CHIEF]


def test_a_message_to_staff_has_none_of_the_headers_of_a_resident_s(app: Flask, mail: Provider) -> None:
    make_user(email=CHIEF)
    refuse()
    run_waiting(app)
    assert emails(mail)[0]["headers"] == {"Auto-Submitted": "auto-generated"}


def test_every_active_administrator_of_the_whole_council_is_told_and_nobody_else(app: Flask, mail: Provider) -> None:
    make_user(email=CHIEF)
    make_user(Role.ADMINISTRATOR, Role.MANAGER, email="deputy@example.gov.uk")
    make_user(Role.MANAGER, email="manager@example.gov.uk")
    make_user(Role.ADMINISTRATOR, email="parking@example.gov.uk", service=make_service())
    former = make_user(email="former@example.gov.uk")
    with transaction():
        change_user(former, former.name, False, [(Role.ADMINISTRATOR, None)])
    refuse()
    run_waiting(app)
    assert told(mail) == [CHIEF, "deputy@example.gov.uk"]
    correlations = [email["personalizations"][0]["custom_args"]["correlation"] for email in emails(mail)]
    assert len(set(correlations)) == 2


def test_one_pause_is_told_once_however_often_it_is_looked_for_and_refused_again(app: Flask, mail: Provider) -> None:
    make_user(email=CHIEF)
    refuse()
    run_waiting(app)
    refuse("30002")
    run_waiting(app)
    sweep(app)
    assert told(mail) == [CHIEF]


def test_a_new_pause_is_told_again(app: Flask, mail: Provider) -> None:
    make_user(email=CHIEF)
    for _ in range(2):
        refuse()
        run_waiting(app)
        with transaction():
            resume()
    sweep(app)
    assert told(mail) == [CHIEF] * 2


def test_a_lost_ask_is_made_good_by_the_sweep_at_any_hour(
    app: Flask, mail: Provider, clock: time_machine.Traveller
) -> None:
    make_user(email=CHIEF)
    refuse()
    app.extensions["huey"].flush()
    clock.shift(timedelta(hours=12))
    sweep(app)
    assert told(mail) == [CHIEF]


def test_a_pause_by_a_person_alerts_nobody(app: Flask, mail: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    make_user(email=CHIEF)
    with transaction():
        pause(MOMENT)
    refuse()
    run_waiting(app)
    sweep(app)
    assert mail.requests == []
    assert capsys.readouterr().err == ""


def test_a_refusal_by_the_email_provider_is_told_on_the_console_alone(
    app: Flask, mail: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    make_user(email=CHIEF)
    refuse("401", Medium.EMAIL)
    run_waiting(app)
    sweep(app)
    assert mail.requests == []
    assert capsys.readouterr().err.count("only the console says so") == 1


def test_without_a_sender_of_emails_only_the_console_tells(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_user(email=CHIEF)
    monkeypatch.setitem(app.extensions, "senders", {Medium.SMS: Scripted()})
    refuse()
    run_waiting(app)
    assert "only the console says so" in capsys.readouterr().err


@pytest.mark.parametrize("answer", [Reply(401, ""), Reply(500, ""), Reply(drops=True), None])
def test_an_email_provider_that_is_broken_does_not_break_the_task_and_is_not_tried_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: Reply | None
) -> None:
    make_user(email=CHIEF)
    with provider_that(*([answer] if answer else [])) as provider:
        url = provider.url if answer else f"http://127.0.0.1:{closed_port()}"
        monkeypatch.setitem(app.extensions, "senders", {Medium.EMAIL: sendgrid(url)})
        refuse()
        run_waiting(app)
        sweep(app)
        assert len(provider.requests) == (1 if answer else 0)
    found = capsys.readouterr().err
    assert "not every administrator was told" in found
    assert CHIEF not in found
    assert pause_now() is not None


def test_the_pause_is_marked_as_told_before_any_email_leaves(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(email=CHIEF)
    provider = Scripted()

    def look_again(message: object) -> object:
        sweep(app)
        return Scripted().send(message)  # type: ignore[arg-type]  # a message

    provider.answer = look_again  # type: ignore[assignment]  # a scripted provider
    monkeypatch.setitem(app.extensions, "senders", provider.senders())
    refuse()
    run_waiting(app)
    assert provider.recipients == [CHIEF]

"""The settings choose who carries texts and who carries emails."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from surveys.core.settings import Settings, read_settings
from surveys.messaging.inbox import Inbox
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, Missing, Sender
from surveys.messaging.senders import init_senders, status_url
from surveys.messaging.sendgrid_email import SendGridEmail
from surveys.messaging.smtp_email import SmtpEmail
from surveys.messaging.twilio_sms import TwilioSms
from tests.messaging.relay import relay_that
from tests.messaging.wire import Reply, created, listing, provider_that

GIVEN: dict[str, object] = {
    "secret_key": "qV7m2xR9tB4kLw8ZpY3sNc6HdJ1fGa5E0uTi",
    "public_url": "http://127.0.0.1:8000",
    "sms_sender": "twilio",
    "email_sender": "none",
    "twilio_account_sid": "AC1",
    "twilio_auth_token": "the-token",
    "twilio_messaging_service_sid": "MG1",
    "email_from": "surveys@barset.example",
    "sendgrid_api_key": "SG.key",
    "smtp_host": "127.0.0.1",
    "smtp_security": "none",
}


def settings(**given: object) -> Settings:
    return read_settings(**GIVEN | given)


def chosen(**given: object) -> dict[Medium, Sender]:
    app = Flask("senders")
    init_senders(app, settings(**given))
    found: dict[Medium, Sender] = app.extensions["senders"]
    return found


def message(medium: Medium) -> Message:
    return Message(medium, "a@example.com" if medium is Medium.EMAIL else "+447700900001", "words", "corr-1", "s")


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, {Medium.SMS: TwilioSms}),
        ({"sms_sender": "none"}, {}),
        ({"sms_sender": "inbox", "email_sender": "inbox"}, {Medium.SMS: Inbox, Medium.EMAIL: Inbox}),
        ({"email_sender": "sendgrid"}, {Medium.SMS: TwilioSms, Medium.EMAIL: SendGridEmail}),
        ({"email_sender": "smtp"}, {Medium.SMS: TwilioSms, Medium.EMAIL: SmtpEmail}),
    ],
)
def test_each_medium_has_the_sender_that_the_settings_name(
    given: dict[str, object], kinds: dict[Medium, type[object]]
) -> None:
    assert {medium: type(sender) for medium, sender in chosen(**given).items()} == kinds


def test_twilio_is_asked_as_the_settings_say() -> None:
    with provider_that(created("SM1")) as provider:
        found = chosen(twilio_base_url=provider.url)[Medium.SMS].send(message(Medium.SMS))
    (request,) = provider.requests
    assert found == Accepted("SM1")
    assert (request.account, request.secret, request.form["MessagingServiceSid"]) == ("AC1", "the-token", "MG1")
    assert request.form["StatusCallback"] == "http://127.0.0.1:8000/hooks/twilio/status?c=corr-1#rc=3&rp=5xx,ct,rt"


def test_twilio_is_asked_with_an_api_key_where_the_settings_have_one() -> None:
    key = {"twilio_api_key_sid": "SK1", "twilio_api_key_secret": "the-key's-secret"}
    with provider_that(created("SM1"), listing()) as provider:
        sender = chosen(**key, twilio_base_url=provider.url)[Medium.SMS]
        assert sender.send(message(Medium.SMS)) == Accepted("SM1")
        text = Message(Medium.SMS, "+447700900001", "https://surveys.example/s/abc", "corr-1")
        assert sender.find(text, datetime(2026, 11, 2, tzinfo=UTC)) == Missing()
    assert [(request.account, request.secret) for request in provider.requests] == [("SK1", "the-key's-secret")] * 2
    assert {request.path for request in provider.requests} == {"/2010-04-01/Accounts/AC1/Messages.json"}


def test_sendgrid_is_asked_as_the_settings_say() -> None:
    with provider_that(Reply(200, "")) as provider:
        given = {"email_sender": "sendgrid", "sendgrid_base_url": provider.url, "sendgrid_sandbox": True}
        chosen(**given)[Medium.EMAIL].send(message(Medium.EMAIL))
    (request,) = provider.requests
    assert request.bearer == "SG.key"
    assert '"sandbox_mode": {"enable": true}' in request.text
    assert '"email": "surveys@barset.example", "name": "Example Council"' in request.text


def test_the_relay_is_asked_as_the_settings_say() -> None:
    with relay_that() as relay:
        given = {"email_sender": "smtp", "smtp_port": relay.port, "smtp_username": "fairly", "smtp_password": "word"}
        found = chosen(**given)[Medium.EMAIL].send(message(Medium.EMAIL))
    assert found == Accepted("corr-1@barset.example")
    assert any(command.startswith("AUTH PLAIN") for command in relay.commands)


def test_twilio_is_told_no_address_that_it_could_not_reach() -> None:
    assert status_url(settings()) == ""
    assert status_url(settings(twilio_base_url="http://127.0.0.1:4010")) == "http://127.0.0.1:8000/hooks/twilio/status"
    assert status_url(settings(public_url="https://a.gov.uk/")) == "https://a.gov.uk/hooks/twilio/status"

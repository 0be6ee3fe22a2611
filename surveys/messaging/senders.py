"""Which sender carries which medium: chosen by settings, one of each an app."""

from flask import Flask, current_app

from surveys.core.settings import Settings
from surveys.messaging.inbox import Inbox
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Sender
from surveys.messaging.twilio_sms import TwilioSms


def init_senders(app: Flask, settings: Settings) -> None:
    senders: dict[Medium, Sender] = {}
    if settings.sms_sender == "inbox":
        senders[Medium.SMS] = Inbox()
    elif settings.sms_sender == "twilio":
        senders[Medium.SMS] = twilio(settings)
    if settings.email_sender == "inbox":
        senders[Medium.EMAIL] = Inbox()
    app.extensions["senders"] = senders


def twilio(settings: Settings) -> TwilioSms:
    return TwilioSms(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_messaging_service_sid,
        settings.twilio_base_url,
        status_url="",
    )


def senders() -> dict[Medium, Sender]:
    found: dict[Medium, Sender] = current_app.extensions["senders"]
    return found

"""Which sender carries which medium: chosen by settings, one of each an app, shared by its threads."""

from urllib.parse import urlsplit

from flask import Flask, current_app

from surveys.core.settings import Settings
from surveys.messaging.inbox import Inbox
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Sender
from surveys.messaging.sendgrid_email import SendGridEmail
from surveys.messaging.smtp_email import Relay, SmtpEmail
from surveys.messaging.twilio_sms import TwilioSms

STATUS_PATH = "/hooks/twilio/status"


def init_senders(app: Flask, settings: Settings) -> None:
    chosen = {Medium.SMS: sms_sender(settings), Medium.EMAIL: email_sender(settings)}
    app.extensions["senders"] = {medium: sender for medium, sender in chosen.items() if sender}


def sms_sender(settings: Settings) -> Sender | None:
    match settings.sms_sender:
        case "inbox":
            return Inbox()
        case "twilio":
            return twilio(settings)
    return None


def email_sender(settings: Settings) -> Sender | None:
    match settings.email_sender:
        case "inbox":
            return Inbox()
        case "sendgrid":
            return sendgrid(settings)
        case "smtp":
            return smtp(settings)
    return None


def twilio(settings: Settings) -> TwilioSms:
    by_key = bool(settings.twilio_api_key_sid)
    return TwilioSms(
        settings.twilio_account_sid,
        (settings.twilio_api_key_secret if by_key else settings.twilio_auth_token).get_secret_value(),
        settings.twilio_messaging_service_sid,
        settings.twilio_base_url,
        status_url(settings),
        settings.send_threads,
        settings.twilio_api_key_sid,
    )


def status_url(settings: Settings) -> str:
    """Where Twilio tells what became of a text; none where the real Twilio could not reach this machine."""
    real = (urlsplit(settings.twilio_base_url).hostname or "").endswith("twilio.com")
    return settings.survey_url(STATUS_PATH) if settings.production or not real else ""


def sendgrid(settings: Settings) -> SendGridEmail:
    return SendGridEmail(
        settings.sendgrid_api_key.get_secret_value(),
        settings.sendgrid_base_url,
        settings.email_from,
        settings.council_name,
        settings.sendgrid_sandbox,
        settings.send_threads,
    )


def smtp(settings: Settings) -> SmtpEmail:
    relay = Relay(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_username,
        settings.smtp_password.get_secret_value(),
        settings.smtp_security,
    )
    return SmtpEmail(relay, settings.email_from, settings.council_name)


def senders() -> dict[Medium, Sender]:
    found: dict[Medium, Sender] = current_app.extensions["senders"]
    return found

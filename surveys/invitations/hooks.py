"""/hooks/...: what Twilio and SendGrid tell us of messages. Nothing unsigned is believed, nothing of it is logged.

Texts that come back have a door of their own, answers/text_door.py, which answers them.
"""

import json
from typing import NoReturn

from flask import Blueprint, Response, current_app, request

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.logs import log
from surveys.core.refusals import NotAllowed
from surveys.core.settings import Settings
from surveys.invitations.provider_events import Receipt, read_sendgrid, read_twilio
from surveys.invitations.receipts import apply_receipt
from surveys.messaging.signatures import TwilioSecrets, sendgrid_signed, twilio_signed

blueprint = Blueprint("hooks", __name__)
# A text has 1,600 characters at most, of up to nine bytes each on the way; SendGrid gathers events.
LARGEST_TWILIO = 64_000
LARGEST_SENDGRID = 2_000_000


def the_settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def refuse(why: str) -> NoReturn:
    log.warning("a webhook was refused", endpoint=request.endpoint, why=why)
    raise NotAllowed("This address takes only what our providers sign and can be read.")


def taken() -> Response:
    return Response(status=204, mimetype="text/plain")


@blueprint.before_request
def bound() -> None:
    """No more is read than a provider would send."""
    by_twilio = request.path.startswith("/hooks/twilio/")
    request.max_content_length = LARGEST_TWILIO if by_twilio else LARGEST_SENDGRID


@blueprint.post("/hooks/twilio/status")
def twilio_status() -> Response:
    require_twilio()
    moment = now()
    receipt = read_twilio(request.form, request.args.get("c"), moment)
    if receipt is None:
        refuse("unreadable")
    with transaction():
        apply_receipt(receipt, moment)
    return taken()


@blueprint.post("/hooks/sendgrid/events")
def sendgrid_events() -> Response:
    """A transaction for each event, so that two deliveries that overlap never wait for each other in a ring."""
    for receipt in signed_events():
        with transaction():
            apply_receipt(receipt, now())
    return taken()


def require_twilio() -> None:
    """Signed over the address as Twilio was given it: ours, not the one that this request's headers claim."""
    settings = the_settings()
    query = request.query_string.decode("latin-1")
    url = settings.survey_url(request.path) + (f"?{query}" if query else "")
    is_form = request.mimetype == "application/x-www-form-urlencoded"
    sent = request.form if is_form else request.get_data()
    if not twilio_signed(url, sent, request.headers, secrets_of(settings)):
        refuse("signature")
    if request.form.get("AccountSid") != settings.twilio_account_sid:
        refuse("account")


def secrets_of(settings: Settings) -> TwilioSecrets:
    tokens = (settings.twilio_auth_token, settings.twilio_auth_token_secondary)
    return TwilioSecrets(
        tuple(token.get_secret_value() for token in tokens),
        settings.twilio_webhook_key_id,
        settings.twilio_webhook_key.get_secret_value(),
    )


def signed_events() -> list[Receipt]:
    """The readable events of a signed array. One that cannot be read is passed over: it would come again for ever."""
    body = request.get_data()
    if not sendgrid_signed(the_settings().sendgrid_webhook_public_key, request.headers, body, now()):
        refuse("signature")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        refuse("unreadable")
    if not isinstance(told, list):
        refuse("unreadable")
    receipts = [receipt for item in told if (receipt := read_sendgrid(item, now())) is not None]
    if len(receipts) < len(told):
        log.warning("events that could not be read were passed over", events=len(told) - len(receipts))
    return receipts

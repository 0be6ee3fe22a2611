"""/hooks/twilio/inbound: a text that came back, answered in TwiML. Only what Twilio has signed is believed."""

from flask import Blueprint, Response, request
from twilio.twiml.messaging_response import MessagingResponse

from surveys.answers.conversation import hear
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.invitations.hooks import LARGEST_TWILIO, refuse, require_twilio
from surveys.invitations.provider_events import REFERENCE
from surveys.invitations.replies import Inbound
from surveys.messaging.keywords import Meaning

blueprint = Blueprint("texts", __name__)
LONGEST_REFERENCE = 80
LONGEST_SENDER = 40


@blueprint.before_request
def bound() -> None:
    """No more is read than a provider would send."""
    request.max_content_length = LARGEST_TWILIO


@blueprint.post("/hooks/twilio/inbound")
def take() -> Response:
    """A text told again is answered by nothing: the first telling has been."""
    require_twilio()
    inbound = read_inbound()
    with transaction():
        words = hear(inbound, now())
    response = MessagingResponse()
    if words is not None:
        response.message(words)
    return Response(str(response), content_type="text/xml; charset=utf-8")


def read_inbound() -> Inbound:
    form = request.form
    reference, sender, words = form.get("MessageSid", ""), form.get("From", ""), form.get("Body")
    fits = len(reference) <= LONGEST_REFERENCE and 0 < len(sender) <= LONGEST_SENDER
    if not (REFERENCE.fullmatch(reference) and fits) or words is None:
        refuse("unreadable")
    return Inbound(reference, sender, words, done_by_twilio(form.get("OptOutType", "")))


def done_by_twilio(told: str) -> Meaning | None:
    """What Twilio's own handling of keywords has made of the text. It has answered the person then."""
    by_name = {meaning.name: meaning for meaning in (Meaning.STOP, Meaning.START, Meaning.HELP)}
    return by_name.get(told.upper())

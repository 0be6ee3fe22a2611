"""Makers of webhooks, with their secret, and of messages to them."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.followups.webhooks.admin import add_webhook, send_test
from surveys.followups.webhooks.models import WebhookEvent
from tests.makers.people import make_user


def make_webhook(
    url: str = "https://complaints.example/",
    *events: WebhookEvent,
    name: str = "Complaints system",
    tried: bool = False,
) -> int:
    """Added by somebody of its own; returns its number. tried: a test message waits for it."""
    user = make_user(email=f"keeper.of.{name.split()[0].lower()}@example.gov.uk")
    with transaction():
        number = add_webhook(name, url, [event.value for event in events], user.id, now()).id
        if tried:
            send_test(number, now())
    return number

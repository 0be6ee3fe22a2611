"""The form of a webhook, as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.followups.webhooks.admin import BadField
from surveys.followups.webhooks.models import Webhook, WebhookEvent

LONGEST_NAME = 80
EVENT_WORDS = {
    WebhookEvent.CASE_OPENED: "A case was opened",
    WebhookEvent.CASE_LATE: "A case ran past a deadline",
    WebhookEvent.CASE_CLOSED: "A case was closed",
    WebhookEvent.CASE_HANDED_OVER: "A case is handed over to it",
}


@dataclass(frozen=True)
class Typed:
    name: str = ""
    url: str = ""
    events: Sequence[str] = ()

    def check(self) -> None:
        """Raises BadField for what can be told without asking anybody."""
        if not self.name:
            raise BadField("name", "Enter a name")
        if len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise BadField("name", f"Name must be {LONGEST_NAME} characters or less")
        if not self.url:
            raise BadField("url", "Enter the address")


def read_typed(form: Mapping[str, str], events: Sequence[str]) -> Typed:
    known = [event for event in events if event in list(WebhookEvent)]
    return Typed(" ".join(form.get("name", "").split()), form.get("url", "").strip(), known)


def typed_of(webhook: Webhook) -> Typed:
    return Typed(webhook.name, webhook.url, list(webhook.events))

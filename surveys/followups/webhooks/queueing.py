"""What other systems are told of cases: a message waits for each webhook that wants it; sending.py sends it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db, table_of
from surveys.core.queue import ask
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.payloads import as_json, case_payloads, handed_payloads

TEST_EVENT = "webhook.test"
AT_ONCE = 5000


def queue_event(event: WebhookEvent, case_ids: Sequence[int], moment: datetime) -> None:
    """A message about each case to each active webhook that wants the event. Runs in a transaction."""
    wanting = [number for number, events in active_webhooks() if event.value in events]
    if not wanting:
        return
    for start in range(0, len(case_ids), AT_ONCE):
        queue_to(wanting, event, case_ids[start : start + AT_ONCE], moment)


def queue_to(webhooks: Sequence[int], event: WebhookEvent, case_ids: Sequence[int], moment: datetime) -> None:
    """To these webhooks and no other. Only what is handed over has words or an address in it."""
    read = handed_payloads if event is WebhookEvent.CASE_HANDED_OVER else case_payloads
    found = read(case_ids)
    add(
        delivery(webhook, event.value, as_json(event.value, moment, payload), moment, case_id=number)
        for number, payload in found.items()
        for webhook in webhooks
    )


def queue_test(webhook_id: int, moment: datetime) -> None:
    """A message that says nothing, so that the other side can be tried."""
    body = as_json(TEST_EVENT, moment, {"words": "A test message of Fairly. Nothing has happened."})
    add([delivery(webhook_id, TEST_EVENT, body, moment)])


def active_webhooks() -> list[tuple[int, Sequence[str]]]:
    query = sa.select(Webhook.id, Webhook.events).where(Webhook.active).order_by(Webhook.id)
    return [(row.id, row.events) for row in db.session.execute(query)]


def delivery(webhook_id: int, event: str, body: str, moment: datetime, **of: int) -> dict[str, Any]:
    """message_id: random, without a full stop, the same for each try."""
    told = {"case_id": None, "user_id": None} | of
    state = {"state": DeliveryState.WAITING, "made_at": moment, "due_at": moment, "tries": 0}
    return {
        "message_id": f"msg_{secrets.token_hex(16)}",
        "webhook_id": webhook_id,
        "event": event,
        "body": body,
        **told,
        **state,
    }


def add(rows: Iterable[Mapping[str, Any]]) -> None:
    made = list(rows)
    if made:
        db.session.execute(sa.insert(table_of(WebhookDelivery)), made)
        ask("followups.webhooks")

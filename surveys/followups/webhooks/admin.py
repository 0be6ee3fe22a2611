"""Webhooks as administrators keep them: added, changed, tried, given another secret, switched off, deleted.

Each runs inside the caller's transaction and leaves an audit entry. A secret is shown once and kept sealed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.queueing import queue_test
from surveys.followups.webhooks.signing import new_secret, rotated, secrets_in
from surveys.followups.webhooks.wire import BadAddress, Resolve, judged, look_up, split
from surveys.people.audit import record

LONGEST_URL = 500
AT_ONCE = 50


@dataclass(frozen=True)
class Listed:
    """A webhook with how many messages wait for it and how many failed."""

    webhook: Webhook
    waiting: int
    failed: int


class BadField(Refused):
    """What is wrong in one field of the form."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def check_address(url: str, loopback: bool, resolve: Resolve = look_up) -> None:
    """Raises BadField in words that say what to put right. The name is looked up, with no transaction open."""
    if len(url) > LONGEST_URL:
        raise BadField("url", f"Address must be {LONGEST_URL} characters or less")
    try:
        judged(split(url, loopback), loopback, resolve)
    except BadAddress as fault:
        raise BadField("url", f"The address {fault}") from fault


def add_webhook(name: str, url: str, events: Collection[str], user_id: int, moment: datetime) -> Webhook:
    secret = new_secret()
    check_name(name, None)
    webhook = Webhook(
        name=name, url=url, secret=secret, events=in_order(events), active=True, made_at=moment, made_by=user_id
    )
    db.session.add(webhook)
    db.session.flush()
    record("webhook added", f"webhook:{webhook.id}", host=host_of(url), events=list(webhook.events))
    return webhook


def change_webhook(number: int, name: str, url: str, events: Collection[str]) -> None:
    webhook = held_webhook(number)
    check_name(name, number)
    webhook.name, webhook.url, webhook.events = name, url, in_order(events)
    db.session.flush()
    record("webhook changed", f"webhook:{number}", host=host_of(url), events=list(webhook.events))


def check_name(name: str, number: int | None) -> None:
    found = db.session.scalar(sa.select(Webhook.id).where(Webhook.name == name))
    if found is not None and found != number:
        raise BadField("name", "There is already a webhook with this name")


def in_order(events: Collection[str]) -> list[str]:
    return [event.value for event in WebhookEvent if event.value in events]


def host_of(url: str) -> str:
    """What of an address may stand in the audit trail: a path may hold a key."""
    return urlsplit(url).hostname or ""


def held_webhook(number: int) -> Webhook:
    query = sa.select(Webhook).where(Webhook.id == number).with_for_update()
    webhook = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if webhook is None:
        raise NotFound("There is no such webhook.")
    return webhook


def find_webhook(number: int) -> Webhook:
    webhook = db.session.get(Webhook, number)
    if webhook is None:
        raise NotFound("There is no such webhook.")
    return webhook


def rotate_secret(number: int) -> str:
    """The new secret. The one before it signs too, until it is retired."""
    webhook = held_webhook(number)
    webhook.secret = rotated(webhook.secret)
    db.session.flush()
    record("webhook secret changed", f"webhook:{number}")
    return secrets_in(webhook.secret)[0]


def retire_old_secret(number: int) -> None:
    webhook = held_webhook(number)
    webhook.secret = secrets_in(webhook.secret)[0]
    db.session.flush()
    record("webhook old secret retired", f"webhook:{number}")


def has_old_secret(webhook: Webhook) -> bool:
    return len(secrets_in(webhook.secret)) > 1


def switch(number: int, active: bool) -> None:
    """What waits for one that is off stays until its day is over."""
    webhook = held_webhook(number)
    webhook.active = active
    db.session.flush()
    record("webhook switched on" if active else "webhook switched off", f"webhook:{number}")


def delete_webhook(number: int) -> None:
    """With all messages to it."""
    db.session.delete(held_webhook(number))
    db.session.flush()
    record("webhook deleted", f"webhook:{number}")


def send_test(number: int, moment: datetime) -> None:
    if not held_webhook(number).active:
        raise Conflict("This webhook is switched off. Switch it on first.")
    queue_test(number, moment)
    record("webhook tried", f"webhook:{number}")


def try_again(number: int, delivery_id: int, moment: datetime) -> None:
    """Send a message once more under its own number, now and, where it fails, as its day allows."""
    held_webhook(number)
    d = WebhookDelivery
    query = sa.select(d).where(d.id == delivery_id, d.webhook_id == number).with_for_update()
    delivery = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if delivery is None:
        raise NotFound("There is no such message.")
    if delivery.body is None:
        raise Conflict("What this message said is no longer kept, so it cannot be sent again.")
    delivery.state, delivery.due_at = DeliveryState.WAITING, moment
    db.session.flush()
    record("webhook message sent again", f"delivery:{delivery_id}", webhook=number)


def all_webhooks() -> Sequence[Listed]:
    """By name; one query."""
    d = WebhookDelivery

    def count(state: DeliveryState) -> sa.ScalarSelect[int]:
        found = sa.select(sa.func.count()).where(d.webhook_id == Webhook.id, d.state == state)
        return found.correlate(Webhook).scalar_subquery()

    query = sa.select(Webhook, count(DeliveryState.WAITING), count(DeliveryState.FAILED)).order_by(Webhook.name)
    return [Listed(*row) for row in db.session.execute(query)]


def deliveries_of(number: int, before: int | None) -> Sequence[sa.Row[*tuple[object, ...]]]:
    """A page of messages, the newest first; never what they say."""
    d = WebhookDelivery
    columns = (d.id, d.message_id, d.event, d.case_id, d.state, d.made_at, d.due_at, d.tries, d.tried_at, d.status)
    query = sa.select(*columns, d.body.is_not(None).label("kept")).where(d.webhook_id == number)
    query = query.where(d.id < before) if before is not None else query
    return db.session.execute(query.order_by(d.id.desc()).limit(AT_ONCE)).all()

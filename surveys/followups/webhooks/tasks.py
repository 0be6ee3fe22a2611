"""Messages to other systems, by the queue; a sweep each minute makes good a lost ask."""

import random
from datetime import timedelta

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.logs import log
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.followups.webhooks import sending as webhooks
from surveys.followups.webhooks.wire import Answered, look_up, post

# The next run begins where this one stops.
LONGEST_RUN = timedelta(minutes=5)


@task("followups.webhooks", every_minutes=1)
def send_webhooks() -> None:
    began, failed = now(), 0
    while now() - began < LONGEST_RUN:
        with transaction():
            taken = webhooks.take_some(now())
        if not taken:
            break
        answers = webhooks.send_all(taken, leave, now)
        failed += sum(answer.status is None or answer.status >= 300 for _, answer in answers)
        with transaction():
            webhooks.settle(answers, now(), random.random)
    if failed:
        log.error("messages to other systems were not taken; they are tried again for a day", count=failed)


def leave(url: str, headers: dict[str, str], body: bytes) -> Answered:
    """This machine itself may be meant only where residents cannot reach this installation."""
    settings: Settings = current_app.extensions["settings"]
    resolve = current_app.extensions.get("resolve", look_up)
    return post(url, headers, body, not settings.production, resolve)


@task("followups.let_webhooks_go", every_minutes=60)
def let_webhooks_go() -> None:
    """Bodies of messages past their term."""
    with transaction():
        webhooks.let_go(now())

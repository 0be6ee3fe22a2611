"""Invitations by the queue."""

import threading
from datetime import timedelta

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.core.settings import Settings
from surveys.invitations.alerts import send_alert, take_alert
from surveys.invitations.invite import invite, media_of
from surveys.invitations.outbox import send_due
from surveys.invitations.policy import reminding, sending_rules, when
from surveys.invitations.reconcile import reconcile
from surveys.invitations.remind import remind
from surveys.invitations.settle import give_up_stale_claims
from surveys.messaging.senders import senders

# Held while this process sends: a second run in it would double its threads over the same kept connections.
SENDING = threading.Lock()


@task("invitations.invite", every_minutes=5)
def invite_selected() -> None:
    """Make what invitations are wanting, then wake the sending."""
    with transaction():
        if invite(now(), media_of(dict(senders())), when()):
            ask("invitations.send")


@task("invitations.send", every_minutes=1)
def send() -> None:
    """Send what is due, unless this process does so already: its run goes on till nothing is left."""
    if not SENDING.acquire(blocking=False):
        return
    try:
        send_due(senders(), rules=sending_rules())
    finally:
        SENDING.release()


@task("invitations.remind", every_minutes=30)
def remind_unanswered() -> None:
    """Make the reminders that are wanting."""
    with transaction():
        if remind(now(), reminding()):
            ask("invitations.send")


@task("invitations.sweep", every_minutes=1)
def sweep() -> None:
    """Mark claims that a dead worker left, then ask the providers about what is uncertain."""
    stale = sending_rules().stale_seconds
    with transaction():
        give_up_stale_claims(now(), stale)
    reconcile(senders(), first_look=timedelta(seconds=stale / 5))


@task("invitations.tell_administrators", every_minutes=5)
def tell_administrators() -> None:
    """Email administrators that a provider refuses the account, once for each pause."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        alert = take_alert(now())
    if alert is not None:
        send_alert(alert, senders(), settings.survey_url("/invitations"))

"""Invitations by the queue."""

from datetime import timedelta

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.invitations.invite import invite, media_of
from surveys.invitations.outbox import send_due
from surveys.invitations.policy import reminding, sending_rules, when
from surveys.invitations.reconcile import reconcile
from surveys.invitations.remind import remind
from surveys.invitations.settle import give_up_stale_claims
from surveys.messaging.senders import senders


@task("invitations.invite", every_minutes=5)
def invite_selected() -> None:
    """Make what invitations are wanting, then wake the sending."""
    with transaction():
        if invite(now(), media_of(dict(senders())), when()):
            ask("invitations.send")


@task("invitations.send", every_minutes=1)
def send() -> None:
    """Send what is due."""
    send_due(senders(), rules=sending_rules())


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
    reconcile(senders(), now(), timedelta(seconds=stale / 5))

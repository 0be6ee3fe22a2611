"""Invitations by the queue."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.invitations.invite import invite, media_of
from surveys.invitations.outbox import give_up_stale_claims, send_due
from surveys.messaging.senders import senders


@task("invitations.invite", every_minutes=5)
def invite_selected() -> None:
    """Make what invitations are wanting, then wake the sending."""
    with transaction():
        if invite(now(), media_of(dict(senders()))):
            ask("invitations.send")


@task("invitations.send", every_minutes=1)
def send() -> None:
    """Send what is due."""
    send_due(senders())


@task("invitations.sweep", every_minutes=5)
def sweep() -> None:
    """Mark claims that a dead worker left."""
    with transaction():
        give_up_stale_claims(now())

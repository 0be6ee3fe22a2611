"""The draw and the commitments, by the queue."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.core.settings import Settings
from surveys.sampling.draw import Reach, draw
from surveys.sampling.plans import ensure_plans


def reach() -> Reach:
    settings: Settings = current_app.extensions["settings"]
    return Reach(texts=settings.sms_sender != "none", emails=settings.email_sender != "none")


@task("sampling.draw", every_minutes=5)
def draw_new() -> None:
    """Draw what was loaded, then wake the invitations."""
    with transaction():
        if draw(now(), reach()):
            ask("invitations.invite")


@task("sampling.commit", daily_at=1)
def commit() -> None:
    """Commit the next month's plan ahead of it."""
    with transaction():
        ensure_plans(now())

"""Telling assessors of commitments, by the queue."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.logs import log
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.evidence.assessors.commitments import send_letters, settle, take_letters
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders


@task("evidence.tell_assessors", every_minutes=30)
def tell_assessors() -> None:
    """Tell each assessor of each plan that they were not told of."""
    settings: Settings = current_app.extensions["settings"]
    sender = senders().get(Medium.EMAIL)
    if sender is None:
        log.info("no assessor can be told of commitments: this installation sends no email")
        return
    with transaction():
        letters = take_letters(now())
    if letters:
        sent = send_letters(letters, sender, settings.survey_url("/sampling"))
        with transaction():
            settle(sent, now())

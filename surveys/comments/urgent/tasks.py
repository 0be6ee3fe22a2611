"""Telling those on duty, by the queue: as soon as something is raised, and by a sweep each minute."""

from flask import current_app

from surveys.comments.urgent.alerts import name_recipients, send_batches, settle, take_batches
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.logs import log
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders


@task("comments.tell", every_minutes=1)
def tell() -> None:
    """Email those on duty at any hour; nothing is sent where nothing is new."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        without = name_recipients()
        batches = take_batches(now())
    if without:
        log.error("urgent comments wait and there is nobody to tell; the console says so", count=without)
    if batches:
        sent = send_batches(batches, senders().get(Medium.EMAIL), settings.survey_url("/comments/urgent"))
        with transaction():
            settle(sent, now())

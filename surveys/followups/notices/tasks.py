"""Telling people of cases, by the queue; a sweep each minute makes good a lost ask."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.followups.emails.alerts import may_tell
from surveys.followups.notices import lists as notices
from surveys.followups.notices import mail
from surveys.followups.notices.escalation import escalate
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders


@task("followups.tell_of_cases", every_minutes=1)
def tell_of_cases() -> None:
    """Urgent news at any hour, other news by day."""
    settings: Settings = current_app.extensions["settings"]
    moment = now()
    with transaction():
        batches = mail.take_batches(moment, may_tell(moment))
    if batches:
        sent = mail.send_batches(batches, senders().get(Medium.EMAIL), settings.survey_url)
        with transaction():
            mail.settle(sent)


@task("followups.escalate_cases", every_minutes=10)
def escalate_late() -> None:
    with transaction():
        escalate(now())


@task("followups.let_notices_go", daily_at=3)
def let_notices_go() -> None:
    with transaction():
        notices.let_go(now())

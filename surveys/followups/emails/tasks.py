"""Emails to staff by the queue. Whether it is time is asked on the council's clock: the worker's may be another."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.logs import log
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.followups.emails.alerts import may_tell, take_news, tell
from surveys.followups.emails.weekly import send_digests, week_due
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders


@task("followups.digest", every_minutes=10)
def digest() -> None:
    """On Monday from 7:10am, London time, write to whoever was not written to this week."""
    settings: Settings = current_app.extensions["settings"]
    moment, sender = now(), senders().get(Medium.EMAIL)
    week = week_due(moment)
    if week is not None and sender is None:
        log.error("no weekly email can go: this installation sends no email")
    elif week is not None and sender is not None:
        send_digests(week, moment, sender, settings.survey_url)


@task("followups.signals", every_minutes=60)
def signals() -> None:
    """Look for signals that are new since the last look, and tell them by day."""
    settings: Settings = current_app.extensions["settings"]
    moment = now()
    if not may_tell(moment):
        return
    news = take_news(moment)
    if news.standing_out:
        tell(news, senders().get(Medium.EMAIL), settings.survey_url, moment)

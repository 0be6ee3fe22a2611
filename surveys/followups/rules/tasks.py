"""Opening cases, by the queue. Each run finds its work in the rows."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.core.settings import Settings
from surveys.followups.rules.opening import LATELY, open_cases
from surveys.messaging.hours import hours_of


@task("followups.open_cases", every_minutes=1)
def open_new() -> None:
    """What came lately."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        open_cases(now(), hours_of(settings).nation, LATELY)


@task("followups.open_late_cases", every_minutes=60)
def open_late() -> None:
    """What was completed, raised or allowed late, and what a new rule finds."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        open_cases(now(), hours_of(settings).nation)

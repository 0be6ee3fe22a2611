"""Counting cases, by the queue. Each run finds its work in the rows."""

from flask import current_app

from surveys.core.clock import today
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.core.settings import Settings
from surveys.followups.learning.roll_up import MONTHS_AT_ONCE, count_cases
from surveys.messaging.hours import hours_of


@task("followups.count_cases", every_minutes=1)
def count_changed() -> None:
    """Count where cases changed; nothing to do costs one look at an index."""
    settings: Settings = current_app.extensions["settings"]
    with transaction():
        if count_cases(today(), hours_of(settings).nation, MONTHS_AT_ONCE):
            ask("followups.count_cases")

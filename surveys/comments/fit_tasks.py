"""Refitting by the queue, outside the web process."""

import threading

from surveys.comments.fitting import due, gather, settle, tried
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import task

# Held while this process fits: a second fit in it would take a core and come to the same.
FITTING = threading.Lock()


@task("comments.refit", daily_at=3)
def refit() -> None:
    """Fit a challenger where there is anything new, try it, and let the rule or a person decide."""
    if not FITTING.acquire(blocking=False):
        return
    try:
        moment = now()
        if not due():
            return
        material = gather()
        db.session.rollback()
        trial = tried(material)
        with transaction():
            settle(material, trial, moment)
    finally:
        FITTING.release()

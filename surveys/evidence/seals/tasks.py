"""The nightly seal, by the queue."""

from datetime import timedelta

from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.evidence.seals.sealing import seal_through


@task("evidence.seal", daily_at=2)
def seal() -> None:
    """Seal yesterday, and any day before it that was missed."""
    with transaction():
        seal_through(today() - timedelta(days=1), now())

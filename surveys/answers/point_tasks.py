"""Periodic housekeeping of kiosks and posters."""

from surveys.answers.point_doubts import forget_marks
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task


@task("answers.forget_networks", every_minutes=10)
def forget_networks() -> None:
    """Let go of the marks of networks older than an hour."""
    with transaction():
        forget_marks(now())

"""The roll-up by the queue."""

from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.rates.roll_up import roll_up


@task("rates.roll_up", every_minutes=1)
def roll_up_new() -> None:
    """Count the days that have new answers; nothing to do costs one look at an index."""
    with transaction():
        roll_up()

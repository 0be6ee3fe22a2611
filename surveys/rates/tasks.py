"""The figures by the queue."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.rates.contact_counts import count_contacts
from surveys.rates.roll_up import roll_up


@task("rates.roll_up", every_minutes=1)
def roll_up_new() -> None:
    """Count where there are new answers; nothing to do costs one look at an index."""
    with transaction():
        roll_up()


@task("rates.count_contacts", every_minutes=10)
def count_moving_contacts() -> None:
    """Count the contacts of the months in which somebody may still be asked or answer."""
    with transaction():
        count_contacts(now())


@task("rates.count_all_contacts", daily_at=3)
def count_all_contacts() -> None:
    """Count the contacts of every month, for what moved long after: a stop taken back, a doubt settled late."""
    with transaction():
        count_contacts(now(), everything=True)

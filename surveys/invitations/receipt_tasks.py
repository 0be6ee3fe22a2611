"""Periodic housekeeping of receipts."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.invitations.receipts import let_go


@task("invitations.forget_receipts", daily_at=2)
def forget_receipts() -> None:
    """Let go of receipts that are older than 30 days."""
    with transaction():
        let_go(now())

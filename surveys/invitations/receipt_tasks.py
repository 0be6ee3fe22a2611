"""Periodic housekeeping of receipts and replies."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import task
from surveys.invitations.receipts import let_go
from surveys.invitations.replies import let_go_of_words


@task("invitations.forget_receipts", daily_at=2)
def forget_receipts() -> None:
    """Let go of receipts older than 30 days, and of the words of replies that nobody has to read any more."""
    with transaction():
        let_go(now())
        let_go_of_words(now())

"""Versions of open data by the queue."""

from surveys.core.clock import now
from surveys.core.queue import ask, task
from surveys.evidence.publishing.drafts import make_draft, unfinished


@task("evidence.draft")
def draft(number: int) -> None:
    """Work out one version; nothing to do where another worker has it."""
    make_draft(number)


@task("evidence.sweep_drafts", every_minutes=5)
def sweep_drafts() -> None:
    """Take up those whose ask was lost or whose worker died."""
    for number in unfinished(now()):
        ask("evidence.draft", number)

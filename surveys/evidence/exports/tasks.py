"""Exports by the queue."""

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.evidence.exports import asking as exports


@task("evidence.export")
def export(number: int) -> None:
    """Make the file of one export; nothing to do where another worker has it."""
    exports.make_export(number)


@task("evidence.sweep_exports", every_minutes=5)
def sweep_exports() -> None:
    for number in exports.unfinished(now()):
        ask("evidence.export", number)


@task("evidence.let_go", daily_at=4)
def let_go() -> None:
    """Delete the files of exports that are a week old."""
    with transaction():
        exports.let_go(now())

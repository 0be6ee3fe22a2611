"""Evidence by the queue."""

from datetime import timedelta

from flask import current_app

from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.core.queue import ask, task
from surveys.evidence import exports
from surveys.evidence.packs import build_pack, unfinished
from surveys.evidence.sealing import seal_through


@task("evidence.seal", daily_at=2)
def seal() -> None:
    """Seal yesterday, and any day before it that was missed."""
    with transaction():
        seal_through(today() - timedelta(days=1), now())


@task("evidence.build")
def build(number: int) -> None:
    """Build one pack; nothing to do where another worker has it."""
    build_pack(number, current_app.extensions["settings"])


@task("evidence.sweep", every_minutes=5)
def sweep() -> None:
    """Take up packs whose ask was lost or whose worker died."""
    for number in unfinished(now()):
        ask("evidence.build", number)


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

"""Packs by the queue."""

from flask import current_app

from surveys.core.clock import now
from surveys.core.queue import ask, task
from surveys.evidence.packs.asking import build_pack, unfinished


@task("evidence.build")
def build(number: int) -> None:
    """Build one pack; nothing to do where another worker has it."""
    build_pack(number, current_app.extensions["settings"])


@task("evidence.sweep", every_minutes=5)
def sweep() -> None:
    """Take up packs whose ask was lost or whose worker died."""
    for number in unfinished(now()):
        ask("evidence.build", number)

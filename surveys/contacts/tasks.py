"""The worker's part of an import."""

from surveys.contacts.intake import load_batch, note_progress, unfinished
from surveys.core.clock import now
from surveys.core.queue import ask, task
from surveys.core.refusals import Conflict


@task("contacts.load")
def load(batch_id: int) -> None:
    """Load one uploaded file; nothing to do where another worker has it."""
    try:
        load_batch(batch_id, lambda done, lines: note_progress(batch_id, done, lines))
    except Conflict:
        return


@task("contacts.sweep", every_minutes=1)
def sweep() -> None:
    """Take up files whose ask was lost or whose worker died."""
    for batch_id in unfinished(now()):
        ask("contacts.load", batch_id)

"""Comments by the queue: read, and let go of. A batch a run, which asks for the next.

Answers do not ask for their reading: a resident's page would wait for the queue, and the sweep comes within a minute.
"""

from collections.abc import Callable
from datetime import datetime

from surveys.comments.reading.first_look import read_some
from surveys.comments.reading.letting_go import let_raw_go, let_text_go, terms
from surveys.comments.themes.figures import mend
from surveys.core.clock import day_of, now
from surveys.core.db import transaction
from surveys.core.queue import ask, task

AT_ONCE = 500


@task("comments.read", every_minutes=1)
def read_new() -> None:
    """Redact what was written since, raise what cannot wait, and wake the labelling."""
    with transaction():
        found = read_some(now(), AT_ONCE)
        if found:
            ask("comments.label")
        if found == AT_ONCE:
            ask("comments.read")


@task("comments.let_go", daily_at=4)
def let_go_daily() -> None:
    let_go(now())


def let_go(moment: datetime) -> None:
    """Let go of words whose term is over, and of figures of comments that were erased."""
    kept = terms(moment)
    in_batches(lambda limit: let_text_go(kept.text, moment, limit))
    in_batches(lambda limit: let_raw_go(kept.raw, moment, limit))
    with transaction():
        mend(day_of(kept.text))


def in_batches(work: Callable[[int], int]) -> int:
    """Each batch in a transaction of its own, until there is no more; returns how many there were in all."""
    done, found = 0, AT_ONCE
    while found == AT_ONCE:
        with transaction():
            found = work(AT_ONCE)
        done += found
    return done

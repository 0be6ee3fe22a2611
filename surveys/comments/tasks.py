"""Comments by the queue: read, labelled, labelled again, counted, let go of. A batch a run, which asks for the next.

Answers do not ask for their reading: a resident's page would wait for the queue, and the sweep comes within a minute.
"""

from collections.abc import Callable
from datetime import datetime

from surveys.comments.fit_tasks import FITTING
from surveys.comments.fitting import gather, settle, tried, usable_champion
from surveys.comments.labelling import label_some
from surveys.comments.letting_go import let_raw_go, let_text_go, terms
from surveys.comments.reading import read_some
from surveys.comments.relabelling import relabel_some
from surveys.comments.theme_figures import mend, roll_up_themes
from surveys.core.clock import day_of, now
from surveys.core.db import db, transaction
from surveys.core.queue import ask, task
from surveys.core.refusals import Refused

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


@task("comments.label", every_minutes=1)
def label_new() -> None:
    if have_a_model():
        with transaction():
            if label_some(now(), AT_ONCE) == AT_ONCE:
                ask("comments.label")


@task("comments.relabel", every_minutes=10)
def relabel() -> None:
    """Go on with what an older model labelled; nothing to do costs one look at an index for each model."""
    if usable_champion() is not None:
        with transaction():
            if relabel_some(now(), AT_ONCE) == AT_ONCE:
                ask("comments.relabel")


@task("comments.count", every_minutes=1)
def count_new() -> None:
    with transaction():
        roll_up_themes()


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


def catch_up(moment: datetime) -> tuple[int, int]:
    """Read, label and count all that waits, now; returns how many comments were read and labelled."""
    done = in_batches(lambda limit: read_some(moment, limit))
    if not have_a_model():
        raise Refused("A model is being fitted elsewhere. Try again in a minute.")
    labelled = in_batches(lambda limit: label_some(moment, limit))
    with transaction():
        roll_up_themes()
    return done, labelled


def in_batches(work: Callable[[int], int]) -> int:
    """Each batch in a transaction of its own, until there is no more; returns how many there were in all."""
    done, found = 0, AT_ONCE
    while found == AT_ONCE:
        with transaction():
            found = work(AT_ONCE)
        done += found
    return done


def have_a_model() -> bool:
    """Fit one where there is none that this program can use: on a new installation, or after an upgrade.

    That takes seconds, so no transaction is open meanwhile. False while another thread fits: the next run labels.
    """
    if usable_champion() is not None:
        return True
    if not FITTING.acquire(blocking=False):
        return False
    try:
        fit_now(now())
    finally:
        FITTING.release()
    return usable_champion() is not None


def fit_now(moment: datetime) -> None:
    material = gather()
    db.session.rollback()
    trial = tried(material)
    with transaction():
        settle(material, trial, moment)

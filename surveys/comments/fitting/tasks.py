"""Labels by the queue, and the models that give them: a batch a run, which asks for the next; fits outside the web."""

import threading
from datetime import datetime

from surveys.comments.fitting.challenger import due, gather, settle, tried, usable_champion
from surveys.comments.labels.labelling import any_waits, label_some
from surveys.comments.labels.relabelling import relabel_some
from surveys.comments.reading.first_look import read_some
from surveys.comments.reading.tasks import AT_ONCE, in_batches
from surveys.comments.themes.figures import roll_up_themes
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import ask, task
from surveys.core.refusals import Refused

# Held while this process fits: a second fit in it would take a core and come to the same.
FITTING = threading.Lock()


@task("comments.label", every_minutes=1)
def label_new() -> None:
    if any_waits() and have_a_model():
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


@task("comments.refit", daily_at=3)
def refit() -> None:
    """Fit a challenger where there is anything new, try it, and let the rule or a person decide."""
    if not FITTING.acquire(blocking=False):
        return
    try:
        if due():
            fit_now(now())
    finally:
        FITTING.release()


def catch_up(moment: datetime) -> tuple[int, int]:
    """Read, label and count all that waits, now; returns how many comments were read and labelled."""
    done = in_batches(lambda limit: read_some(moment, limit))
    if not have_a_model():
        raise Refused("A model is being fitted elsewhere. Try again in a minute.")
    labelled = in_batches(lambda limit: label_some(moment, limit))
    with transaction():
        roll_up_themes()
    return done, labelled


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

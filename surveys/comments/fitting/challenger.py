"""A challenger: fitted from the base and all corrections, tried beside the champion, then promoted, refused or kept.

Three steps, so that nothing is locked and no transaction is open while a model is fitted: gather, try, settle. Two
that run at once do no harm: the second finds a newer model than the one it set out from, and is dropped.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from nlp.code_frame import NO_CONTENT, CodeFrame, read_code_frame
from nlp.comments import Example
from nlp.faults import NotUsable
from nlp.late import fitted
from surveys.comments.fitting.learning import lessons, own_examples, random_sample
from surveys.comments.fitting.trials import Figures, Outcome, Verdict, judged, measured
from surveys.comments.labels.code_frames import frame_in_force, keep_first_frame
from surveys.comments.labels.models import CodeFrameVersion, Correction, LabelModel, ShownAs, Standing
from surveys.comments.labels.stored_models import Champion, champion, champion_id, keep_model, promote, refuse
from surveys.core.db import db, lock
from surveys.core.queue import ask
from surveys.people.audit import record

if TYPE_CHECKING:
    from nlp.model import Model

ENOUGH = 25


@dataclass(frozen=True)
class Material:
    """All that a fit needs, read at one moment. newest: the last model there was; fits: whether there is any news."""

    frame: CodeFrame
    learned: list[Example]
    sample: list[Example]
    champion: Champion | None
    newest: int | None
    fits: bool


@dataclass(frozen=True)
class Trial:
    """A fitted challenger, None where there was nothing new to learn; and both models' figures on one sample."""

    challenger: "Model | None"
    figures: Figures | None
    beside: Figures | None
    verdict: Verdict


def newest_model() -> sa.Row[int, datetime, int] | None:
    """Number, moment and code frame of the model that was made last, whatever became of it."""
    query = sa.select(LabelModel.id, LabelModel.made_at, LabelModel.code_frame)
    return db.session.execute(query.order_by(LabelModel.id.desc()).limit(1)).one_or_none()


def new_corrections() -> int:
    """How many there are since the last model was made; a second reviewer's do not count."""
    newest = newest_model()
    query = sa.select(sa.func.count()).select_from(Correction).where(Correction.shown_as != ShownAs.SECOND)
    if newest is not None:
        query = query.where(Correction.at > newest.made_at)
    return db.session.scalar(query) or 0


def due() -> bool:
    """Whether a refit would have anything new: corrections, other labels or examples, or no model at all."""
    newest = newest_model()
    return newest is None or other_labels(newest.code_frame) or new_corrections() > 0


def other_labels(number: int) -> bool:
    """Whether the frame in force teaches anything else than that one. Other words for a label teach nothing."""
    return taught_by(frame_in_force()) != taught_by(frame_numbered(number))


def taught_by(frame: CodeFrame) -> list[tuple[str, tuple[str, ...]]]:
    return [(label.name, label.examples) for label in frame.labels]


def frame_numbered(number: int) -> CodeFrame:
    return read_code_frame(db.session.get_one(CodeFrameVersion, number).definition)


def ask_when_enough() -> None:
    """Ask for a refit at every 25th new correction; the night's run makes good an ask that was lost."""
    found = new_corrections()
    if found and found % ENOUGH == 0:
        ask("comments.refit")


def gather() -> Material:
    frame, newest = frame_in_force(), newest_model()
    learned = lessons(frame)
    news = newest is None or other_labels(newest.code_frame)
    fits = news or any(newest is None or lesson.at > newest.made_at for lesson in learned)
    return Material(
        frame,
        [*own_examples(frame), *(lesson.example for lesson in learned)],
        [lesson.example for lesson in random_sample(frame)],
        usable_champion(),
        newest.id if newest else None,
        fits,
    )


def usable_champion() -> Champion | None:
    """None too where an older version of the program made it: whatever is fitted now takes its place."""
    try:
        return champion()
    except NotUsable:
        return None


def tried(material: Material) -> Trial:
    """Seconds of work with no transaction open. Nothing to learn anew: the champion is measured and stays."""
    beside = figures_of(material.champion.model, material) if material.champion else None
    if not material.fits and material.champion is not None:
        return Trial(None, None, beside, Verdict(Outcome.TOO_FEW))
    model = fitted(material.frame, material.learned)
    figures = figures_of(model, material)
    verdict = judged(beside, figures) if beside is not None and figures is not None else Verdict(Outcome.TOO_FEW)
    return Trial(model, figures, beside, verdict)


def figures_of(model: "Model", material: Material) -> Figures | None:
    """On the random sample as it was gathered: the same comments for every model; None where there are none yet."""
    if not material.sample:
        return None
    labels = [name for name in material.frame.names if name in model.topics or name == NO_CONTENT]
    predictions = model.classify([example.comment for example in material.sample])
    return measured(labels, material.sample, predictions)


def settle(material: Material, trial: Trial, moment: datetime) -> Standing | None:
    """Keep what the trial came to; what stands for the challenger then, None where there is none."""
    lock("label models")
    newest = newest_model()
    if (newest.id if newest else None) != material.newest or served_id(material) != champion_id_now(material):
        return None
    if material.champion is not None and trial.beside is not None:
        keep_figures(material.champion.id, trial.beside, moment)
    if trial.challenger is None:
        return None
    keep_first_frame()
    number = keep_model(trial.challenger, material.frame.version, len(material.learned), moment)
    record("label model fitted", f"label model:{number}", at=moment, corrections=len(material.learned))
    db.session.get_one(LabelModel, number).report = report_of(material, trial, moment)
    put_aside_others(number, moment)
    return stand(number, material.champion is None, trial.verdict, moment)


def served_id(material: Material) -> int | None:
    return material.champion.id if material.champion else None


def champion_id_now(material: Material) -> int | None:
    """Nobody in particular where there was no usable one to begin with."""
    return champion_id() if material.champion else None


def keep_figures(number: int, figures: Figures, moment: datetime) -> None:
    """A champion's figures grow with the sample; its own trial stays as it was."""
    row = db.session.get_one(LabelModel, number)
    row.report = {**(row.report or {"trial": None}), "now": figures.written(), "measured_at": moment.isoformat()}


def report_of(material: Material, trial: Trial, moment: datetime) -> dict[str, Any] | None:
    """None where nothing could be measured yet."""
    if trial.figures is None:
        return None
    beside = trial.beside.written() if trial.beside else None
    verdict = {"outcome": trial.verdict.outcome.value, "faults": list(trial.verdict.faults)}
    tried_so = {"own": trial.figures.written(), "beside": beside, "beside_id": served_id(material), **verdict}
    return {"now": trial.figures.written(), "measured_at": moment.isoformat(), "trial": tried_so}


def put_aside_others(number: int, moment: datetime) -> None:
    """There is one challenger: a newer one knows all that an older one did."""
    waiting = sa.select(LabelModel.id).where(LabelModel.standing == Standing.CHALLENGER, LabelModel.id != number)
    for older in db.session.scalars(waiting).all():
        refuse(older, moment, because="a newer one was fitted")


def stand(number: int, alone: bool, verdict: Verdict, moment: datetime) -> Standing:
    """By itself only what passed, or where there is no other, takes over; what failed is refused; the rest waits."""
    if alone or verdict.outcome is Outcome.PASSED:
        serve(number, moment, because="no other model" if alone else "passed its trial")
        return Standing.CHAMPION
    if verdict.outcome is Outcome.FAILED:
        refuse(number, moment, because="failed its trial", lost=list(verdict.faults))
        return Standing.REFUSED
    return Standing.CHALLENGER


def serve(number: int, moment: datetime, because: str) -> None:
    """Let this model label comments, and have all others labelled again by it."""
    promote(number, moment, because=because)
    ask("comments.relabel")

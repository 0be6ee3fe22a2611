"""What the model page shows: who labels, how well, what a newer one would change, and which older ones are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.code_frame import CodeFrame
from nlp.comments import SENTIMENTS
from surveys.comments.fitting.trials import FEWEST_POSITIVES, Counts, Figures, Outcome, read_figures
from surveys.comments.labels.models import LabelModel, Standing
from surveys.comments.labels.stored_models import KEPT_WHOLE
from surveys.comments.texts.wording import SENTIMENT_WORDS
from surveys.core.db import db
from surveys.core.refusals import NotFound


@dataclass(frozen=True)
class Tried:
    """A challenger's trial: its figures and the champion's of that day, on the same comments."""

    own: Figures
    beside: Figures | None
    beside_id: int | None
    outcome: Outcome
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A model without its arrays. whole: it can be used again. now: its figures on the newest sample it met."""

    id: int
    standing: Standing
    made_at: datetime
    stood_at: datetime
    code_frame: int
    corrections: int
    whole: bool
    labels: tuple[str, ...]
    now: Figures | None
    trial: Tried | None


@dataclass(frozen=True)
class Line:
    """One label of a table. before: the same label's counts by the other model; None where it has none."""

    label: str
    counts: Counts
    before: Counts | None

    @property
    def few(self) -> bool:
        return self.counts.positives < FEWEST_POSITIVES

    @property
    def change(self) -> float | None:
        return None if self.before is None else self.counts.f1 - self.before.f1


def newest_models() -> list[Told]:
    """The champion and all that can be gone back to, newest in standing first."""
    whole = LabelModel.arrays.is_not(None)
    query = sa.select(
        LabelModel.id,
        LabelModel.standing,
        LabelModel.made_at,
        LabelModel.stood_at,
        LabelModel.code_frame,
        LabelModel.corrections,
        whole.label("whole"),
        LabelModel.manifest,
        LabelModel.report,
    )
    query = query.where(whole).order_by(LabelModel.stood_at.desc(), LabelModel.id.desc()).limit(KEPT_WHOLE + 1)
    return [told(row) for row in db.session.execute(query)]


def find_standing(number: int) -> Standing:
    found = db.session.scalar(sa.select(LabelModel.standing).where(LabelModel.id == number))
    if found is None:
        raise NotFound("There is no such model.")
    return found


def told(row: sa.Row[Any]) -> Told:
    report: Mapping[str, Any] = row.report or {}
    now = read_figures(report["now"]) if report.get("now") else None
    trial = tried_of(report["trial"]) if report.get("trial") else None
    about = (row.id, row.standing, row.made_at, row.stood_at, row.code_frame, row.corrections, bool(row.whole))
    return Told(*about, tuple(row.manifest["labels"]), now, trial)


def tried_of(written: Mapping[str, Any]) -> Tried:
    beside = read_figures(written["beside"]) if written["beside"] else None
    outcome = Outcome(written["outcome"])
    return Tried(read_figures(written["own"]), beside, written["beside_id"], outcome, tuple(written["faults"]))


def words_for(frame: CodeFrame) -> dict[str, str]:
    """What a page calls each label and sentiment."""
    return {one.name: one.label for one in frame.labels} | {s.value: SENTIMENT_WORDS[s] for s in SENTIMENTS}


def lines(figures: Figures, before: Figures | None, words: Mapping[str, str]) -> tuple[list[Line], list[Line]]:
    """(a line for each topic, a line for each sentiment). words: what a page calls them."""

    def table(counts: Mapping[str, Counts], others: Mapping[str, Counts]) -> list[Line]:
        return [Line(words.get(name, name), one, others.get(name)) for name, one in counts.items()]

    none: Mapping[str, Counts] = {}
    topics = table(figures.topics, before.topics if before else none)
    return topics, table(figures.sentiments, before.sentiments if before else none)


def other_labels(model: Told, before: Told | None, words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(labels that this model gives and the one before did not, labels that only the one before gave)."""
    if before is None:
        return [], []
    new = [words.get(name, name) for name in model.labels if name not in before.labels]
    gone = [words.get(name, name) for name in before.labels if name not in model.labels]
    return new, gone

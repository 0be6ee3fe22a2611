"""Fitted models in the database: one champion, whoever challenges it, and the last five to go back to."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import current_app

from nlp.late import fitted, read_model, written_model
from surveys.comments.labels.code_frames import frame_in_force, keep_first_frame
from surveys.comments.labels.models import LabelModel, Standing
from surveys.core.db import db, lock
from surveys.core.refusals import Refused
from surveys.people.audit import record

if TYPE_CHECKING:
    from nlp.model import Model

KEPT_WHOLE = 5
REMEMBERED = "label model"


@dataclass(frozen=True)
class Champion:
    """The model that labels comments, under its number."""

    id: int
    model: "Model"


def champion_id() -> int | None:
    return db.session.scalar(sa.select(LabelModel.id).where(LabelModel.standing == Standing.CHAMPION))


def champion() -> Champion | None:
    """Read once a process for as long as it stays champion; None where nothing was fitted yet.

    NotUsable where another version of the program made it: `fit_first` makes one anew.
    """
    found = champion_id()
    return None if found is None else Champion(found, model_numbered(found))


def model_numbered(number: int) -> "Model":
    """The model itself. Refused where it is too old to be kept whole."""
    remembered: dict[int, Model] = current_app.extensions.setdefault(REMEMBERED, {})
    if (known := remembered.get(number)) is not None:
        return known
    row = db.session.execute(sa.select(LabelModel.arrays, LabelModel.manifest).where(LabelModel.id == number)).one()
    if row.arrays is None:
        raise Refused("This model is too old to be used again: only the last five are kept.")
    model = read_model(row.arrays, row.manifest)
    remembered.clear()
    remembered[number] = model
    return model


def keep_model(model: "Model", frame_number: int, corrections: int, moment: datetime) -> int:
    """Store a fitted model as a challenger; returns its number."""
    arrays, manifest = written_model(model)
    row = LabelModel(
        standing=Standing.CHALLENGER,
        made_at=moment,
        stood_at=moment,
        code_frame=frame_number,
        corrections=corrections,
        arrays=arrays,
        manifest=manifest,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def fit_first(moment: datetime) -> Champion:
    """The champion, fitted from what comes with the program where there is none. Waits for whoever fits already.

    It fits inside the transaction, which takes seconds: tasks and commands fit before they begin one.
    """
    lock("label models")
    return champion() or keep_first(fitted(frame_in_force()), moment)


def keep_first(model: "Model", moment: datetime) -> Champion:
    """Make a model the champion where there is none; whoever was first stays."""
    lock("label models")
    found = champion()
    if found is not None:
        return found
    number = keep_model(model, keep_first_frame().version, 0, moment)
    promote(number, moment)
    return Champion(number, model)


def promote(number: int, moment: datetime, **why: Any) -> None:
    """Let this model label comments from now on: also how one goes back to an older one. The rest step aside."""
    lock("label models")
    row = db.session.get_one(LabelModel, number)
    if row.arrays is None:
        raise Refused("This model is too old to be used again: only the last five are kept.")
    if row.standing is Standing.CHAMPION:
        raise Refused("This model labels comments already.")
    change(LabelModel.standing == Standing.CHAMPION, Standing.FORMER, moment)
    change(LabelModel.id == number, Standing.CHAMPION, moment)
    let_old_ones_go()
    record("label model promoted", f"label model:{number}", at=moment, **why)


def refuse(number: int, moment: datetime, **why: Any) -> None:
    """Put a challenger aside for good reason."""
    change(LabelModel.id == number, Standing.REFUSED, moment)
    let_old_ones_go()
    record("label model refused", f"label model:{number}", at=moment, **why)


def change(which: sa.ColumnElement[bool], standing: Standing, moment: datetime) -> None:
    db.session.execute(sa.update(LabelModel).where(which).values(standing=standing, stood_at=moment))


def let_old_ones_go() -> None:
    """Of all but the champion and the newest few only figures stay; of a refused one too, lest refusals push out those
    that one may go back to.
    """
    newest = sa.select(LabelModel.id).where(LabelModel.standing != Standing.REFUSED)
    newest = newest.order_by(LabelModel.stood_at.desc(), LabelModel.id.desc()).limit(KEPT_WHOLE)
    old = (LabelModel.standing != Standing.CHAMPION, LabelModel.id.not_in(newest.scalar_subquery()))
    aside = sa.update(LabelModel).where(*old, LabelModel.arrays.is_not(None)).values(arrays=None)
    db.session.execute(aside.execution_options(synchronize_session=False))

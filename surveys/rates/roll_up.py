"""The roll-up: days with uncounted responses are counted again, whole, in set-based SQL."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Answer, Response
from surveys.core.db import db, lock
from surveys.rates.models import DayFigure, PointFigure

RATING = "overall"
KEYS = ("day", "service_id", "channel", "mode", "question", "code")
POINT_KEYS = ("day", "point_id", "doubted", "code")


def recounted() -> sa.Select[*tuple[Any, ...]]:
    """Every figure as the stored answers give it."""
    r, a = Response, Answer
    return (
        sa.select(r.day, r.service_id, r.channel, r.mode, a.question, a.code, sa.func.count().label("count"))
        .join(a, a.response_id == r.id)
        .where(a.code.is_not(None))
        .group_by(r.day, r.service_id, r.channel, r.mode, a.question, a.code)
    )


def recounted_points() -> sa.Select[*tuple[Any, ...]]:
    """Every rating at a kiosk or poster as the stored responses give it."""
    r, doubted = Response, Response.doubt.is_not(None)
    return (
        sa.select(r.day, r.point_id, doubted.label("doubted"), r.satisfaction.label("code"), sa.func.count())
        .where(r.point_id.is_not(None), r.satisfaction.is_not(None))
        .group_by(r.day, r.point_id, doubted, r.satisfaction)
    )


def roll_up() -> int:
    """Count anew each day that has a response not counted yet; returns how many days.

    Marking first and counting after means that an answer which arrives in between is counted at once and
    again by the next run: never missed, never doubled.
    """
    wait_for_others()
    marked = sa.update(Response).where(sa.not_(Response.counted)).values(counted=True).returning(Response.day)
    days = sorted(set(db.session.scalars(marked.execution_options(synchronize_session=False))))
    for start in range(0, len(days), 500):
        count_days(days[start : start + 500])
    return len(days)


def wait_for_others() -> None:
    """One count at a time, until the commit: a roll-up beside a recount could leave the figures of both.

    SQLite has one writer at a time as it is.
    """
    lock("roll-up")


def count_days(days: list[Any]) -> None:
    db.session.execute(sa.delete(DayFigure).where(DayFigure.day.in_(days)))
    fresh = recounted().where(Response.day.in_(days))
    db.session.execute(sa.insert(DayFigure).from_select([*KEYS, "count"], fresh))
    db.session.execute(sa.delete(PointFigure).where(PointFigure.day.in_(days)))
    at_points = recounted_points().where(Response.day.in_(days))
    db.session.execute(sa.insert(PointFigure).from_select([*POINT_KEYS, "count"], at_points))


def recount_everything() -> int:
    """Throw all figures away and count every answer; returns how many figures there are."""
    wait_for_others()
    db.session.execute(sa.update(Response).where(sa.not_(Response.counted)).values(counted=True))
    db.session.execute(sa.delete(DayFigure))
    db.session.execute(sa.insert(DayFigure).from_select([*KEYS, "count"], recounted()))
    db.session.execute(sa.delete(PointFigure))
    db.session.execute(sa.insert(PointFigure).from_select([*POINT_KEYS, "count"], recounted_points()))
    return db.session.scalar(sa.select(sa.func.count()).select_from(DayFigure)) or 0


@dataclass(frozen=True)
class Drift:
    """A figure that does not equal its recount."""

    key: tuple[str, ...]
    stored: int
    recount: int


@dataclass(frozen=True)
class Check:
    figures: int
    waiting: int
    drifts: list[Drift]


def check() -> Check:
    """Compare every figure with a recount of the answers. Days that wait for the roll-up are told, not compared.

    One statement sees one state of the database, so answers that come in meanwhile raise no false alarm.
    """
    waiting = db.session.scalar(sa.select(sa.func.count()).where(sa.not_(Response.counted))) or 0
    figures = db.session.scalar(sa.select(sa.func.count()).select_from(DayFigure)) or 0
    drifts = [drift_of(row) for row in db.session.execute(differing())]
    return Check(figures, waiting, drifts + [point_drift_of(row) for row in db.session.execute(differing_points())])


def differing() -> sa.Select[*tuple[Any, ...]]:
    """The keys whose stored and recounted figures are not the same, with both."""
    waiting_days = sa.select(Response.day).where(sa.not_(Response.counted))
    f = DayFigure
    stored = sa.select(f.day, f.service_id, f.channel, f.mode, f.question, f.code, f.count, sa.literal(0))
    counted = recounted().where(Response.day.not_in(waiting_days)).subquery()
    fresh = sa.select(*(counted.c[key] for key in KEYS), sa.literal(0), counted.c.count)
    both = sa.union_all(stored.where(f.day.not_in(waiting_days)), fresh).subquery().c
    keys, (kept, found) = list(both)[:-2], list(both)[-2:]
    return (
        sa.select(*keys, sa.func.sum(kept).label("stored"), sa.func.sum(found).label("recount"))
        .group_by(*keys)
        .having(sa.func.sum(kept) != sa.func.sum(found))
        .order_by(*keys)
    )


def differing_points() -> sa.Select[*tuple[Any, ...]]:
    """The same of the figures of kiosks and posters."""
    waiting_days = sa.select(Response.day).where(sa.not_(Response.counted))
    f = PointFigure
    stored = sa.select(f.day, f.point_id, f.doubted, f.code, f.count, sa.literal(0).label("recount"))
    counted = recounted_points().where(Response.day.not_in(waiting_days)).subquery()
    *keys_counted, count = counted.c
    fresh = sa.select(*keys_counted, sa.literal(0), count)
    both = sa.union_all(stored.where(f.day.not_in(waiting_days)), fresh).subquery().c
    *keys, kept, found = both
    return (
        sa.select(*keys, sa.func.sum(kept).label("stored"), sa.func.sum(found).label("recount"))
        .group_by(*keys)
        .having(sa.func.sum(kept) != sa.func.sum(found))
        .order_by(*keys)
    )


def point_drift_of(row: Any) -> Drift:
    key = (row.day.isoformat(), f"point:{row.point_id}", "doubted" if row.doubted else "not doubted", row.code)
    return Drift(key, int(row.stored), int(row.recount))


def drift_of(row: Any) -> Drift:
    key = (row.day.isoformat(), str(row.service_id), row.channel.value, row.mode.value, row.question, row.code)
    return Drift(key, int(row.stored), int(row.recount))

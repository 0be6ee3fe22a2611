"""The roll-up: where responses are not counted yet, the figures of their day and month are counted again.

Figures are counted whole for a service and channel, in set-based SQL: so a run that is done again changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.clock import now
from surveys.core.db import db, lock
from surveys.rates.contact_counts import count_contacts
from surveys.rates.models import ContactFigure, CrossFigure, DayFigure, MonthFigure, PointFigure
from surveys.rates.months import Month
from surveys.rates.page_counts import count_pages
from surveys.rates.recounts import (
    UNCOUNTED,
    DayCell,
    MonthCell,
    PointDay,
    batches,
    in_day_cells,
    in_month_cells,
    recounted_crosses,
    recounted_days,
    recounted_months,
    recounted_points,
)
from surveys.rates.replacing import replace
from surveys.rates.revising import keep_revisions, ratings_of, settled

FIGURES = (DayFigure, PointFigure, MonthFigure, CrossFigure, ContactFigure)
Cell = TypeVar("Cell")


def roll_up(moment: datetime | None = None) -> int:
    """Count anew wherever a response is not counted yet; returns how many days were touched.

    Marking first and counting after means that an answer which arrives in between is counted at once and
    again by the next run: never missed, never doubled.
    """
    moment = moment or now()
    wait_for_others()
    r = Response
    marked = sa.update(r).where(UNCOUNTED).values(counted=True)
    marked = marked.returning(r.day, r.service_id, r.channel, r.point_id).execution_options(synchronize_session=False)
    found = set(db.session.execute(marked))
    days = sorted({(row.day, row.service_id, row.channel) for row in found})
    in_turn(count_days, days)
    in_turn(count_points, sorted({(row.day, row.point_id) for row in found if row.point_id is not None}))
    months = months_of(days)
    over = settled(months, moment)
    before = ratings_of(over)
    in_turn(count_months, months)
    in_turn(count_pages, sorted({month.first for month, _, _ in months}))
    keep_revisions(before, ratings_of(over), moment)
    return len({day for day, _, _ in days})


def wait_for_others() -> None:
    """One count at a time, until the commit: a roll-up beside a recount could leave the figures of both.

    SQLite has one writer at a time as it is.
    """
    lock("roll-up")


def in_turn(count: Callable[[Sequence[Cell]], None], cells: Sequence[Cell]) -> None:
    for some in batches(cells):
        count(some)


def months_of(days: Sequence[DayCell]) -> list[MonthCell]:
    return sorted({(Month.of(day), service, channel) for day, service, channel in days})


def count_days(cells: Sequence[DayCell]) -> None:
    replace(DayFigure, in_day_cells(DayFigure, cells), recounted_days(in_day_cells(Response, cells)))


def count_points(cells: Sequence[PointDay]) -> None:
    f, r = PointFigure, Response
    fresh = recounted_points(sa.tuple_(r.day, r.point_id).in_(cells))
    replace(f, sa.tuple_(f.day, f.point_id).in_(cells), fresh)


def count_months(cells: Sequence[MonthCell]) -> None:
    """Months from their days, answers against ratings from the answers."""
    places = [(month.first, service, channel) for month, service, channel in cells]
    f, x = MonthFigure, CrossFigure
    stored = sa.tuple_(f.month, f.service_id, f.channel).in_(places)
    replace(f, stored, recounted_months(in_month_cells(DayFigure, cells)))
    crossed = sa.tuple_(x.month, x.service_id, x.channel).in_(places)
    replace(x, crossed, recounted_crosses(in_month_cells(Response, cells)))


def recount_everything(moment: datetime | None = None) -> int:
    """Throw all figures away and count every answer and contact; returns how many figures there are."""
    wait_for_others()
    db.session.execute(sa.update(Response).where(UNCOUNTED).values(counted=True))
    replace(DayFigure, sa.true(), recounted_days())
    replace(PointFigure, sa.true(), recounted_points())
    replace(MonthFigure, sa.true(), recounted_months())
    replace(CrossFigure, sa.true(), recounted_crosses())
    count_pages()
    count_contacts(moment or now(), everything=True)
    return how_many_figures()


def how_many_figures() -> int:
    return sum(db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in FIGURES)

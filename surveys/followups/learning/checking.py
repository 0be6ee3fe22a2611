"""The check: every stored figure of cases against a recount, in one statement that sees one state of the database."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.drifts import Check, differing, found
from surveys.followups.cases.models import Case
from surveys.followups.learning.days import london_day
from surveys.followups.learning.models import BY_LAST_DAY, CaseFigure
from surveys.followups.learning.recounts import Select, recounted, uncounted
from surveys.followups.learning.roll_up import how_many_figures
from surveys.messaging.hours import Nation
from surveys.rates.months import month_of


def check_cases(today: date, nation: Nation) -> Check:
    """Services and months that wait for a count are left out, for they are to change. waiting: cases."""
    waiting = db.session.scalar(sa.select(sa.func.count()).select_from(Case).where(uncounted(nation))) or 0
    oldest = db.session.scalar(sa.select(sa.func.min(Case.opened_at)))
    first = today if oldest is None else day_of(oldest)
    fresh = settled(recounted(first, today, nation).cte("fresh"), nation)
    kept = settled(as_of(today).cte("kept"), nation)
    return Check(how_many_figures(), waiting, [*found(differing(kept, fresh), "cases")])


def settled(figures: sa.CTE, nation: Nation) -> Select:
    """Those of services and months in which no case waits."""
    day = sa.select(london_day(Case.opened_at).label("day"), Case.service_id).where(uncounted(nation)).subquery().c
    waits = sa.select(month_of(day.day).label("month"), day.service_id).distinct().cte().c
    here = sa.exists().where(waits.month == figures.c.month, waits.service_id == figures.c.service_id)
    return sa.select(figures).where(~here.correlate(figures))


def as_of(today: date) -> Select:
    """The stored figures, with last days that have passed since they were counted as a count today has them."""
    f = CaseFigure
    over = sa.and_(f.measure.in_(BY_LAST_DAY), f.code < today.isoformat())
    code: sa.ColumnElement[Any] = sa.case((over, ""), else_=f.code)
    place = (f.measure, f.month, f.service_id, f.channel)
    each = sa.select(*place, code.label("code"), f.count).subquery().c
    keys = (each.measure, each.month, each.service_id, each.channel, each.code)
    return sa.select(*keys, sa.func.sum(each["count"]).label("count")).group_by(*keys)

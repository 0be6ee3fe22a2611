"""The check: every stored figure against a recount, one statement for each kind of figure."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.clock import now
from surveys.core.db import db, is_sqlite
from surveys.core.drifts import Check, Differing, Drift, differing, found
from surveys.rates.contact_counts import months_to_count, recounted_contacts
from surveys.rates.models import ContactFigure, CrossFigure, DayFigure, MonthFigure, PointFigure
from surveys.rates.months import Month, month_of
from surveys.rates.page_counts import (
    DISPOSITION_COLUMNS,
    OUTCOME_COLUMNS,
    recounted_code_totals,
    recounted_contact_totals,
    recounted_cross_totals,
    recounted_point_totals,
    recounted_ratings,
)
from surveys.rates.page_models import CodeTotal, ContactTotal, CrossTotal, PointTotal, RatingFigure
from surveys.rates.recounts import (
    UNCOUNTED,
    Counted,
    recounted_crosses,
    recounted_days,
    recounted_months,
    recounted_points,
)
from surveys.rates.roll_up import how_many_figures

RATE_COUNTS = ("satisfied", "base", "do_not_know")
POINT_COUNTS = (*RATE_COUNTS, "doubted")
CONTACT_COUNTS = (*OUTCOME_COLUMNS.values(), *DISPOSITION_COLUMNS.values())


def check(moment: datetime | None = None) -> Check:
    """Compare every figure. Days and months that wait for a count are left out, for they are to change."""
    waiting = db.session.scalar(sa.select(sa.func.count()).where(UNCOUNTED)) or 0
    moment = moment or now()
    return Check(how_many_figures(), waiting, [*answer_drifts(), *contact_drifts(moment, months_to_count(moment))])


def answer_drifts() -> list[Drift]:
    """Days, kiosks and crosses against the answers; months against the days; what pages read against the months."""
    return [drift for statement, *kind in answer_checks(is_sqlite()) for drift in found(statement, *kind)]


@cache
def answer_checks(_on_sqlite: bool) -> tuple[tuple[Differing, *tuple[str, ...]], ...]:
    """What finds each kind of drift, and its name. Built once for a kind of database: that takes longer than to ask."""
    waits = UNCOUNTED
    days = sa.select(Response.day).where(waits)
    months = sa.select(month_of(Response.day)).where(waits)
    d, p, m, x, r, t = DayFigure, PointFigure, MonthFigure, CrossFigure, RatingFigure, CrossTotal
    known_day, known_month = Response.day.not_in(days), month_of(Response.day).not_in(months)
    crosses = stored(x, x.month.not_in(months)), recounted_crosses(known_month)
    ratings = stored(r, r.month.not_in(months)), recounted_ratings(m.month.not_in(months))
    totals = stored(t, t.month.not_in(months)), recounted_cross_totals(x.month.not_in(months))
    codes = stored(CodeTotal, CodeTotal.month.not_in(months)), recounted_code_totals(m.month.not_in(months))
    settled = stored(PointTotal, PointTotal.month.not_in(months))
    points = settled, recounted_point_totals(month_of(p.day).not_in(months))
    return (
        (differing(stored(d, d.day.not_in(days)), recounted_days(known_day)),),
        (differing(stored(p, p.day.not_in(days)), recounted_points(known_day)), "point"),
        (differing(stored(m, m.month.not_in(months)), recounted_months(month_of(d.day).not_in(months))), "month"),
        (differing(*map(each_count, crosses)), "cross"),
        (differing(*map(each_count, ratings)), "rating"),
        (differing(*map(each_count, totals)), "cross total"),
        (differing(*codes), "code total"),
        (differing(*(each_count(each, POINT_COUNTS) for each in points)), "point total"),
    )


def contact_drifts(moment: datetime, moving: Sequence[Month] = ()) -> list[Drift]:
    """Contacts against their draws, invitations and responses, but for the months that still move; and their totals."""
    left_out = [month.first for month in moving]
    f = ContactFigure
    each = recounted_contacts(moment).subquery()
    fresh = sa.select(each).where(each.c.month.not_in(left_out))
    return [
        *found(differing(stored(f, f.month.not_in(left_out)), fresh), "contacts"),
        *found(differing_totals(), "contact total"),
    ]


@cache
def differing_totals() -> Differing:
    return differing(*(each_count(each, CONTACT_COUNTS) for each in (stored(ContactTotal), recounted_contact_totals())))


def stored(kind: Any, *which: sa.ColumnElement[bool]) -> Counted:
    return sa.select(*kind.__table__.columns).where(*which)


def each_count(figures: Counted, counts: Sequence[str] = RATE_COUNTS) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Of figures with several counts: a line for each, its name as the last key."""
    f = figures.cte()
    keys = [column for column in f.c if column.name not in counts]
    lines = (sa.select(*keys, sa.literal(name).label("name"), f.c[name].label("count")) for name in counts)
    return sa.union_all(*lines)

"""Counting what pages read: from the figures of a month, whole months at a time."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN
from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Satisfaction
from surveys.rates.models import (
    OUTCOMES,
    WAITING_FOR_THE_DRAW,
    ContactFigure,
    CrossFigure,
    Disposition,
    MonthFigure,
    PointFigure,
)
from surveys.rates.months import Month, month_of
from surveys.rates.page_models import CodeTotal, ContactTotal, CrossTotal, PointTotal, RatingFigure
from surveys.rates.recounts import RATING, Counted, Which, counted_in
from surveys.rates.replacing import replace
from surveys.rates.series import ALL, JOIN

# The column of each outcome: to wait for the draw is not to wait for an answer.
OUTCOME_COLUMNS = {outcome: outcome for outcome in OUTCOMES} | {WAITING_FOR_THE_DRAW: "waiting_for_draw"}
DISPOSITION_COLUMNS = {one: one.value for one in Disposition if one is not Disposition.NOT_ASKED}


def count_pages(months: Collection[date] | None = None) -> None:
    """The ratings and totals of these months, or of all, after their figures were counted."""
    r, a, t, p = RatingFigure, CodeTotal, CrossTotal, PointTotal
    replace(r, in_months(r, months), recounted_ratings(in_months(MonthFigure, months)))
    replace(a, in_months(a, months), recounted_code_totals(in_months(MonthFigure, months)))
    replace(t, in_months(t, months), recounted_cross_totals(in_months(CrossFigure, months)))
    replace(p, in_months(p, months), recounted_point_totals(in_days_of(months)))


def count_contact_totals(months: Collection[date] | None = None) -> None:
    t = ContactTotal
    replace(t, in_months(t, months), recounted_contact_totals(in_months(ContactFigure, months)))


def in_months(kind: Any, months: Collection[date] | None) -> Which:
    found: Which = sa.true() if months is None else kind.month.in_(months)
    return found


def in_days_of(months: Collection[date] | None) -> Which:
    """Point figures of these months, said by bounds that an index can find."""
    if months is None:
        return sa.true()
    return sa.or_(sa.false(), *(PointFigure.day.between(month, Month.of(month).last) for month in months))


def recounted_ratings(*which: Which) -> Counted:
    """The ratings of the drawn in each month, service and channel."""
    f = MonthFigure
    keys = (f.month, f.service_id, f.channel)
    satisfied, base = counted_in(SATISFIED), counted_in(FIVE_POINTS)
    unsure = counted_in((Satisfaction.DO_NOT_KNOW,))
    return (
        sa.select(*keys, satisfied.label("satisfied"), base.label("base"), unsure.label("do_not_know"))
        .where(f.question == RATING, f.mode.not_in(UNDRAWN), *which)
        .group_by(*keys)
    )


def recounted_code_totals(*which: Which) -> Counted:
    f = MonthFigure
    return over_series(f, (f.mode, f.question, f.code), (f.count,), f.mode.not_in(UNDRAWN), *which)


def recounted_cross_totals(*which: Which) -> Counted:
    f = CrossFigure
    return over_series(f, (f.question, f.code), (f.satisfied, f.base, f.do_not_know), *which)


def over_series(f: Any, keys: Sequence[Any], counts: Sequence[Any], *which: Which) -> Counted:
    """Figures of each month by every series but one service's channel, which the figures are themselves."""
    service = sa.cast(f.service_id, sa.String(20)) + (JOIN + ALL)
    channel = sa.literal(ALL + JOIN) + sa.type_coerce(f.channel, sa.String(30))
    sums = [sa.func.sum(column).label(column.name) for column in counts]
    totals = (
        sa.select(f.month, series.label("series"), *keys, *sums).where(*which).group_by(f.month, *by, *keys)
        for series, by in (
            (sa.literal(ALL + JOIN + ALL), ()),
            (service, (f.service_id,)),
            (channel, (f.channel,)),
        )
    )
    return sa.select(*sa.union_all(*totals).subquery().c)


def recounted_point_totals(*which: Which) -> Counted:
    f = PointFigure
    keys = (month_of(f.day).label("month"), f.point_id)
    groups = {"satisfied": SATISFIED, "base": FIVE_POINTS, "do_not_know": (Satisfaction.DO_NOT_KNOW,)}
    counts = [ratings_of(f.code.in_([str(code) for code in some])).label(name) for name, some in groups.items()]
    query: Counted = sa.select(*keys, *counts, ratings_of(f.doubted.is_(True)).label("doubted"))
    return query.where(*which).group_by(*keys)


def ratings_of(kind: Which) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((kind, PointFigure.count), else_=0))


def recounted_contact_totals(*which: Which) -> Counted:
    f = ContactFigure
    keys = (f.month, f.service_id, f.channel)
    counts = [contacts_of(f.outcome == outcome).label(name) for outcome, name in OUTCOME_COLUMNS.items()]
    counts += [contacts_of(f.disposition == one).label(name) for one, name in DISPOSITION_COLUMNS.items()]
    query: Counted = sa.select(*keys, *counts)
    return query.where(*which).group_by(*keys)


def contacts_of(kind: Which) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((kind, ContactFigure.count), else_=0))

"""Figures as the rows behind them give them: what the roll-up stores, and what the check holds it against."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN, Answer, EqualityAnswer, Response
from surveys.contacts.models import Channel
from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Satisfaction
from surveys.rates.models import DayFigure, MonthFigure
from surveys.rates.months import Month, month_of

RATING = "overall"
EQUALITY = "equality."

DayCell = tuple[date, int, Channel]
MonthCell = tuple[Month, int, Channel]
PointDay = tuple[date, int]
Counted = sa.Select[*tuple[Any, ...]]
Which = sa.ColumnElement[bool]
Cell = TypeVar("Cell")
# Written as the index of such responses has it: for “counted = 0” SQLite reads past all the others.
UNCOUNTED = sa.not_(sa.type_coerce(Response.counted, sa.Integer))
# A statement has only so many parameters.
AT_ONCE = 500


def batches(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    for start in range(0, len(cells), AT_ONCE):
        yield cells[start : start + AT_ONCE]


def recounted_days(*which: Which) -> Counted:
    """Every coded answer by day, service, channel and mode."""
    r, a = Response, Answer
    keys = (r.day, r.service_id, r.channel, r.mode, a.question, a.code)
    return (
        sa.select(*keys, sa.func.count().label("count"))
        .join(a, a.response_id == r.id)
        .where(a.code.is_not(None), *which)
        .group_by(*keys)
    )


def recounted_points(*which: Which) -> Counted:
    """Every rating at a kiosk or poster."""
    r = Response
    keys = (r.day, r.point_id, r.doubt.is_not(None).label("doubted"), r.satisfaction.label("code"))
    return (
        sa.select(*keys, sa.func.count().label("count"))
        .where(r.point_id.is_not(None), r.satisfaction.is_not(None), *which)
        .group_by(*keys)
    )


def recounted_months(*which: Which) -> Counted:
    """The day figures of each month together."""
    f = DayFigure
    keys = (month_of(f.day).label("month"), f.service_id, f.channel, f.mode, f.question, f.code)
    return sa.select(*keys, sa.func.sum(f.count).label("count")).where(*which).group_by(*keys)


def recounted_crosses(*which: Which) -> Counted:
    """Each answer of the drawn by how they rated the whole; equality items among the questions."""
    r, a, e = Response, Answer, EqualityAnswer
    place = (month_of(r.day).label("month"), r.service_id, r.channel)
    rating = sa.type_coerce(r.satisfaction, sa.String(40)).label("rating")
    rated = (r.satisfaction.is_not(None), r.mode.not_in(UNDRAWN), *which)
    answered = (
        sa.select(*place, a.question, a.code, rating)
        .join(a, a.response_id == r.id)
        .where(a.code.is_not(None), a.question != RATING, *rated)
    )
    told = (
        sa.select(*place, (sa.literal(EQUALITY) + e.item).label("question"), e.code, rating)
        .join(e, e.response_id == r.id)
        .where(*rated)
    )
    *keys, rated_as = sa.union_all(answered, told).subquery().c
    sums = (
        how_many(rated_as, SATISFIED).label("satisfied"),
        how_many(rated_as, FIVE_POINTS).label("base"),
        how_many(rated_as, (Satisfaction.DO_NOT_KNOW,)).label("do_not_know"),
    )
    return sa.select(*keys, *sums).group_by(*keys)


def how_many(rating: sa.ColumnElement[str], points: Collection[str]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((rating.in_([str(point) for point in points]), 1), else_=0))


def counted_in(codes: Collection[str]) -> sa.ColumnElement[int]:
    """The month figures of these codes together."""
    return sa.func.sum(sa.case((MonthFigure.code.in_([str(code) for code in codes]), MonthFigure.count), else_=0))


def in_day_cells(kind: type[Response] | type[DayFigure], cells: Iterable[DayCell]) -> Which:
    return sa.tuple_(kind.day, kind.service_id, kind.channel).in_(list(cells))


def in_month_cells(kind: type[Response] | type[DayFigure], cells: Iterable[MonthCell]) -> Which:
    """Days in these months of these services and channels, said by bounds that an index can find."""
    pairs: dict[Month, list[tuple[int, Channel]]] = defaultdict(list)
    for month, service, channel in cells:
        pairs[month].append((service, channel))
    place = sa.tuple_(kind.service_id, kind.channel)
    return sa.or_(*(sa.and_(kind.day.between(m.first, m.last), place.in_(found)) for m, found in pairs.items()))

"""The figures of cases as the cases give them: what the roll-up stores, and what the check holds it against."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import start_of
from surveys.followups.cases.models import OPEN, Case, CaseState
from surveys.followups.learning.days import Moment, days_after, london_day, working_days_by
from surveys.followups.learning.models import Measure
from surveys.messaging.hours import Nation
from surveys.rates.months import Month, month_of

Select = sa.Select[*tuple[Any, ...]]
Holds = sa.ColumnElement[bool]
MOMENTS = ("opened", "acted", "closed")


def uncounted(nation: Nation) -> Holds:
    """Cases that changed since they were counted, or were counted by the calendar of another nation."""
    return sa.or_(Case.counted_with.is_(None), Case.counted_with < nation.value, Case.counted_with > nation.value)


def opened_in(month: Month, services: Collection[int] | None = None) -> Holds:
    """Cases of this month on the council's calendar, said by bounds that an index can find."""
    then = sa.and_(Case.opened_at >= start_of(month.first), Case.opened_at < start_of(month.plus(1).first))
    return then if services is None else sa.and_(then, Case.service_id.in_(services))


def recounted(first: date, today: date, nation: Nation, *which: Holds) -> Select:
    """The columns of the figures, of cases opened on this day or after. Last days that are over are all one."""
    c = each_case(first, today, nation, *which).c
    place = (c.month, c.service_id, c.channel)
    answer = sa.or_(c.settled.is_not(None), c.state.in_(OPEN))
    counted: dict[Measure, tuple[sa.ColumnElement[Any], tuple[Holds, ...]]] = {
        Measure.OPENED: (c.no_code, ()),
        Measure.CLOSED: (c.no_code, (c.state == CaseState.CLOSED,)),
        Measure.REOPENED: (c.no_code, (c.reopened > 0,)),
        Measure.ACKNOWLEDGEMENT_DUE: (c.acknowledge_code, ()),
        Measure.ACTED_IN_TIME: (c.acknowledge_code, (c.acted <= c.acknowledge_by,)),
        Measure.ANSWER_DUE: (c.answer_code, (answer,)),
        Measure.ANSWERED_IN_TIME: (c.answer_code, (answer, c.settled <= c.answer_by)),
        Measure.DAYS_TO_ACT: (c.days_to_act, (c.days_to_act.is_not(None),)),
        Measure.DAYS_TO_CLOSE: (c.days_to_close, (c.days_to_close.is_not(None),)),
        Measure.CAUSE: (c.cause, ()),
        Measure.CONTACT_MONTH: (c.contact_month, ()),
    }
    parts = [
        sa.select(
            sa.literal(measure.value).label("measure"), *place, code.label("code"), sa.func.count().label("count")
        )
        .where(*conditions)
        .group_by(*place, code)
        for measure, (code, conditions) in counted.items()
    ]
    return sa.select(*sa.union_all(*parts).subquery().c)


def each_case(first: date, today: date, nation: Nation, *which: Holds) -> sa.CTE:
    """Its place, its days, and its codes in words, each worked out once."""
    c = with_days(*which).c
    after = sa.select(*c, *(days_after(c[name], first).label(f"{name}_after") for name in MOMENTS)).subquery().c
    opened, acted, closed = (working_days_by(after[f"{name}_after"], first, today, nation) for name in MOMENTS)
    columns = (
        month_of(after.opened).label("month"),
        *(after[name] for name in ("service_id", "channel", "state", "reopened")),
        *(after[name] for name in ("acknowledge_by", "answer_by", "acted", "settled")),
        sa.literal("").label("no_code"),
        last_day(after.acknowledge_by, today).label("acknowledge_code"),
        last_day(after.answer_by, today).label("answer_code"),
        in_words(acted - opened).label("days_to_act"),
        in_words(closed - opened).label("days_to_close"),
        sa.func.coalesce(after.cause, "").label("cause"),
        in_words(month_of(after.day)).label("contact_month"),
    )
    return sa.select(*columns).cte("each_case").prefix_with("MATERIALIZED")


def with_days(*which: Holds) -> sa.CTE:
    """Cases with their moments as council days; without the word databases work them out wherever one is named."""
    c = Case
    moments: dict[str, Moment] = {"opened": c.opened_at, "acted": c.acted_at, "closed": c.closed_at}
    moments["settled"] = sa.func.coalesce(c.answered_at, c.closed_at)
    days = [london_day(moment).label(name) for name, moment in moments.items()]
    kept = (c.service_id, c.channel, c.state, c.reopened, c.cause, c.day, c.acknowledge_by, c.answer_by)
    return sa.select(*kept, *days).where(*which).cte("with_days").prefix_with("MATERIALIZED")


def last_day(day: sa.ColumnElement[date], today: date) -> sa.ColumnElement[str]:
    return sa.case((day < today, ""), else_=in_words(day))


def in_words(value: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    return sa.cast(value, sa.String(63))

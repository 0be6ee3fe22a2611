"""The roll-up of cases: where some changed, the figures of their month and service are counted again."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from surveys.core.db import db, lock
from surveys.followups.cases.models import Case
from surveys.followups.learning.days import london_day
from surveys.followups.learning.models import CaseFigure
from surveys.followups.learning.recounts import opened_in, recounted, uncounted
from surveys.messaging.hours import Nation
from surveys.rates.months import Month, month_of
from surveys.rates.replacing import replace

# A first count of years of cases lets others write in between.
MONTHS_AT_ONCE = 3


def count_cases(today: date, nation: Nation, months: int | None = None) -> bool:
    """Count anew where cases changed, the newest months first; returns whether some are left. In a transaction.

    Marking first and counting after means that a case which changes in between is counted by the next run: never
    missed. months: no more than so many; None is all of them.
    """
    lock("case figures")
    waiting = waiting_months(nation)
    some = sorted(waiting, reverse=True)[:months]
    for month in some:
        count_month(month, waiting[month], today, nation)
    return len(some) < len(waiting)


def waiting_months(nation: Nation) -> Mapping[Month, set[int]]:
    """The services of each month that have a case to be counted."""
    day = sa.select(london_day(Case.opened_at).label("day"), Case.service_id).where(uncounted(nation)).subquery().c
    months: dict[Month, set[int]] = defaultdict(set)
    for first, service in db.session.execute(sa.select(month_of(day.day), day.service_id).distinct()):
        months[Month.of(first)].add(service)
    return months


def count_month(month: Month, services: set[int], today: date, nation: Nation) -> None:
    """A case that somebody is changing is left unmarked, so that the next run counts its month again."""
    c = Case
    query = sa.select(c.id).where(opened_in(month, services), uncounted(nation)).order_by(c.id)
    free = query.with_for_update(of=c, skip_locked=True)
    marked = sa.update(c).where(c.id.in_(free)).values(counted_with=nation.value)
    db.session.execute(marked.execution_options(synchronize_session=False))
    f = CaseFigure
    which = sa.and_(f.month == month.first, f.service_id.in_(services))
    replace(f, which, recounted(month.first, today, nation, opened_in(month, services)))


def recount_all_cases(today: date, nation: Nation) -> int:
    """Replace every figure; returns how many there are. In a transaction."""
    lock("case figures")
    db.session.execute(sa.delete(CaseFigure).execution_options(synchronize_session=False))
    none = sa.update(Case).values(counted_with=None)
    db.session.execute(none.execution_options(synchronize_session=False))
    count_cases(today, nation)
    return how_many_figures()


def how_many_figures() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(CaseFigure)) or 0

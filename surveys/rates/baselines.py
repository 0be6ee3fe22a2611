"""Baselines: the months that a control chart is held against, frozen by a person and changed only with a reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, table_of
from surveys.core.refusals import Refused
from surveys.people.audit import record
from surveys.people.models import User
from surveys.rates.control import LEAST_BASELINE
from surveys.rates.months import Month, months_between
from surveys.rates.series import Series, of_series
from surveys.rates.set_models import Baseline

LONGEST_REASON = 300


@dataclass(frozen=True)
class Frozen:
    """A baseline as a person froze it. who: their name."""

    id: int
    series: Series
    first_month: Month
    last_month: Month
    reason: str
    set_at: datetime
    who: str

    @property
    def months(self) -> Sequence[Month]:
        return months_between(self.first_month, self.last_month)


def every_baseline(series: Collection[Series] | None = None) -> Sequence[Frozen]:
    """All of these series, or all there are, the newest first, in one query."""
    b, u = table_of(Baseline).c, table_of(User).c
    columns = (b.id, b.service_id, b.channel, b.first_month, b.last_month, b.reason, b.set_at)
    query = sa.select(*columns, u.name.label("who")).where(u.id == b.set_by).order_by(b.id.desc())
    if series is not None:
        query = query.where(of_series(b, series))
    found = [
        Frozen(
            id=row.id,
            series=Series(row.service_id, row.channel),
            first_month=Month.of(row.first_month),
            last_month=Month.of(row.last_month),
            reason=row.reason,
            set_at=row.set_at,
            who=row.who,
        )
        for row in db.session.execute(query).all()
    ]
    return [one for one in found if series is None or one.series in series]


def baseline_for(series: Collection[Series]) -> dict[Series, Frozen]:
    """The baseline in force of each series that has one: the newest. One query."""
    return newest_of(every_baseline(series))


def newest_of(newest_first: Sequence[Frozen]) -> dict[Series, Frozen]:
    found: dict[Series, Frozen] = {}
    for one in newest_first:
        found.setdefault(one.series, one)
    return found


def freeze(
    series: Series, months: tuple[Month, Month], reason: str, breaks: Collection[Month], by: int, moment: datetime
) -> Baseline:
    """Freeze these months, first and last, as what is usual; it takes the place of an older one, which stays.

    breaks: the months in which the rating's wording changed: no baseline reaches over one. Runs in a transaction.
    """
    first, last = months
    reason = " ".join(reason.split())
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise Refused(f"Enter a reason of {LONGEST_REASON} characters or less")
    if last < first.plus(LEAST_BASELINE - 1):
        raise Refused(
            f"Last month must be at least {LEAST_BASELINE - 1} months after the first: {LEAST_BASELINE} points"
        )
    if any(first < month <= last for month in breaks):
        raise Refused("The wording of the rating changed within these months. Choose months before or after it.")
    again = bool(every_baseline([series]))
    baseline = Baseline(
        service_id=series.service,
        channel=series.channel,
        first_month=first.first,
        last_month=last.first,
        reason=reason,
        set_at=moment,
        set_by=by,
    )
    db.session.add(baseline)
    db.session.flush()
    action = "baseline set again" if again else "baseline frozen"
    record(action, f"baseline:{baseline.id}", series=series.code, first=str(first), last=str(last))
    return baseline

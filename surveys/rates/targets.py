"""Targets: the share to be reached by a service and channel from a month on, who answers for it, and since when.

What was set last holds from its month on. A target that ended still holds for the months before its end, so that a
past month is always held against the target that it had; one that ended before it began never held.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.clock import day_of
from surveys.core.db import db, table_of
from surveys.core.refusals import NotFound, Refused
from surveys.people.audit import record
from surveys.people.models import Grant, User
from surveys.people.roles import ROLES, Permission
from surveys.rates.months import Month
from surveys.rates.series import Series, of_series
from surveys.rates.set_models import Target

TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True)
class SetTarget:
    """One target as it was set. share lies in (0, 1]."""

    id: int
    series: Series
    share: float
    from_month: Month
    owner_id: int
    owner: str
    set_at: datetime
    ended_at: datetime | None

    @property
    def end(self) -> Month | None:
        """The first month in which it does not hold any more."""
        return None if self.ended_at is None else Month.of(day_of(self.ended_at))

    @property
    def withdrawn(self) -> bool:
        """Ended before it held for any month."""
        return self.end is not None and self.end <= self.from_month


def every_target(series: Collection[Series] | None = None) -> Sequence[SetTarget]:
    """All targets of these series, or all there are, the newest first, in one query."""
    t, u = table_of(Target).c, table_of(User).c
    columns = (t.id, t.service_id, t.channel, t.share, t.from_month, t.owner_id, t.set_at, t.ended_at)
    query = sa.select(*columns, u.name.label("owner")).where(u.id == t.owner_id).order_by(t.id.desc())
    if series is not None:
        query = query.where(of_series(t, series))
    found = [
        SetTarget(
            id=row.id,
            series=Series(row.service_id, row.channel),
            share=row.share / TEN_THOUSANDTHS,
            from_month=Month.of(row.from_month),
            owner_id=row.owner_id,
            owner=row.owner,
            set_at=row.set_at,
            ended_at=row.ended_at,
        )
        for row in db.session.execute(query).all()
    ]
    return [one for one in found if series is None or one.series in series]


def targets_in_force(series: Collection[Series], months: Collection[Month]) -> dict[Series, dict[Month, SetTarget]]:
    """The target of each series in each month, where it has one, in one query."""
    return in_force(every_target(series), months)


def in_force(newest_first: Sequence[SetTarget], months: Collection[Month]) -> dict[Series, dict[Month, SetTarget]]:
    ordered, each = sorted(months), defaultdict[Series, list[SetTarget]](list)
    for target in newest_first:
        if not target.withdrawn:
            each[target.series].append(target)
    found: dict[Series, dict[Month, SetTarget]] = {}
    for series, own in each.items():
        by_month = {month: holds for month in ordered if (holds := holding(own, month)) is not None}
        if by_month:
            found[series] = by_month
    return found


def holding(newest_first: Sequence[SetTarget], month: Month) -> SetTarget | None:
    """What was set last, of those that had begun; None where that one had ended."""
    last = next((target for target in newest_first if target.from_month <= month), None)
    return None if last is None or (last.end is not None and last.end <= month) else last


def set_target(series: Series, share: int, from_month: Month, owner_id: int, by: int, moment: datetime) -> Target:
    """Set one, in ten-thousandths; it takes the place of an older one from its month on. Runs in a transaction."""
    if not 1 <= share <= TEN_THOUSANDTHS:
        raise Refused("Target must be a percentage above 0 and up to 100, like 85")
    if owner_id not in owners_of(series):
        raise Refused("Select an owner who may see the figures of this service")
    target = Target(
        service_id=series.service,
        channel=series.channel,
        share=share,
        from_month=from_month.first,
        owner_id=owner_id,
        set_at=moment,
        set_by=by,
    )
    db.session.add(target)
    db.session.flush()
    record(
        "target set", f"target:{target.id}", series=series.code, share=share, from_month=str(from_month), owner=owner_id
    )
    return target


def end_target(target_id: int, granted: frozenset[int] | None, moment: datetime) -> None:
    """End it from this month on; ending it twice changes nothing. Raises NotFound outside what was granted."""
    target = db.session.get(Target, target_id)
    if target is None or not Series(target.service_id, target.channel).within(granted):
        raise NotFound("There is no such target.")
    if target.ended_at is None:
        target.ended_at = moment
        db.session.flush()
        record("target ended", f"target:{target.id}", series=Series(target.service_id, target.channel).code)


def owners_of(series: Series) -> Mapping[int, str]:
    """Active users who may see the figures of a series, by number, in the order of their names."""
    return possible_owners(frozenset() if series.service is None else frozenset({series.service}))


def possible_owners(services: frozenset[int] | None) -> Mapping[int, str]:
    """Active users who may see the figures of all services, or of one of these; None: of any."""
    roles = [role for role, permissions in ROLES.items() if Permission.READ_RATES in permissions]
    where = sa.true() if services is None else sa.or_(Grant.service_id.is_(None), Grant.service_id.in_(services))
    may_see = sa.select(Grant.user_id).where(Grant.role.in_(roles), where)
    query = sa.select(User.id, User.name).where(User.active, User.id.in_(may_see)).order_by(User.name, User.id)
    return {row.id: row.name for row in db.session.execute(query)}

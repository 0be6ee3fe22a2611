"""What is told beside the figures: revisions of months that were over, and totals that other systems counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.rates.models import Revision
from surveys.rates.months import Month, month_of
from surveys.rates.scope import Scope, of_places, within
from surveys.rates.set_models import ControlTotal

MOST_REVISIONS = 200


@dataclass(frozen=True)
class Revised:
    """A rating of a month that was over, before and after late answers: (satisfied, base) each."""

    at: datetime
    month: Month
    service_id: int
    service: str
    channel: Channel
    before: tuple[int, int]
    after: tuple[int, int]


def read_revisions(scope: Scope) -> Sequence[Revised]:
    """The newest revisions of a scope's months, 200 at most, in one query."""
    v = Revision
    query = sa.select(v, Service.name.label("service")).join(Service, Service.id == v.service_id)
    query = within(query, v, scope).order_by(v.at.desc(), v.id.desc()).limit(MOST_REVISIONS)
    return [
        Revised(
            at=found.at,
            month=Month.of(found.month),
            service_id=found.service_id,
            service=service,
            channel=found.channel,
            before=(found.satisfied_before, found.base_before),
            after=(found.satisfied_after, found.base_after),
        )
        for found, service in db.session.execute(query)
    ]


@dataclass(frozen=True)
class Controlled:
    """Contacts that another system counted beside those that were loaded, over the days that it counted."""

    month: Month
    service_id: int
    service: str
    channel: Channel
    days: int
    total: int
    loaded: int

    @property
    def share(self) -> float | None:
        """loaded / total; None where the other system counted nobody."""
        return self.loaded / self.total if self.total else None


def read_control(scope: Scope) -> Sequence[Controlled]:
    """Each month, service and channel that has totals, in one query; only days that have one are compared."""
    t = ControlTotal
    days = sa.select(month_of(t.day).label("month"), t.service_id, t.channel, t.total, t.loaded)
    days = days.where(t.day.between(scope.first_month.first, scope.last_month.last))
    day = of_places(days, t.service_id, t.channel, scope).subquery().c
    keys = (day.month, day.service_id, Service.name, day.channel)
    query = (
        sa.select(*keys, sa.func.count(), sa.func.sum(day.total), sa.func.sum(day.loaded))
        .join(Service, Service.id == day.service_id)
        .group_by(*keys)
        .order_by(*keys)
    )
    return [
        Controlled(Month.of(month), service_id, service, channel, days, int(total), int(count))
        for month, service_id, service, channel, days, total, count in db.session.execute(query)
    ]

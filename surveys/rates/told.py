"""What is told beside the figures: revisions of months that were over, and totals that other systems counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.rates.models import Revision
from surveys.rates.months import Month
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
    """Each service and channel that has totals, in one query; only days that have one are compared."""
    t = ControlTotal
    keys = (t.service_id, t.channel)
    days = sa.select(*keys, sa.func.count().label("days"), sa.func.sum(t.total).label("total"))
    days = days.add_columns(sa.func.sum(t.loaded).label("loaded")).group_by(*keys)
    days = days.where(t.day.between(scope.first_month.first, scope.last_month.last))
    added = of_places(days, t.service_id, t.channel, scope).subquery().c
    query = sa.select(*added, Service.name.label("service")).where(Service.id == added.service_id)
    found = db.session.execute(query.order_by(added.service_id, added.channel))
    return [
        Controlled(row.service_id, row.service, row.channel, row.days, int(row.total), int(row.loaded)) for row in found
    ]

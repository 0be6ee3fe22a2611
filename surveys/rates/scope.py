"""What a page is about, and how a query keeps within it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.rates.models import CrossFigure, MonthFigure, Revision
from surveys.rates.months import Month, months_between
from surveys.rates.recounts import RATING
from surveys.rates.series import Series

# Of a table its columns: the mapping of classes takes longer than to read thousands of rows.
Columns = ReadOnlyColumnCollection[str, sa.Column[Any]]
Figure = type[MonthFigure] | type[CrossFigure] | type[Revision] | Columns
Query = sa.Select[*tuple[Any, ...]]
# Beyond so many months of services, to read on from one end is quicker.
MOST_NAMED = 120
NEWEST_MONTH = sa.select(sa.func.max(MonthFigure.month)).where(MonthFigure.question == RATING)


@dataclass(frozen=True)
class Scope:
    """Whole months, both among them. services and channels: None means all of them; an empty set means none.

    Pages choose months and never days, so that nobody can subtract one period from another that is a day longer.
    """

    first_month: Month
    last_month: Month
    services: frozenset[int] | None = None
    channels: frozenset[Channel] | None = None

    @property
    def series(self) -> list[Series] | None:
        """The totals that together are the scope; None where it is some channels of some services: no total is."""
        if self.services is not None and self.channels is not None:
            return None
        if self.services is not None:
            return [Series(service) for service in sorted(self.services)]
        return [Series()] if self.channels is None else [Series(None, channel) for channel in sorted(self.channels)]

    def has(self, month: Month, service: int, channel: Channel) -> bool:
        return (
            self.first_month <= month <= self.last_month
            and (self.services is None or service in self.services)
            and (self.channels is None or channel in self.channels)
        )


def within(query: Query, figure: Figure, scope: Scope) -> Query:
    """Of a few services each month is named, so that an index leads to them instead of past all the others."""
    months = months_between(scope.first_month, scope.last_month)
    if scope.services is not None and len(scope.services) * len(months) <= MOST_NAMED:
        query = query.where(figure.month.in_([month.first for month in months]))
    else:
        query = query.where(figure.month.between(scope.first_month.first, scope.last_month.first))
    return of_places(query, figure.service_id, figure.channel, scope)


def of_places(query: Query, service_id: Any, channel: Any, scope: Scope) -> Query:
    if scope.services is not None:
        query = query.where(service_id.in_(scope.services))
    if scope.channels is not None:
        query = query.where(channel.in_(scope.channels))
    return query


def newest_month() -> Month | None:
    """The newest month with a rating, which is where a dashboard's usual period ends."""
    newest = db.session.scalar(NEWEST_MONTH)
    return None if newest is None else Month.of(newest)

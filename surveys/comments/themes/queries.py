"""What comments are about, from the theme figures alone: the cost does not grow with the number of comments."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from nlp.comments import SENTIMENTS
from surveys.comments.texts.reach import Reach
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.models import ThemeFigure
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service


@dataclass(frozen=True)
class Themes:
    """Comments by label and sentiment. A comment with two labels counts under both, and once in the base."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, label: str, sentiment: str | None = None) -> int:
        by_sentiment = self.counts.get(label, {})
        return by_sentiment.get(sentiment, 0) if sentiment else sum(by_sentiment.values())

    @property
    def base(self) -> int:
        """Comments that were classified."""
        return self.of(EVERY)


@dataclass(frozen=True)
class Part:
    """How many of the classified comments of one month, service or channel have the label."""

    count: int
    base: int


@dataclass(frozen=True)
class ThemeCuts:
    """One label cut three ways. Months by their first day."""

    months: Mapping[date, Part]
    services: Mapping[str, Part]
    channels: Mapping[Channel, Part]


def read_themes(reach: Reach, starts_before: date, sentiment: str | None = None) -> tuple[Themes, Themes]:
    """(the period, the one before it, which begins on starts_before), in one query."""
    f = ThemeFigure
    query = sa.select(f.label, f.sentiment, recent(reach).label("now"), sa.func.sum(f.count).label("both"))
    now: dict[str, dict[str, int]] = defaultdict(dict)
    before: dict[str, dict[str, int]] = defaultdict(dict)
    for row in db.session.execute(within(query.group_by(f.label, f.sentiment), reach, sentiment, starts_before)):
        now[row.label][row.sentiment] = int(row.now)
        before[row.label][row.sentiment] = int(row.both) - int(row.now)
    return Themes(now), Themes(before)


def read_cuts(reach: Reach, label: str, months_from: date, sentiment: str | None = None) -> ThemeCuts:
    """Months from the one that holds months_from; services and channels of the reach's own period. One query."""
    f = ThemeFigure
    year, month = sa.extract("year", f.day), sa.extract("month", f.day)
    query = (
        sa.select(year.label("year"), month.label("month"), Service.name.label("service"), f.channel, f.label)
        .add_columns(recent(reach).label("now"), sa.func.sum(f.count).label("n"))
        .join(Service, Service.id == f.service_id)
        .where(f.label.in_((label, EVERY)))
        .group_by(year, month, Service.name, f.channel, f.label)
    )
    starts = min(months_from.replace(day=1), reach.starts_on)
    return cut(db.session.execute(within(query, reach, sentiment, starts)))


def recent(reach: Reach) -> sa.ColumnElement[int]:
    """Of the days that are read, the sum over those of the reach's own period."""
    return sa.func.sum(sa.case((ThemeFigure.day >= reach.starts_on, ThemeFigure.count), else_=0))


def within(
    query: sa.Select[*tuple[Any, ...]], reach: Reach, sentiment: str | None, starts: date
) -> sa.Select[*tuple[Any, ...]]:
    f = ThemeFigure
    query = query.where(f.day.between(starts, reach.ends_on))
    if reach.services is not None:
        query = query.where(f.service_id.in_(reach.services))
    if reach.channels is not None:
        query = query.where(f.channel.in_(reach.channels))
    return query.where(f.sentiment == sentiment) if sentiment in SENTIMENTS else query


def cut(rows: sa.Result[*tuple[Any, ...]]) -> ThemeCuts:
    months: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    services: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    channels: dict[Channel, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        place = 1 if row.label == EVERY else 0
        months[date(int(row.year), int(row.month), 1)][place] += int(row.n)
        if row.now:
            services[row.service][place] += int(row.now)
            channels[row.channel][place] += int(row.now)
    order = list(Channel)
    return ThemeCuts(
        {month: Part(*months[month]) for month in sorted(months)},
        {name: Part(*services[name]) for name in sorted(services)},
        {channel: Part(*channels[channel]) for channel in sorted(channels, key=order.index)},
    )

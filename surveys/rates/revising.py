"""Revisions: what late answers changed in a month that was long over, kept to be told."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.clock import day_of
from surveys.core.db import db, insert_into
from surveys.rates.models import MonthFigure, Revision
from surveys.rates.page_models import RatingFigure
from surveys.rates.recounts import RATING, MonthCell, batches

# Links are good for 28 days: for so long a month's answers still come in as a matter of course.
SETTLES_AFTER = timedelta(days=31)

Rated = dict[tuple[date, int, Channel], tuple[int, int]]


def settled(cells: Collection[MonthCell], moment: datetime) -> list[tuple[date, int, Channel]]:
    """Those in months that are long over and have figures already: a first fill revises nothing."""
    over = {month.first for month, _, _ in cells if month.last + SETTLES_AFTER < day_of(moment)}
    f = MonthFigure
    known = sa.select(f.month).where(f.question == RATING, f.month.in_(over)).distinct()
    figured = set(db.session.scalars(known)) if over else set()
    return [(month.first, service, channel) for month, service, channel in cells if month.first in figured]


def ratings_of(places: Sequence[tuple[date, int, Channel]]) -> Rated:
    """(satisfied, base) of the drawn in each of these months, services and channels, as stored now."""
    found: Rated = {}
    for some in batches(places):
        found |= ratings_of_some(some)
    return found


def ratings_of_some(places: Sequence[tuple[date, int, Channel]]) -> Rated:
    f = RatingFigure
    keys = (f.month, f.service_id, f.channel)
    query = sa.select(*keys, f.satisfied, f.base).where(sa.tuple_(*keys).in_(list(places)))
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in db.session.execute(query)}


def keep_revisions(before: Rated, after: Rated, moment: datetime) -> int:
    """A row for each rating that changed; returns how many."""
    rows = [
        {
            "at": moment,
            "month": place[0],
            "service_id": place[1],
            "channel": place[2],
            "satisfied_before": was[0],
            "base_before": was[1],
            "satisfied_after": is_now[0],
            "base_after": is_now[1],
        }
        for place in sorted({*before, *after})
        if (was := before.get(place, (0, 0))) != (is_now := after.get(place, (0, 0)))
    ]
    if rows:
        db.session.execute(insert_into(Revision), rows)
    return len(rows)

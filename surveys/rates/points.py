"""What was answered at kiosks and by posters: shown apart, for nobody was drawn there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import CollectionPoint, PointKind
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.rates.models import PointFigure
from surveys.rates.scope import Scope, of_places
from surveys.rates.statistics import Rate, rate_of


@dataclass(frozen=True)
class PointRate:
    """The ratings at one point in a period. doubted are among those of rate."""

    place: str
    kind: PointKind
    service: str
    channel: Channel
    rate: Rate
    doubted: int


def read_points(scope: Scope) -> Sequence[PointRate]:
    """Each point with an answer in the scope, by place; one query, whose cost does not grow with the answers."""
    p, f = CollectionPoint, PointFigure
    query = (
        sa.select(
            p.id,
            p.place,
            p.kind,
            Service.name.label("service"),
            p.channel,
            f.code,
            f.doubted,
            sa.func.sum(f.count).label("n"),
        )
        .join(p, p.id == f.point_id)
        .join(Service, Service.id == p.service_id)
        .where(f.day.between(scope.first_month.first, scope.last_month.last))
        .group_by(p.id, p.place, p.kind, Service.name, p.channel, f.code, f.doubted)
        .order_by(p.place, p.id)
    )
    return gathered(db.session.execute(of_places(query, p.service_id, p.channel, scope)))


def gathered(rows: Iterable[Any]) -> list[PointRate]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    doubted: dict[int, int] = defaultdict(int)
    about: dict[int, tuple[str, PointKind, str, Channel]] = {}
    for row in rows:
        about[row.id] = (row.place, row.kind, row.service, row.channel)
        counts[row.id][row.code] += int(row.n)
        doubted[row.id] += int(row.n) if row.doubted else 0
    return [PointRate(*about[key], rate_of(counts[key]), doubted[key]) for key in about]

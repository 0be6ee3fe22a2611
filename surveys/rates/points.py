"""What was answered at kiosks and by posters: shown apart, for nobody was drawn there."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.answers.models import CollectionPoint, PointKind
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service
from surveys.rates.page_models import PointTotal
from surveys.rates.scope import Scope, of_places
from surveys.rates.statistics import Rate


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
    p, t = CollectionPoint, PointTotal
    about = (p.place, p.kind, Service.name, p.channel)
    sums = (sa.func.sum(count) for count in (t.satisfied, t.base, t.do_not_know, t.doubted))
    query = (
        sa.select(*about, *sums)
        .join(p, p.id == t.point_id)
        .join(Service, Service.id == p.service_id)
        .where(t.month.between(scope.first_month.first, scope.last_month.first))
        .group_by(p.id, *about)
        .order_by(p.place, p.id)
    )
    rows = db.session.execute(of_places(query, p.service_id, p.channel, scope))
    return [
        PointRate(place, kind, service, channel, Rate(satisfied, base, do_not_know), doubted)
        for place, kind, service, channel, satisfied, base, do_not_know, doubted in rows
    ]

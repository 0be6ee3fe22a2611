"""Quotations as screens and files show them: those that wait, and those that may be published."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from surveys.comments.quotations.approving import FEWEST, month_around
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.quotations.quotable import published
from surveys.comments.texts.models import Comment, LabelKind
from surveys.comments.texts.queries import labelled, labels_of
from surveys.comments.texts.reach import Reach
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.people.models import Service

A_PAGE = 50


@dataclass(frozen=True)
class Quoted:
    """A quotation as screens show it. theirs: how many residents wrote a comment on its service in its month."""

    id: int
    comment_id: int
    words: str = field(repr=False)
    service: str
    service_id: int
    channel: Channel
    day: date
    sentiment: str | None
    topics: tuple[str, ...]
    proposed_at: datetime
    proposed_by: int
    decided_at: datetime | None
    theirs: int | None = None

    @property
    def too_few(self) -> bool:
        return self.theirs is not None and self.theirs < FEWEST


def proposed(services: frozenset[int] | None) -> Sequence[Quoted]:
    """What waits to be approved, the oldest first, each with how many wrote in its month. None means all services."""
    query = with_state(QuotationState.PROPOSED)
    if services is not None:
        query = query.where(Comment.service_id.in_(services))
    found = quoted(db.session.execute(query.order_by(Quotation.proposed_at, Quotation.id).limit(A_PAGE)).all())
    theirs = writers_of(found)
    return [replace(one, theirs=theirs.get((one.service_id, one.day.year, one.day.month), 0)) for one in found]


def approved_quotations(reach: Reach, label: str | None = None, most: int = A_PAGE) -> Sequence[Quoted]:
    """What may be shown to anybody, the newest first, in two queries. label: a topic in force; None asks for any."""
    query = with_state(QuotationState.APPROVED).where(Comment.day.between(reach.starts_on, reach.ends_on))
    if reach.services is not None:
        query = query.where(Comment.service_id.in_(reach.services))
    if reach.channels is not None:
        query = query.where(Comment.channel.in_(reach.channels))
    if label:
        query = query.where(labelled(LabelKind.TOPIC, label))
    newest = query.order_by(Quotation.decided_at.desc(), Quotation.id.desc())
    return quoted(db.session.execute(newest.limit(most)).all())


def with_state(state: QuotationState) -> sa.Select[*tuple[Any, ...]]:
    q, c = Quotation, Comment
    about = (c.service_id, c.channel, c.day, c.sentiment, Service.name.label("service"))
    query = sa.select(q.id, q.comment_id, q.words, q.state, q.proposed_by, q.proposed_at, q.decided_at, *about)
    return query.join(c, c.id == q.comment_id).join(Service, Service.id == c.service_id).where(q.state == state)


def quoted(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> list[Quoted]:
    labels = labels_of({row.comment_id for row in rows}) if rows else {}
    return [
        Quoted(
            id=row.id,
            comment_id=row.comment_id,
            words=published(row.words),
            service=row.service,
            service_id=row.service_id,
            channel=row.channel,
            day=row.day,
            sentiment=row.sentiment,
            topics=labels[row.comment_id].topics,
            proposed_at=row.proposed_at,
            proposed_by=row.proposed_by,
            decided_at=row.decided_at,
        )
        for row in rows
    ]


def writers_of(found: Sequence[Quoted]) -> dict[tuple[int, int, int], int]:
    """(service, year, month) of each of these to how many residents wrote then. One query."""
    c = Comment
    months = {(one.service_id, month_around(one.day)) for one in found}
    if not months:
        return {}
    place = (c.service_id, sa.extract("year", c.day).label("year"), sa.extract("month", c.day).label("month"))
    query = sa.select(*place, sa.func.count(sa.distinct(c.response_id)).label("n")).group_by(*place)
    which = sa.or_(*(sa.and_(c.service_id == service, c.day.between(*month)) for service, month in months))
    return {(row.service_id, int(row.year), int(row.month)): row.n for row in db.session.execute(query.where(which))}

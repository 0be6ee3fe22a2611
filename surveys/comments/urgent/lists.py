"""The urgent list: what waits in each queue, the oldest first, and what was closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from nlp.redaction.types import RedactedText
from nlp.urgency.judge import LEARNED, reasons
from nlp.urgency.types import Urgency
from surveys.comments.texts.models import Comment
from surveys.comments.texts.pieces import Span
from surveys.comments.urgent.models import Outcome, UrgentComment
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.people.models import Service, User

A_QUEUE = 25
A_PAGE = 50
# By then the pause between two emails to one person is over, and the next has gone.
TOLD_WITHIN = timedelta(minutes=12)


@dataclass(frozen=True)
class Urgent:
    """An urgent comment as screens show it. text is "" once it was let go; closer is the name of who closed it.

    edition changes with the words and with each raising: who closes says what they saw.
    """

    id: int
    comment_id: int
    flag: Urgency
    raised_at: datetime
    by_person: bool
    told_at: datetime | None
    service: str
    channel: Channel
    day: date
    rating: int | None
    language: str
    edition: str
    closed_at: datetime | None
    outcome: Outcome | None
    closer: str | None = field(repr=False)
    text: RedactedText = field(repr=False)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that speak for this flag now; none where a person raised it without them."""
        told = [r for r in reasons(self.text) if r.flag is self.flag]
        by_rule = [r for r in told if r.rule != LEARNED]
        return whole_spans((r.start, r.end) for r in by_rule or told)


@dataclass(frozen=True)
class Waiting:
    """How many wait in each queue; untold: how many of them nobody could be told of by email."""

    counts: Mapping[Urgency, int]
    untold: int

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def whole_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that touch become one, so that a reader meets each marked stretch once."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            before = found.pop()
            start, end = before[0], max(end, before[1])
        found.append((start, end))
    return tuple(found)


def waiting(services: frozenset[int] | None, moment: datetime) -> Waiting:
    """One query. services None means all of the council's."""
    u = UrgentComment
    late = sa.and_(u.told_at.is_(None), u.raised_at < moment - TOLD_WITHIN)
    query = sa.select(u.flag, sa.func.count().label("n"), sa.func.sum(sa.case((late, 1), else_=0)).label("untold"))
    query = query.join(Comment, Comment.id == u.comment_id).where(u.closed_at.is_(None), *of_services(services))
    rows = db.session.execute(query.group_by(u.flag)).all()
    found = {row.flag: row.n for row in rows}
    return Waiting({flag: found.get(flag, 0) for flag in Urgency}, sum(int(row.untold) for row in rows))


def of_services(services: frozenset[int] | None) -> list[sa.ColumnElement[bool]]:
    return [] if services is None else [Comment.service_id.in_(services)]


def queue(flag: Urgency, services: frozenset[int] | None) -> Sequence[Urgent]:
    """The oldest of one queue, oldest first."""
    u = UrgentComment
    query = every(services).where(u.flag == flag, u.closed_at.is_(None)).order_by(u.raised_at, u.id)
    return [urgent_of(row) for row in db.session.execute(query.limit(A_QUEUE))]


def closed(services: frozenset[int] | None, page: int) -> tuple[Sequence[Urgent], bool]:
    """(a page of those that were closed, newest first, counted from 1; whether there are more)."""
    u = UrgentComment
    query = every(services).where(u.closed_at.is_not(None)).order_by(u.closed_at.desc(), u.id.desc())
    rows = db.session.execute(query.offset((page - 1) * A_PAGE).limit(A_PAGE + 1)).all()
    return [urgent_of(row) for row in rows[:A_PAGE]], len(rows) > A_PAGE


def urgent_numbered(number: int, services: frozenset[int] | None) -> Urgent:
    row = db.session.execute(every(services).where(UrgentComment.id == number)).one_or_none()
    if row is None:
        raise NotFound("There is no such urgent comment, or it is about a service that your account does not cover.")
    return urgent_of(row)


def note_of(number: int) -> str | None:
    """The note it was last closed with. It is opened for one comment at a time."""
    return db.session.scalar(sa.select(UrgentComment.note).where(UrgentComment.id == number))


def every(services: frozenset[int] | None) -> sa.Select[*tuple[Any, ...]]:
    u, c = UrgentComment, Comment
    columns = (u.id, u.comment_id, u.flag, u.raised_at, u.raised_by, u.told_at, u.closed_at, u.outcome)
    about = (c.channel, c.day, c.rating, c.language, c.redacted, c.read_at)
    query = sa.select(*columns, *about, Service.name.label("service"), User.name.label("closer"))
    query = query.join(c, c.id == u.comment_id).join(Service, Service.id == c.service_id)
    return query.outerjoin(User, User.id == u.closed_by).where(*of_services(services))


def urgent_of(row: sa.Row[*tuple[Any, ...]]) -> Urgent:
    return Urgent(
        id=row.id,
        comment_id=row.comment_id,
        flag=row.flag,
        raised_at=row.raised_at,
        by_person=row.raised_by is not None,
        told_at=row.told_at,
        service=row.service,
        channel=row.channel,
        day=row.day,
        rating=row.rating,
        language=row.language,
        edition=edition(row.raised_at, row.read_at),
        closed_at=row.closed_at,
        outcome=row.outcome,
        closer=row.closer,
        text=row.redacted,
    )


def edition(raised_at: datetime, read_at: datetime) -> str:
    return f"{raised_at:%Y%m%dT%H%M%S%f}.{read_at:%Y%m%dT%H%M%S%f}"

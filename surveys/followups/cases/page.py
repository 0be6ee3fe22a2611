"""One case as its page shows it: what it is, the redacted comments behind it, what happened to it.

Of the response there is its rating and its redacted comments, and no other answer, whoever looks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from nlp.redaction.types import RedactedText
from surveys.comments.texts.models import Comment
from surveys.comments.texts.queries import Labels, labels_of
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.followups.cases.history import NO_CASE, history
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseKind, CaseOutcome, CaseRule, CaseState
from surveys.followups.cases.owners import names_of
from surveys.people.models import Service, User
from surveys.questionnaires.kinds import Satisfaction


@dataclass(frozen=True)
class Shown:
    """The case's own columns, with names in place of numbers where people read them. rule: what opened it."""

    id: int
    kind: CaseKind
    service_id: int
    service: str
    channel: Channel
    day: date
    satisfaction: Satisfaction | None
    consent: bool
    state: CaseState
    owner_id: int | None
    owner: str | None = field(repr=False)
    rule: str | None
    response_id: int | None = field(repr=False)
    opened_at: datetime
    acknowledge_by: date
    answer_by: date
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: CaseOutcome | None
    cause: str | None
    complaint_reference: str | None
    reopened: int
    edition: int
    erased_at: datetime | None


@dataclass(frozen=True)
class Said:
    """One redacted comment of the response; text is "" once it was let go."""

    id: int
    language: str
    sentiment: str | None
    labels: Labels
    text: RedactedText = field(repr=False)


@dataclass(frozen=True)
class Happened:
    """One event. by is "" for the program, given_to "" for nobody."""

    id: int
    at: datetime
    kind: CaseEventKind
    by: str = field(repr=False)
    by_id: int | None
    given_to: str = field(repr=False)
    given_to_id: int | None
    to_state: CaseState | None
    outcome: CaseOutcome | None
    reached: bool
    words: str | None = field(repr=False)


def case_numbered(number: int, services: frozenset[int] | None) -> Shown:
    """Raises NotFound where it is of none of these services, in the same words as where there is none. One query."""
    c = Case
    own = [name for name in Shown.__dataclass_fields__ if name not in ("service", "owner", "rule")]
    named = (Service.name.label("service"), User.name.label("owner"), CaseRule.name.label("rule"))
    query = sa.select(*(getattr(c, name) for name in own), *named).join(Service, Service.id == c.service_id)
    query = query.outerjoin(User, User.id == c.owner_id).outerjoin(CaseRule, CaseRule.id == c.rule_id)
    row = db.session.execute(query.where(c.id == number)).one_or_none()
    if row is None or (services is not None and row.service_id not in services):
        raise NotFound(NO_CASE)
    return Shown(**row._asdict())


def said_in(response_id: int | None) -> Sequence[Said]:
    """The comments of a response in their order, with their labels in force. Two queries at most."""
    c = Comment
    columns = (c.id, c.language, c.sentiment, c.redacted)
    rows = db.session.execute(sa.select(*columns).where(c.response_id == response_id).order_by(c.id)).all()
    labels: Mapping[int, Labels] = labels_of([row.id for row in rows]) if rows else {}
    return [Said(row.id, row.language, row.sentiment, labels[row.id], row.redacted) for row in rows]


def happened_to(number: int) -> Sequence[Happened]:
    """Everything, in its order. Two queries."""
    events = history(number)
    names = names_of(user for event in events for user in (event.by, event.given_to) if user is not None)
    return [happened(event, names) for event in events]


def happened(event: CaseEvent, names: Mapping[int, str]) -> Happened:
    return Happened(
        id=event.id,
        at=event.at,
        kind=event.kind,
        by=names.get(event.by or 0, ""),
        by_id=event.by,
        given_to=names.get(event.given_to or 0, ""),
        given_to_id=event.given_to,
        to_state=event.to_state,
        outcome=event.outcome,
        reached=bool(event.reached),
        words=event.words,
    )


def was_reached(events: Iterable[Happened]) -> bool:
    """Whether somebody wrote to the resident or spoke to them since it was opened, or opened again."""
    reached = False
    for event in events:
        still = reached and event.kind is not CaseEventKind.REOPENED
        reached = still or event.kind is CaseEventKind.WRITTEN or event.reached
    return reached


def since(events: Collection[Happened], last_seen: int) -> Sequence[Happened]:
    """What happened after an event that a form knew of."""
    return [event for event in events if event.id > last_seen]

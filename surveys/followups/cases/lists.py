"""Cases in lists: mine, late, open, closed. A page costs the same whatever stands behind it; counts stop at a bound.

Nothing here reads a word that anybody wrote, an address, or more of a response than its rating.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.followups.cases.models import OPEN, Case, CaseKind, CaseOutcome, CaseState
from surveys.followups.cases.words import Due, due_of
from surveys.people.models import Service, User
from surveys.questionnaires.kinds import Satisfaction

A_PAGE = 50
MOST_PAGES = 100
MOST_COUNTED = 1000
NOT_CLOSED = tuple(state for state in CaseState if state is not CaseState.CLOSED)
UNDER_WAY = tuple(state for state in OPEN if state is not CaseState.NEW)


class View(StrEnum):
    OPEN = "open"
    MINE = "mine"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """Which cases. services: None for all of the council's. day: the London day by which something is late."""

    view: View
    services: frozenset[int] | None
    user_id: int
    day: date
    kind: CaseKind | None = None


@dataclass(frozen=True)
class Listed:
    """A case as a list shows it."""

    id: int
    kind: CaseKind
    service: str
    channel: Channel
    day: date
    satisfaction: Satisfaction | None
    consent: bool
    state: CaseState
    due: Due | None
    opened_at: datetime
    acknowledge_by: date
    answer_by: date
    closed_at: datetime | None
    outcome: CaseOutcome | None
    cause: str | None
    reopened: int
    owner: str | None = field(repr=False)


@dataclass(frozen=True)
class Listing:
    """A page, what is due first standing first. counts: of each view, exact up to MOST_COUNTED and one more beyond."""

    cases: Sequence[Listed]
    counts: Mapping[View, int]
    more: bool


def read_listing(wanted: Wanted, page: int) -> Listing:
    """Two queries. page counts from 1."""
    few = newest_closed(wanted) if wanted.view is View.CLOSED else due_first(wanted, page * A_PAGE + 1)
    few = few.limit(A_PAGE + 1).offset((page - 1) * A_PAGE)
    # The names are looked up for the rows of the page alone.
    rows = db.session.execute(every().where(Case.id.in_(few)).order_by(*order(wanted.view))).all()
    return Listing([listed(row, wanted.day) for row in rows[:A_PAGE]], read_counts(wanted), len(rows) > A_PAGE)


def newest_closed(wanted: Wanted) -> sa.Select[int]:
    """The moment says nothing new, but lets PostgreSQL walk its index."""
    query = matching(sa.select(Case.id), wanted).where(Case.closed_at.is_not(None))
    return query.order_by(*order(View.CLOSED))


def due_first(wanted: Wanted, most: int) -> sa.Select[int]:
    """The numbers in order. Each state alone is in the order of an index, so `most` of each are read and no more."""
    c, parts = Case, []
    for state in NOT_CLOSED:
        due = c.acknowledge_by if state is CaseState.NEW else c.answer_by
        rank = sa.literal(0 if state in OPEN else 1).label("rank")
        part = matching(sa.select(c.id, rank, due.label("due")), wanted).where(c.state == state)
        parts.append(part.order_by(due, c.id).limit(most).subquery().select())
    every_part = sa.union_all(*parts).subquery().c
    return sa.select(every_part.id).order_by(every_part.rank, every_part.due, every_part.id)


def every_listed(wanted: Wanted) -> Iterator[Listed]:
    """All of them by number, for a file: a few hundred in memory at a time."""
    query = matching(every(), wanted).order_by(Case.id).execution_options(yield_per=500)
    for row in db.session.execute(query):
        yield listed(row, wanted.day)


def read_counts(wanted: Wanted) -> Mapping[View, int]:
    """Of every view, under the same service and kind. One query."""
    c, views = Case, {view: replace(wanted, view=view) for view in View}
    counts = {view: bounded(matching(sa.select(c.id), one)) for view, one in views.items()}
    about = [*of_services(wanted.services), *([c.kind == wanted.kind] if wanted.kind else [])]
    counts[View.LATE] = late_count(wanted.day, about)
    row = db.session.execute(sa.select(*(counts[view] for view in View))).one()
    return {view: min(int(count), MOST_COUNTED + 1) for view, count in zip(View, row, strict=True)}


def bounded(query: sa.Select[*tuple[Any, ...]]) -> sa.ColumnElement[int]:
    """How many there are, counting no further than one more than MOST_COUNTED."""
    return sa.select(sa.func.count()).select_from(query.limit(MOST_COUNTED + 1).subquery()).scalar_subquery()


def late_count(day: date, about: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[int]:
    """Each kind of lateness by itself, in its order: else PostgreSQL reads all that was ever closed, to find some."""
    parts = (sa.select(Case.id).where(part, *about).order_by(Case.answer_by) for part in late_parts(day))
    first, second = (bounded(part) for part in parts)
    return first + second


def waiting_columns(services: frozenset[int] | None, day: date) -> tuple[sa.Label[int], sa.Label[int]]:
    """How many are late, and how many are new that nobody took: for a query that asks for more than that."""
    own, nobody = of_services(services), (Case.state == CaseState.NEW, Case.owner_id.is_(None))
    new = bounded(sa.select(Case.id).where(*nobody, *own))
    return late_count(day, own).label("late_cases"), new.label("new_cases")


def every() -> sa.Select[*tuple[Any, ...]]:
    c = Case
    columns = (c.id, c.kind, c.channel, c.day, c.satisfaction, c.consent, c.state, c.opened_at, c.acknowledge_by)
    ended = (c.answer_by, c.closed_at, c.outcome, c.cause, c.reopened)
    query = sa.select(*columns, *ended, Service.name.label("service"), User.name.label("owner"))
    return query.join(Service, Service.id == c.service_id).outerjoin(User, User.id == c.owner_id)


def matching(query: sa.Select[*tuple[Any, ...]], wanted: Wanted) -> sa.Select[*tuple[Any, ...]]:
    query = query.where(in_view(wanted), *of_services(wanted.services))
    return query if wanted.kind is None else query.where(Case.kind == wanted.kind)


def in_view(wanted: Wanted) -> sa.ColumnElement[bool]:
    if wanted.view is View.MINE:
        return sa.and_(Case.owner_id == wanted.user_id, Case.state.in_(NOT_CLOSED))
    if wanted.view is View.LATE:
        return late_on(wanted.day)
    if wanted.view is View.OPEN:
        return Case.state.in_(NOT_CLOSED)
    return Case.state == CaseState.CLOSED


def late_on(day: date) -> sa.ColumnElement[bool]:
    """The day is past the deadline that runs."""
    return sa.or_(*late_parts(day))


def late_parts(day: date) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Not acknowledged in time; not answered in time."""
    c = Case
    return (
        sa.and_(c.state == CaseState.NEW, c.acknowledge_by < day),
        sa.and_(c.state.in_(UNDER_WAY), c.answer_by < day),
    )


def of_services(services: frozenset[int] | None) -> list[sa.ColumnElement[bool]]:
    return [] if services is None else [Case.service_id.in_(services)]


def order(view: View) -> list[sa.SQLColumnExpression[Any]]:
    """What is due first; then what only has to be closed, the longest waiting first. Closed ones: newest first."""
    c = Case
    if view is View.CLOSED:
        return [c.closed_at.desc(), c.id.desc()]
    due = sa.case((c.state == CaseState.NEW, c.acknowledge_by), else_=c.answer_by)
    return [sa.case((c.state.in_(OPEN), 0), else_=1), due, c.id]


def listed(row: sa.Row[*tuple[Any, ...]], day: date) -> Listed:
    given = row._asdict()
    return Listed(**given, due=due_of(row.state, row.acknowledge_by, row.answer_by, day))

"""The nightly seal: what each day's answers and draws were goes into the audit chain as one digest."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from proof.leaves import RULE, digest_of, draw_leaf, response_leaf
from surveys.answers.models import Response
from surveys.core.clock import day_of, start_of
from surveys.core.db import db, lock, table_of
from surveys.evidence.seals.models import DaySeal, DrawLeaf, ResponseSeal, Sealed
from surveys.evidence.seals.rows import AT_ONCE, Row, draws_between, unsealed_responses
from surveys.people.audit import record
from surveys.people.models import AuditEntry
from surveys.sampling.models import Draw

ACTIONS = {Sealed.ANSWERS: "answers sealed", Sealed.DRAWS: "draws sealed"}
DAY = timedelta(days=1)
# How many by month, as in 2026-03.
Months = Counter[str]


def seal_through(last: date, moment: datetime) -> int:
    """Seal every day up to this one that is not sealed; returns how many days were.

    A day without anything is sealed too, so that nothing can be put into it later. What closed on a day that was
    sealed already goes into the next seal, which says how many came late.
    """
    lock("seals")
    return seal_answers(last, moment) + seal_draws(last, moment)


def seal_answers(last: date, moment: datetime) -> int:
    first = first_unsealed(Sealed.ANSWERS, sa.select(sa.func.min(Response.started_at)))
    if first is None or first > last:
        return 0
    by_day = groupby(unsealed_responses(start_of(last + DAY)), key=lambda row: max(first, day_of(row.closed_at)))
    rows = {}
    for day, closed in by_day:
        rows[day] = keep_leaves(day, closed)
    for day in days_between(first, last):
        leaves, months, late = rows.get(day, ([], Counter(), 0))
        write_seal(Sealed.ANSWERS, day, sorted(leaves), months, moment, late=late)
    return (last - first).days + 1


def keep_leaves(day: date, closed: Iterable[Row]) -> tuple[list[bytes], Months, int]:
    """(the leaves of a day's responses, their months, how many had closed on an earlier day), stored in batches."""
    leaves: list[bytes] = []
    months: Months = Counter()
    late, batch = 0, []
    for row in closed:
        late += day_of(row.closed_at) < day
        leaf = response_leaf(row.sealed)
        leaves.append(leaf)
        months[month_of(row.sealed.day)] += 1
        batch.append({"response_id": row.id, "day": day, "leaf": leaf})
        if len(batch) == AT_ONCE:
            insert(batch)
            batch = []
    insert(batch)
    return leaves, months, late


def insert(batch: list[dict[str, object]]) -> None:
    if batch:
        db.session.connection().execute(sa.insert(table_of(ResponseSeal)), batch)


def seal_draws(last: date, moment: datetime) -> int:
    first = first_unsealed(Sealed.DRAWS, sa.select(sa.func.min(Draw.drawn_at)))
    if first is None or first > last:
        return 0
    drawn = ((day_of(at), draw_leaf(draw), month_of(draw.day)) for at, draw in draws_between(first, last))
    by_day = {day: list(rows) for day, rows in groupby(drawn, key=lambda one: one[0])}
    for day in days_between(first, last):
        rows = by_day.get(day, [])
        months = Counter(month for *_, month in rows)
        write_seal(Sealed.DRAWS, day, sorted(leaf for _, leaf, _ in rows), months, moment)
    return (last - first).days + 1


def first_unsealed(kind: Sealed, began: sa.Select[datetime]) -> date | None:
    """The day after the last seal, or the day of the first thing there is to seal; None where there is nothing."""
    newest = db.session.scalar(sa.select(sa.func.max(DaySeal.day)).where(DaySeal.kind == kind))
    if newest is not None:
        return newest + DAY
    moment = db.session.scalar(began)
    return day_of(moment) if moment else None


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def month_of(day: date) -> str:
    return day.isoformat()[:7]


def write_seal(kind: Sealed, day: date, leaves: list[bytes], months: Months, moment: datetime, **more: int) -> None:
    """The digest into the audit chain, and a row that finds its entry.

    months: how many are of contacts of which month. So none of a period can be passed off as one of another.
    """
    digest = digest_of(leaves)
    told: dict[str, Any] = {
        "rule": RULE,
        "count": len(leaves),
        "digest": digest,
        "months": dict(sorted(months.items())),
    }
    told |= {name: n for name, n in more.items() if n}
    record(ACTIONS[kind], f"day:{day.isoformat()}", actor="system", at=moment, **told)
    entry = db.session.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0
    values = {"count": len(leaves), "digest": digest, "sealed_at": moment, "entry": entry}
    db.session.add(DaySeal(kind=kind, day=day, **values))
    db.session.flush()


def leaves_of(kind: Sealed, day: date) -> Iterator[bytes]:
    """The kept leaves of a day in their order."""
    model = ResponseSeal if kind is Sealed.ANSWERS else DrawLeaf
    yield from db.session.scalars(sa.select(model.leaf).where(model.day == day).order_by(model.leaf))

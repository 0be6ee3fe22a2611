"""How the seals stand, and a check of the last days that ends in bounded time: the whole is `flask audit verify`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from surveys.core.clock import start_of
from surveys.core.db import db
from surveys.evidence.seals.models import DaySeal, Sealed
from surveys.evidence.verifying.verify import Fault, answer_faults, draw_faults, named
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry

MOST_DAYS = 31
MOST_SHOWN = 100


@dataclass(frozen=True)
class Standing:
    """The last sealed day of one kind, and how many days and things are sealed."""

    kind: Sealed
    last: date
    days: int
    count: int


@dataclass(frozen=True)
class Head:
    """The newest entry of the audit chain."""

    number: int
    hash: str


@dataclass(frozen=True)
class Check:
    """What a check of the last days came to. entries, answers and draws: how many were looked at."""

    days: int
    entries: int
    answers: int
    draws: int
    faults: Sequence[Fault]


def standing() -> Sequence[Standing]:
    s = DaySeal
    query = sa.select(s.kind, sa.func.max(s.day), sa.func.count(), sa.func.sum(s.count)).group_by(s.kind)
    return [Standing(*row) for row in db.session.execute(query.order_by(s.kind))]


def head() -> Head | None:
    e = AuditEntry
    row = db.session.execute(sa.select(e.id, e.hash).order_by(e.id.desc()).limit(1)).one_or_none()
    return Head(*row) if row else None


def check(days: int, today: date) -> Check:
    """The chain from the first entry of so many days on, and the seals of these days."""
    first = today - timedelta(days=min(days, MOST_DAYS))
    before = last_entry_before(first)
    seals = db.session.scalars(sa.select(DaySeal).where(DaySeal.day >= first).order_by(DaySeal.kind, DaySeal.day)).all()
    found = [Fault(f"Audit entry {one.number}: {one.words}.") for one in breaks(before)]
    found += seal_faults(seals)
    counted = {kind: sum(seal.count for seal in seals if seal.kind is kind) for kind in Sealed}
    newest = head()
    entries = newest.number - before if newest else 0
    return Check(days, entries, counted[Sealed.ANSWERS], counted[Sealed.DRAWS], found[:MOST_SHOWN])


def last_entry_before(day: date) -> int:
    """All that came after it is of this day or later, however moments were given."""
    e = AuditEntry
    first = db.session.scalar(sa.select(sa.func.min(e.id)).where(e.at >= start_of(day)))
    newest = sa.select(sa.func.max(e.id))
    return (db.session.scalar(newest) or 0) if first is None else first - 1


def seal_faults(seals: Sequence[DaySeal]) -> Iterator[Fault]:
    """Each has its digest in the chain, and what is there now has the same digest."""
    told = entries_of(seals)
    for seal in seals:
        if told.get(seal.entry) != (f"day:{seal.day.isoformat()}", seal.digest, seal.count):
            yield Fault(f"{named(seal.kind, seal.day)}: the row of the seal is not what the audit chain says.")
        yield from answer_faults(seal)[1] if seal.kind is Sealed.ANSWERS else draw_faults(seal)


def entries_of(seals: Sequence[DaySeal]) -> dict[int, tuple[str, str, int]]:
    e = AuditEntry
    query = sa.select(e.id, e.subject, e.details).where(e.id.in_([seal.entry for seal in seals]))
    return {
        number: (subject, details.get("digest", ""), details.get("count", 0))
        for number, subject, details in db.session.execute(query)
    }

"""Verifying: the audit chain is walked, and every seal computed again from the rows that are there now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from proof.leaves import digest_of, draw_leaf, response_leaf
from surveys.core.clock import day_in_words
from surveys.core.db import db
from surveys.evidence.seals.models import DaySeal, ResponseSeal, Sealed
from surveys.evidence.seals.rows import draws_between, sealed_responses
from surveys.evidence.seals.sealing import ACTIONS, leaves_of
from surveys.evidence.verifying.files import changed_files
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry

# What the stage that lets data go writes, with how many sealed responses went.
LET_GO = "sealed responses let go"


@dataclass(frozen=True)
class Fault:
    """A place where what is there now is not what was sealed, in words."""

    words: str


def faults() -> Iterator[Fault]:
    """All that does not hold, in order: the chain, then each seal. Constant memory but for one day's leaves."""
    for broken in breaks():
        yield Fault(f"Audit entry {broken.number}: {broken.words}.")
    seals = db.session.scalars(sa.select(DaySeal).order_by(DaySeal.kind, DaySeal.day)).all()
    yield from entry_faults(seals)
    gone = 0
    for seal in seals:
        if seal.kind is Sealed.ANSWERS:
            missing, found = answer_faults(seal)
            gone += missing
            yield from found
        else:
            yield from draw_faults(seal)
    yield from gone_faults(gone)
    yield from file_faults()


def entry_faults(seals: Sequence[DaySeal]) -> Iterator[Fault]:
    """Each sealed day has one entry in the chain, and each entry its row, with the same digest."""
    kinds = {action: kind for kind, action in ACTIONS.items()}
    query = sa.select(AuditEntry.id, AuditEntry.action, AuditEntry.subject, AuditEntry.details)
    entries = db.session.execute(query.where(AuditEntry.action.in_(kinds)).order_by(AuditEntry.id))
    told: dict[tuple[Sealed, str], tuple[int, str, int]] = {}
    for number, action, subject, details in entries:
        key = (kinds[action], subject.removeprefix("day:"))
        if key in told:
            yield Fault(f"Audit entry {number}: {action} for {key[1]} a second time.")
        told[key] = (number, details.get("digest", ""), details.get("count", 0))
    for seal in seals:
        found = told.pop((seal.kind, seal.day.isoformat()), None)
        if found != (seal.entry, seal.digest, seal.count):
            yield Fault(f"{named(seal.kind, seal.day)}: the row of the seal is not what the audit chain says.")
    for kind, day in told:
        yield Fault(f"{named(kind, date.fromisoformat(day))}: the audit chain has a seal, and its row is gone.")


def answer_faults(seal: DaySeal) -> tuple[int, list[Fault]]:
    """(how many of the day's responses are gone, what does not hold)."""
    kept = Counter(leaves_of(Sealed.ANSWERS, seal.day))
    found: list[Fault] = []
    if (sum(kept.values()), digest_of(sorted(kept.elements()))) != (seal.count, seal.digest):
        found.append(Fault(f"{named(seal.kind, seal.day)}: the kept leaves are not those that were sealed."))
    by_number = dict(
        db.session.execute(
            sa.select(ResponseSeal.response_id, ResponseSeal.leaf).where(ResponseSeal.day == seal.day)
        ).all()
    )
    for row in sealed_responses(seal.day):
        if by_number.pop(row.id) != response_leaf(row.sealed):
            found.append(Fault(f"{named(seal.kind, seal.day)}: response {row.id} was changed after it was sealed."))
    return len(by_number), found


def draw_faults(seal: DaySeal) -> Iterator[Fault]:
    leaves = [draw_leaf(draw) for _, draw in draws_between(seal.day, seal.day)]
    leaves += leaves_of(Sealed.DRAWS, seal.day)
    if len(leaves) != seal.count:
        now = f"{len(leaves)} draws are there, and {seal.count} were sealed"
        yield Fault(f"{named(seal.kind, seal.day)}: {now}.")
    elif digest_of(sorted(leaves)) != seal.digest:
        yield Fault(f"{named(seal.kind, seal.day)}: a contact or its draw was changed after it was sealed.")


def gone_faults(gone: int) -> Iterator[Fault]:
    """Responses may go by retention, which says so; any other that is gone was deleted."""
    entries = db.session.scalars(sa.select(AuditEntry.details).where(AuditEntry.action == LET_GO))
    let_go = sum(int(details.get("responses", 0)) for details in entries)
    if gone != let_go:
        words = f"{gone} sealed responses are gone, and the audit trail tells of {let_go} that were let go"
        yield Fault(f"Answers: {words}.")


def file_faults() -> Iterator[Fault]:
    yield from map(Fault, changed_files())


def named(kind: Sealed, day: date) -> str:
    return f"{kind.value.capitalize()} of {day_in_words(day)}"

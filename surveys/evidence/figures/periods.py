"""The period of a pack, and the entry of the audit trail at which it is cut off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import Refused
from surveys.evidence.seals.models import DaySeal, Sealed
from surveys.people.models import AuditEntry
from surveys.rates.months import Month, months_between
from surveys.rates.scope import Scope


@dataclass(frozen=True)
class PackPeriod:
    """Whole months, and what was known when: entries of the audit trail up to `cutoff`, and the days sealed by then."""

    first: Month
    last: Month
    cutoff: int
    cutoff_at: datetime
    cutoff_hash: str
    answers_to: date
    draws_to: date

    @property
    def starts_on(self) -> date:
        return self.first.first

    @property
    def ends_on(self) -> date:
        return self.last.last

    @property
    def scope(self) -> Scope:
        return Scope(self.first, self.last)

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(months_between(self.first, self.last))

    @property
    def label(self) -> str:
        return self.first.label if self.first == self.last else f"{self.first.label} to {self.last.label}"

    @property
    def name(self) -> str:
        """What its folder and archive are called."""
        return f"evidence-{self.first}-to-{self.last}-at-{self.cutoff}"


def newest_entry() -> int:
    return db.session.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0


def pack_period(first: Month, last: Month, cutoff: int) -> PackPeriod:
    """Raises Refused, in words, where there is nothing sealed to make a pack of."""
    if last < first:
        raise Refused("The period must end after it begins.")
    entry = db.session.get(AuditEntry, cutoff)
    if entry is None:
        raise Refused("There is no such entry in the audit trail.")
    answers, draws = sealed_to(Sealed.ANSWERS, cutoff), sealed_to(Sealed.DRAWS, cutoff)
    if answers is None or draws is None:
        raise Refused("Nothing has been sealed yet. Answers and draws are sealed each night: try again tomorrow.")
    if draws < first.first:
        raise Refused(f"Nothing of {first.label} has been sealed yet. Choose a period that has begun.")
    return PackPeriod(first, last, cutoff, entry.at, entry.hash, answers, draws)


def sealed_to(kind: Sealed, cutoff: int) -> date | None:
    """The last day of which the seal stands in the audit trail by this entry."""
    query = sa.select(sa.func.max(DaySeal.day)).where(DaySeal.kind == kind, DaySeal.entry <= cutoff)
    return db.session.scalar(query)


def day_after(day: date) -> date:
    return day + timedelta(days=1)

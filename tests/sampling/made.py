"""Makers for the draw: a fixed moment, a plan with a known key, marks on phones and mailboxes."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from surveys.contacts.models import ContactPoint, PointKind
from surveys.core.clock import day_of
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import Draw, Outcome, SamplingPlan
from surveys.sampling.plans import commit_plan, month_end, set_rates

MOMENT = datetime(2026, 3, 10, 12, tzinfo=UTC)
KEY = bytes(range(32))
BOTH = Reach(texts=True, emails=True)


def make_plan(rate: int = 10_000, key: bytes = KEY) -> SamplingPlan:
    """The plan of this month, reaching back a fortnight, with one rate for everything."""
    with transaction():
        plan = commit_plan(day_of(MOMENT) - timedelta(days=14), month_end(day_of(MOMENT)), MOMENT, key=key)
        set_rates(plan, rate, {}, day_of(MOMENT))
    return plan


def mark(address: str, **moments: datetime) -> None:
    """Make the point of a phone or mailbox, with what happened to it."""
    kind = PointKind.EMAIL if "@" in address else PointKind.PHONE
    with transaction():
        db.session.add(ContactPoint(address_hash=address_hash(address, address_key()), kind=kind, **moments))


def draw_all(reach: Reach = BOTH, moment: datetime = MOMENT) -> dict[Outcome, int]:
    with transaction():
        return draw(moment, reach)


def outcomes() -> dict[str, Outcome]:
    """The outcome by reference."""
    query = sa.text("SELECT c.external_ref, d.outcome FROM draws d JOIN contacts c ON c.id = d.contact_id")
    return {reference: Outcome(outcome) for reference, outcome in db.session.execute(query)}


def draws_made() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Draw)) or 0

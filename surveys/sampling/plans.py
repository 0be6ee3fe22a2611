"""Plans: one a month, committed before it starts, with the rates of each service and channel."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import NotFound, Refused
from surveys.people.audit import record
from surveys.sampling.models import Draw, PlanRate, SamplingPlan
from surveys.sampling.rules import RULES_VERSION, WHOLE, commitment_of, threshold

FIRST_RATE = WHOLE
RULES = {"version": RULES_VERSION, "too_old_days": 14, "asked_recently_days": 90}


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def commit_plan(
    starts_on: date,
    ends_on: date,
    moment: datetime,
    before: SamplingPlan | None = None,
    key: bytes | None = None,
) -> SamplingPlan:
    """Make the plan of a period and write its commitment to the audit trail. Rates are those of the plan before.

    key is for re-making a known plan in tests and in the made-up council; otherwise 32 random bytes.
    """
    key = key or secrets.token_bytes(32)
    plan = SamplingPlan(
        starts_on=starts_on,
        ends_on=ends_on,
        commitment=commitment_of(key),
        key=key,
        committed_at=moment,
        committed_on=day_of(moment),
        late=starts_on <= day_of(moment),
        default_rate=before.default_rate if before else FIRST_RATE,
        rules=dict(before.rules) | {"version": RULES_VERSION} if before else dict(RULES),
    )
    if before:
        plan.rates = [
            PlanRate(service_id=r.service_id, channel=r.channel, rate=r.rate, threshold=r.threshold)
            for r in before.rates
        ]
    db.session.add(plan)
    db.session.flush()
    record("sampling plan committed", f"plan:{plan.id}", at=moment, **in_words(plan))
    return plan


def in_words(plan: SamplingPlan) -> dict[str, Any]:
    """What the audit trail keeps of a plan: everything but the key."""
    return {
        "commitment": plan.commitment,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "late": plan.late,
        "default_rate": plan.default_rate,
        "rates": sorted([r.service_id, r.channel.value, r.rate] for r in plan.rates),
        "rules": plan.rules,
    }


def ensure_plans(moment: datetime) -> None:
    """See that this month and the next have a plan, whatever was missed; there is never a gap between two.

    The first plan of an installation reaches back over the contacts that are not too old yet, and is late.
    """
    today = day_of(moment)
    last = newest_plan()
    if last is None:
        first = today - timedelta(days=RULES["too_old_days"])
        last = commit_plan(first, month_end(today), moment)
    while last.ends_on <= month_end(today):
        start = last.ends_on + timedelta(days=1)
        last = commit_plan(start, month_end(start), moment, last)


def newest_plan() -> SamplingPlan | None:
    return db.session.scalar(sa.select(SamplingPlan).order_by(SamplingPlan.starts_on.desc()).limit(1))


def all_plans() -> Sequence[SamplingPlan]:
    return db.session.scalars(sa.select(SamplingPlan).order_by(SamplingPlan.starts_on.desc()).limit(36)).all()


def find_plan(plan_id: int) -> SamplingPlan:
    plan = db.session.get(SamplingPlan, plan_id)
    if plan is None:
        raise NotFound("There is no such sampling plan.")
    return plan


def is_open(plan: SamplingPlan, today: date) -> bool:
    """Whether rates may still be set: before the period; for a late plan, until the first draw by it."""
    if today < plan.starts_on:
        return True
    return plan.late and not db.session.scalar(sa.select(sa.exists().where(Draw.plan_id == plan.id)))


def set_rates(plan: SamplingPlan, default_rate: int, rates: Mapping[tuple[int, Channel], int], today: date) -> None:
    """Fix the rates of a plan whose period has not begun. Raises Refused once it has."""
    if not is_open(plan, today):
        raise Refused("The period of this plan has begun, so its rates are fixed. Change those of the next period.")
    plan.default_rate = default_rate
    plan.rates = []
    db.session.flush()
    plan.rates = [
        PlanRate(service_id=service, channel=channel, rate=rate, threshold=threshold(rate))
        for (service, channel), rate in rates.items()
        if rate != default_rate
    ]
    db.session.flush()
    record("sampling rates set", f"plan:{plan.id}", **in_words(plan))

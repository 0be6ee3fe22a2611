"""What the pages tell of a plan: to how many assessors its commitment went, and which rule left out how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.sampling.models import CommitmentTold, Outcome, SamplingPlan
from surveys.sampling.queries import outcomes_of

# In the order in which the draw asks them; the first that holds decides.
RULES_IN_ORDER = {
    Outcome.EXCLUDED_BY_RULE: "The service is not in use",
    Outcome.TOO_OLD: "It took place more than {too_old_days} days before it reached us",
    Outcome.LANDLINE: "The only address is a landline",
    Outcome.UNREACHABLE: "There is no address that we can send to",
    Outcome.OPTED_OUT: "The person had asked us to stop",
    Outcome.ASKED_RECENTLY: "The person was asked in the last {asked_recently_days} days, or earlier in the same run",
    Outcome.DUPLICATE: "The same person, service and moment came under another reference too",
    Outcome.NOT_DRAWN: "Its number is not below the rate",
    Outcome.SELECTED: "Its number is below the rate",
}


@dataclass(frozen=True)
class RuleCount:
    """One rule of a plan, and how many contacts it decided about."""

    outcome: Outcome
    words: str
    contacts: int


@dataclass(frozen=True)
class Told:
    """assessors: how many the commitment went to; first and last: when."""

    assessors: int
    first: datetime
    last: datetime


def rule_counts(plan: SamplingPlan) -> Sequence[RuleCount]:
    counts = outcomes_of(plan.id)
    return [RuleCount(one, words.format(**plan.rules), counts[one]) for one, words in RULES_IN_ORDER.items()]


def told_of(plans: Sequence[SamplingPlan]) -> Mapping[int, Told]:
    """By plan, in one query; those that nobody was told of are not in it."""
    t = CommitmentTold
    query = sa.select(t.plan_id, sa.func.count(), sa.func.min(t.told_at), sa.func.max(t.told_at)).group_by(t.plan_id)
    mine = (t.plan_id.in_([plan.id for plan in plans]), t.told_at.is_not(None))
    rows = db.session.execute(query.where(*mine))
    return {plan: Told(count, first, last) for plan, count, first, last in rows if first and last}


def revealed(plan: SamplingPlan, today: date) -> str:
    """The plan's key in hex once its period is over; "" while it is secret."""
    return plan.key.hex() if plan.ends_on < today else ""

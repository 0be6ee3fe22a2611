"""The sampling plans of a pack's period: what was promised, when, and at which rates."""

import sqlalchemy as sa

from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import INTEGER, NUMBER
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable, shared
from surveys.sampling.models import SamplingPlan
from surveys.sampling.rules import WHOLE

DATE = Datatype.DATE


def plans_table(period: PackPeriod) -> PackTable:
    query = sa.select(SamplingPlan).order_by(SamplingPlan.starts_on)
    query = query.where(SamplingPlan.starts_on <= period.ends_on, SamplingPlan.ends_on >= period.starts_on)
    return PackTable(
        name="plans",
        title="Sampling plans",
        description="The plans that the contacts were drawn by, each fixed before its period by its commitment.",
        columns=(
            Column("starts_on", "From", DATE, required=True),
            Column("ends_on", "To", DATE, required=True),
            Column("committed_on", "Fixed on", DATE, required=True),
            Column("in_time", "Fixed in time", description="yes, or no: fixed after its period began", required=True),
            Column("lowest", "Lowest rate", NUMBER, "of a service by a channel", share=True),
            Column("highest", "Highest rate", NUMBER, "of a service by a channel", share=True),
            Column("asked_recently_days", "Days between two asks of a person", INTEGER),
            Column("too_old_days", "Days after which a contact is too old", INTEGER),
            Column("commitment", "Commitment", description="SHA-256 of the plan's key, in hex", required=True),
            Column("key_told", "Key in this pack", description="yes once the plan's period is over", required=True),
        ),
        rows=[row_of(plan, period) for plan in db.session.scalars(query)],
        key=("starts_on",),
        notes=("The rate of each service by each channel, the rules and the key are in restricted/plans.json.",),
    )


def row_of(plan: SamplingPlan, period: PackPeriod) -> tuple[Cell, ...]:
    rates = [plan.default_rate, *(rate.rate for rate in plan.rates)]
    return (
        plan.starts_on.isoformat(),
        plan.ends_on.isoformat(),
        plan.committed_on.isoformat(),
        "no" if plan.late else "yes",
        shared(min(rates) / WHOLE),
        shared(max(rates) / WHOLE),
        int(plan.rules["asked_recently_days"]),
        int(plan.rules["too_old_days"]),
        plan.commitment,
        "yes" if plan.ends_on < day_of(period.cutoff_at) else "no",
    )

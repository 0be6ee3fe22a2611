"""The draw: one statement a plan says of every new contact whether it is asked, and if not, why.

The same arithmetic stands in surveys.sampling.rules in plain values, and a test holds the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from surveys.contacts.models import BatchState, Contact, ImportBatch
from surveys.core.db import db, is_sqlite
from surveys.people.audit import record
from surveys.sampling.models import Outcome, SamplingPlan
from surveys.sampling.plans import ensure_plans
from surveys.sampling.rules import pads, threshold

NUMBER = {
    "sqlite": "hmac_sha256(:key, c.source || '|' || c.external_ref)",
    "postgresql": "sha256(:outer || sha256(:inner || convert_to(c.source || '|' || c.external_ref, 'UTF8')))",
}
NEW_CONTACTS = """
    c.batch_id IN (SELECT id FROM import_batches WHERE state = 'loaded' AND drawn_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM draws d WHERE d.contact_id = c.id)"""
# Innermost: each new contact of the plan's period with its number and its rate. Then the outcome by the rules,
# in this order; then one person is selected once in a run, for the earliest contact. Put down in the order of their
# key, which a big table takes several times faster than the order of persons.
DRAW = """
    INSERT INTO draws (contact_id, plan_id, number, rate, outcome, drawn_at)
    SELECT id, :plan, number, rate,
        CASE WHEN outcome = 'selected' AND count(CASE WHEN outcome = 'selected' THEN 1 END) OVER (
            PARTITION BY person ORDER BY occurred_at, service_id, id ROWS UNBOUNDED PRECEDING) > 1
        THEN 'asked_recently' ELSE outcome END,
        {now}
    FROM (
        SELECT id, person, occurred_at, service_id, number, rate, CASE
            WHEN NOT active THEN 'excluded_by_rule'
            WHEN occurred_at < {oldest} THEN 'too_old'
            WHEN person IS NULL THEN CASE WHEN phone_kind = 'landline' THEN 'landline' ELSE 'unreachable' END
            WHEN stopped THEN 'opted_out'
            WHEN asked_at > {asked_since} THEN 'asked_recently'
            WHEN lag(occurred_at) OVER same_person = occurred_at AND lag(service_id) OVER same_person = service_id
                THEN 'duplicate'
            WHEN number < threshold THEN 'selected'
            ELSE 'not_drawn' END AS outcome
        FROM (
            SELECT c.id, c.occurred_at, c.service_id, c.phone_kind, s.active,
                CASE
                    WHEN :texts AND c.phone_kind = 'mobile' AND p.unusable_at IS NULL THEN c.phone_hash
                    WHEN :emails AND c.email IS NOT NULL AND e.unusable_at IS NULL THEN c.email_hash
                END AS person,
                p.opted_out_at IS NOT NULL OR e.opted_out_at IS NOT NULL AS stopped,
                {latest} AS asked_at,
                {number} AS number,
                coalesce(r.rate, :default_rate) AS rate,
                coalesce(r.threshold, :default_threshold) AS threshold
            FROM contacts c
            JOIN services s ON s.id = c.service_id
            LEFT JOIN plan_rates r ON r.plan_id = :plan AND r.service_id = c.service_id AND r.channel = c.channel
            LEFT JOIN contact_points p ON p.address_hash = c.phone_hash
            LEFT JOIN contact_points e ON e.address_hash = c.email_hash
            WHERE c.day BETWEEN :starts_on AND :ends_on AND {new_contacts}
        ) AS numbered
        WINDOW same_person AS (PARTITION BY person ORDER BY occurred_at, service_id, id)
    ) AS judged
    ORDER BY id"""
LATEST = {
    "sqlite": "max(coalesce(p.last_invited_at, e.last_invited_at), coalesce(e.last_invited_at, p.last_invited_at))",
    "postgresql": "greatest(p.last_invited_at, e.last_invited_at)",
}
BEFORE_EVERY_PLAN = f"""
    INSERT INTO draws (contact_id, outcome, drawn_at)
    SELECT c.id, 'too_old', :now FROM contacts c
    WHERE c.day < (SELECT min(starts_on) FROM sampling_plans) AND {NEW_CONTACTS}"""


@dataclass(frozen=True)
class Reach:
    """Which media this installation can send by."""

    texts: bool
    emails: bool


def draw(moment: datetime, reach: Reach) -> dict[Outcome, int]:
    """Draw every contact of the batches that were loaded and not drawn yet; count the outcomes of this run."""
    ensure_plans(moment)
    batches = list(db.session.scalars(undrawn()))
    if not batches:
        return {}
    before_every_plan = sa.text(BEFORE_EVERY_PLAN).bindparams(sa.bindparam("now", moment, UTC_MOMENT))
    db.session.execute(before_every_plan)
    for plan in plans_of(batches):
        statement, values = statement_for(plan, moment, reach)
        db.session.execute(statement, values)
    counts = count_outcomes(batches)
    db.session.execute(sa.update(ImportBatch).where(ImportBatch.id.in_(batches)).values(drawn_at=moment))
    told: dict[str, Any] = {outcome.value: count for outcome, count in counts.items()}
    record("contacts drawn", f"batches:{batches[0]}-{batches[-1]}", at=moment, **told)
    return counts


UTC_MOMENT = ImportBatch.drawn_at.type


def undrawn() -> sa.Select[Any]:
    return (
        sa.select(ImportBatch.id)
        .where(ImportBatch.state == BatchState.LOADED, ImportBatch.drawn_at.is_(None))
        .order_by(ImportBatch.id)
        .with_for_update()
    )


def plans_of(batches: list[int]) -> Iterator[SamplingPlan]:
    """The plans in whose periods the contacts of these batches fall."""
    first, last = db.session.execute(
        sa.select(sa.func.min(Contact.day), sa.func.max(Contact.day)).where(Contact.batch_id.in_(batches))
    ).one()
    if first is None:
        return
    yield from db.session.scalars(
        sa.select(SamplingPlan)
        .where(SamplingPlan.ends_on >= first, SamplingPlan.starts_on <= last)
        .order_by(SamplingPlan.starts_on)
    )


def statement_for(plan: SamplingPlan, moment: datetime, reach: Reach) -> tuple[sa.TextClause, dict[str, Any]]:
    dialect = "sqlite" if is_sqlite() else "postgresql"
    text = DRAW.format(
        now=":now",
        oldest=":oldest",
        asked_since=":asked_since",
        latest=LATEST[dialect],
        number=NUMBER[dialect],
        new_contacts=NEW_CONTACTS,
    )
    inner, outer = pads(plan.key)
    keys: dict[str, Any] = {"key": plan.key} if dialect == "sqlite" else {"inner": inner, "outer": outer}
    values = keys | {
        "plan": plan.id,
        "default_rate": plan.default_rate,
        "default_threshold": threshold(plan.default_rate),
        "texts": reach.texts,
        "emails": reach.emails,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "now": moment,
        "oldest": moment - timedelta(days=plan.rules["too_old_days"]),
        "asked_since": moment - timedelta(days=plan.rules["asked_recently_days"]),
    }
    moments = [sa.bindparam(name, type_=UTC_MOMENT) for name in ("now", "oldest", "asked_since")]
    days = [sa.bindparam(name, type_=sa.Date()) for name in ("starts_on", "ends_on")]
    switches = [sa.bindparam(name, type_=sa.Boolean()) for name in ("texts", "emails")]
    return sa.text(text).bindparams(*moments, *days, *switches), values


def count_outcomes(batches: list[int]) -> dict[Outcome, int]:
    query = sa.text(
        "SELECT d.outcome, count(*) FROM draws d JOIN contacts c ON c.id = d.contact_id "
        "WHERE c.batch_id IN :batches GROUP BY d.outcome"
    ).bindparams(sa.bindparam("batches", expanding=True))
    found = {Outcome(outcome): n for outcome, n in db.session.execute(query, {"batches": batches})}
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}

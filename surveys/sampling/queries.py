"""Why was this contact asked, or not? And what a period's draw came to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from surveys.contacts.models import Channel, Contact
from surveys.core.clock import day_in_words
from surveys.core.db import db
from surveys.people.models import Service
from surveys.sampling.models import Draw, Outcome, SamplingPlan
from surveys.sampling.rules import as_fraction, percent

REASONS = {
    Outcome.SELECTED: "It was selected: its number is below the rate.",
    Outcome.NOT_DRAWN: "It could have been asked, but its number is not below the rate.",
    Outcome.OPTED_OUT: "The person had asked us to stop.",
    Outcome.ASKED_RECENTLY: "The person was asked in the last {asked_recently_days} days, "
    "or for an earlier contact of the same run.",
    Outcome.UNREACHABLE: "There is no mobile number or email address that we can send to.",
    Outcome.LANDLINE: "The only address is a landline, which cannot be texted.",
    Outcome.TOO_OLD: "The contact was more than {too_old_days} days old when it reached us.",
    Outcome.EXCLUDED_BY_RULE: "The service was not in use at the time of the draw.",
    Outcome.DUPLICATE: "The same person, service and moment came under another reference too.",
}


@dataclass(frozen=True)
class Explanation:
    """Everything about one contact's draw that is not personal."""

    source: str
    external_ref: str
    service: str
    channel: Channel
    occurred_at: datetime
    drawn_at: datetime | None
    outcome: Outcome | None
    reason: str
    number: Decimal | None
    number_hex: str | None
    rate: str | None
    plan: SamplingPlan | None
    period: str | None


def explain(source: str, external_ref: str) -> Explanation | None:
    """The explanation for one reference; None where no such contact was ever loaded."""
    row = db.session.execute(
        sa.select(Contact, Service.name, Draw, SamplingPlan)
        .join(Service, Service.id == Contact.service_id)
        .outerjoin(Draw, Draw.contact_id == Contact.id)
        .outerjoin(SamplingPlan, SamplingPlan.id == Draw.plan_id)
        .where(Contact.source == source, Contact.external_ref == external_ref)
    ).one_or_none()
    if row is None:
        return None
    contact, service, drawn, plan = row
    number = drawn.number if drawn else None
    return Explanation(
        source=contact.source,
        external_ref=contact.external_ref,
        service=service,
        channel=contact.channel,
        occurred_at=contact.occurred_at,
        drawn_at=drawn.drawn_at if drawn else None,
        outcome=drawn.outcome if drawn else None,
        reason=reason_of(drawn, plan),
        number=as_decimal(number) if number else None,
        number_hex=number.hex() if number else None,
        rate=percent(drawn.rate) if drawn and drawn.rate is not None else None,
        plan=plan,
        period=f"{day_in_words(plan.starts_on)} to {day_in_words(plan.ends_on)}" if plan else None,
    )


def reason_of(drawn: Draw | None, plan: SamplingPlan | None) -> str:
    if drawn is None:
        return "It has not been drawn yet. Files are drawn within a few minutes of being loaded."
    if plan is None:
        return "The contact took place before the first sampling plan of this installation."
    return REASONS[drawn.outcome].format(**plan.rules)


def as_decimal(number: bytes) -> Decimal:
    """u to ten places, for reading; the exact value is the hexadecimal number beside it."""
    fraction = as_fraction(number)
    return (Decimal(fraction.numerator) / Decimal(fraction.denominator)).quantize(Decimal("1.0000000000"))


def outcomes_of(plan_id: int) -> dict[Outcome, int]:
    """How many contacts of a plan's period had each outcome, in the order of the rules."""
    counted = db.session.execute(
        sa.select(Draw.outcome, sa.func.count()).where(Draw.plan_id == plan_id).group_by(Draw.outcome)
    )
    found = dict(counted.all())
    return {outcome: found.get(outcome, 0) for outcome in Outcome}

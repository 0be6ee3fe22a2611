"""A case goes to the council's complaints system: by webhook, in a file, or entered there by hand with its number.

An address goes along only with the resident's consent. Each runs inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound
from surveys.followups.cases.history import NO_CASE, add_event
from surveys.followups.cases.models import MOVES, Case, CaseEvent, CaseEventKind, CaseState
from surveys.followups.cases.moves import Act, NotFilledIn, Step, after
from surveys.followups.handling.acts import Form, Granted, changed, held_as_seen, record_act, standing_of
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.queueing import queue_to

LONGEST_REFERENCE = 60
BY_FILE, BY_HAND, BY_WEBHOOK = "file", "by_hand", "webhook"
EVENT = WebhookEvent.CASE_HANDED_OVER
WAY_WORDS = {
    BY_FILE: "To be sent to the complaints system in a file",
    BY_HAND: "Entered in the complaints system",
    BY_WEBHOOK: "Sent to the complaints system",
}


@dataclass(frozen=True)
class Handing:
    """What a case's page says of handing over. possible: from this state. webhooks: number and name of those that take
    it. delivery: how the last message stands; in_file_at: when it last went in a file."""

    number: int
    possible: bool
    handed: bool
    consent: bool
    reference: str | None
    webhooks: Sequence[tuple[int, str]] = ()
    delivery: DeliveryState | None = None
    in_file_at: datetime | None = None


def handing_of(number: int, services: Granted) -> Handing:
    """Two queries at most. Raises NotFound where the case is about a service outside these."""
    c, d = Case, WebhookDelivery
    delivery = sa.select(d.state).where(d.case_id == c.id, d.event == EVENT.value).order_by(d.id.desc()).limit(1)
    in_file = sa.select(sa.func.max(CaseEvent.at)).where(CaseEvent.case_id == c.id, *went_in_file())
    query = sa.select(
        c.state,
        c.consent,
        c.erased_at,
        c.complaint_reference,
        delivery.scalar_subquery().label("delivery"),
        in_file.scalar_subquery().label("in_file_at"),
    ).where(c.id == number)
    row = db.session.execute(within(query, services)).one_or_none()
    if row is None:
        raise NotFound(NO_CASE)
    possible = CaseState.HANDED_OVER in MOVES[row.state]
    return Handing(
        number=number,
        possible=possible,
        handed=row.state is CaseState.HANDED_OVER,
        consent=row.consent and row.erased_at is None,
        reference=row.complaint_reference,
        webhooks=takers() if possible else (),
        delivery=row.delivery,
        in_file_at=row.in_file_at,
    )


def within(query: sa.Select[*tuple[Any, ...]], services: Granted) -> sa.Select[*tuple[Any, ...]]:
    return query if services is None else query.where(Case.service_id.in_(services))


def went_in_file() -> tuple[sa.ColumnElement[bool], ...]:
    """The event of a file is no move: it leads to no state."""
    return CaseEvent.kind == CaseEventKind.HANDED_OVER, CaseEvent.to_state.is_(None)


def takers() -> list[tuple[int, str]]:
    """The active webhooks that cases may be handed over to, by name."""
    query = sa.select(Webhook.id, Webhook.name, Webhook.events).where(Webhook.active).order_by(Webhook.name)
    return [(row.id, row.name) for row in db.session.execute(query) if EVENT.value in row.events]


def hand_over(
    number: int, services: Granted, way: str, reference: str, form: Form, user_id: int, moment: datetime
) -> None:
    """way: file, by_hand (with the number that it has there) or the number of a webhook."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    webhook = webhook_of(way)
    reference = checked_reference(reference) if way == BY_HAND else ""
    before, standing = case.state, standing_of(case)
    step = Step(Act.HAND_OVER, reference=reference, delivered=way != BY_HAND)
    standing = after(replace(standing, reference=case.complaint_reference), step)
    case.state, case.complaint_reference = standing.state, standing.reference
    changed(case)
    words = WAY_WORDS[BY_WEBHOOK if webhook else way] + (f": {reference}" if reference else "")
    told = {"from_state": before, "to_state": case.state, "words": words, "once": form.once}
    add_event(case, CaseEventKind.HANDED_OVER, moment, user_id, **told)
    record_act("case handed over", case, user_id, moment, before=before.value, way=way, consent=case.consent)
    if webhook:
        queue_to([webhook], EVENT, [case.id], moment)


def webhook_of(way: str) -> int | None:
    """The number of the chosen webhook; None where it goes another way."""
    if way in (BY_FILE, BY_HAND):
        return None
    if not way:
        raise NotFilledIn("way", "Select how to hand it over")
    chosen = [number for number, _ in takers() if str(number) == way]
    if not chosen:
        raise Conflict("This way to the complaints system was switched off. Choose another.")
    return chosen[0]


def checked_reference(reference: str) -> str:
    """Raises NotFilledIn where it is too long, or has marks that are no number's."""
    reference = " ".join(reference.split())
    if len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise NotFilledIn("reference", f"The number must be {LONGEST_REFERENCE} characters or less")
    return reference


def set_reference(number: int, services: Granted, reference: str, form: Form, user_id: int, moment: datetime) -> None:
    """Keep the number that the complaints system gave it, once it is known; another takes the old one's place."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    reference = checked_reference(reference)
    if not reference:
        raise NotFilledIn("reference", "Enter the number that the case has in the complaints system")
    if case.state is not CaseState.HANDED_OVER:
        raise Conflict("This case is not with the complaints system now.")
    case.complaint_reference = reference
    changed(case)
    words = f"Its number in the complaints system: {reference}"
    add_event(case, CaseEventKind.NOTED, moment, user_id, words=words, once=form.once)
    record_act("complaint number kept", case, user_id, moment)

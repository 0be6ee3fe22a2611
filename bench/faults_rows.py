"""What a fault campaign sends: contacts that the draw selected and their invitations, due over two days.

The numbers are made up beyond the 1,000 that are kept for drama; they are given to the stub on this machine only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from surveys.contacts.models import BatchState, Channel, Contact, ContactPoint, ImportBatch, PhoneKind, PointKind
from surveys.core.clock import day_of
from surveys.core.db import Model, db, table_of, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.invite import LIFE
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.messaging.models import Medium
from surveys.people.models import Service
from surveys.questionnaires.queries import publish_default_if_none
from surveys.sampling.models import Draw, Outcome
from surveys.sampling.plans import all_plans, ensure_plans

CHUNK = 1_000
STATE = InvitationState
EMAILS = 0.2
REMINDED = 0.1
IN_THE_EVENING = 0.75


@dataclass(frozen=True)
class Days:
    """When the campaign takes place: from begins to closes on one day, from opens to ends on the next."""

    begins: datetime
    closes: datetime
    opens: datetime
    ends: datetime


@dataclass(frozen=True)
class Person:
    """One contact: number is its id. address: where its messages go. reminded_at: when a reminder would be due."""

    number: int
    address: str
    medium: Medium
    due_at: datetime
    reminded_at: datetime | None = None

    @property
    def is_text(self) -> bool:
        return self.medium is Medium.SMS


def people(count: int, days: Days, chance: Random) -> list[Person]:
    """So many people, each with an invitation; the first of them may get a reminder too."""
    return [person(number + 1, number < count * REMINDED, days, chance) for number in range(count)]


def person(number: int, reminded: bool, days: Days, chance: Random) -> Person:
    """Some are due as the hours end, so that there is always something that may not go any more."""
    medium = Medium.EMAIL if chance.random() < EMAILS else Medium.SMS
    address = (
        f"person.{number}@example.org" if medium is Medium.EMAIL else f"+4479{chance.randrange(100):02}{number:06}"
    )
    morning = between(days.opens - timedelta(seconds=5), days.ends, chance)
    if reminded:
        return Person(number, address, medium, days.begins, morning)
    evening = between(days.begins, days.closes + timedelta(seconds=3), chance)
    return Person(number, address, medium, evening if chance.random() < IN_THE_EVENING else morning)


def between(first: datetime, last: datetime, chance: Random) -> datetime:
    return first + (last - first) * chance.random()


def store(everybody: list[Person], moment: datetime) -> None:
    """Write them as the intake, the draw and the inviting would have left them."""
    with transaction():
        ensure_plans(moment)
        plan, version = all_plans()[-1].id, publish_default_if_none().id
        service, batch = Service(slug="parking", name="Parking"), batch_of(len(everybody), moment)
        db.session.add_all([service, batch])
        db.session.flush()
        key = address_key()
        insert(Contact, [contact_row(p, batch.id, service.id, moment, key) for p in everybody])
        insert(ContactPoint, [point_row(p, key) for p in everybody])
        insert(Draw, [draw_row(p, plan, moment) for p in everybody])
        insert(Invitation, [invitation_row(p, version, p.due_at) | {"id": p.number} for p in everybody])
        keep_numbers_going()


def remind(everybody: list[Person]) -> int:
    """Those whose invitation was delivered, as the reminding would some days later. Returns how many."""
    later = {person.number: (person, person.reminded_at) for person in everybody if person.reminded_at}
    i = Invitation
    with transaction():
        rows = db.session.execute(
            sa.select(i.id, i.version_id).where(i.id.in_(later), i.state == STATE.DELIVERED)
        ).all()
        insert(Invitation, [reminder_row(*later[row.id], row.version_id) for row in rows])
    return len(rows)


def insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        db.session.execute(sa.insert(table_of(model)), rows[start : start + CHUNK])


def keep_numbers_going() -> None:
    """PostgreSQL's own numbers begin after those that were given here."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in ("contacts", "invitations"):
        ask = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        db.session.execute(sa.text(ask))


def batch_of(rows: int, moment: datetime) -> ImportBatch:
    batch = ImportBatch(filename="campaign.csv", source="crm", sha256="0" * 64, size=1, state=BatchState.LOADED)
    batch.mapping, batch.rows, batch.accepted = {}, rows, rows
    batch.created_at = batch.drawn_at = moment
    return batch


def contact_row(one: Person, batch: int, service: int, moment: datetime, key: bytes) -> dict[str, Any]:
    hashed = address_hash(one.address, key)
    return {
        "id": one.number,
        "batch_id": batch,
        "source": "crm",
        "external_ref": f"C{one.number:07}",
        "service_id": service,
        "channel": Channel.PHONE,
        "occurred_at": moment - timedelta(days=1),
        "day": day_of(moment - timedelta(days=1)),
        "phone": one.address if one.is_text else None,
        "phone_kind": PhoneKind.MOBILE if one.is_text else None,
        "phone_hash": hashed if one.is_text else None,
        "email": None if one.is_text else one.address,
        "email_hash": None if one.is_text else hashed,
        "language": "cy" if one.number % 20 == 0 else "en",
        "team": "",
        "area": "",
    }


def point_row(one: Person, key: bytes) -> dict[str, Any]:
    kind = PointKind.PHONE if one.is_text else PointKind.EMAIL
    return {"address_hash": address_hash(one.address, key), "kind": kind, "last_invited_at": one.due_at}


def draw_row(one: Person, plan: int, moment: datetime) -> dict[str, Any]:
    facts = {"plan_id": plan, "number": bytes(32), "rate": 10_000, "drawn_at": moment}
    return facts | {"contact_id": one.number, "outcome": Outcome.SELECTED}


def invitation_row(one: Person, version: int, due_at: datetime) -> dict[str, Any]:
    return {
        "contact_id": one.number,
        "kind": InvitationKind.INVITATION,
        "reminder_of": None,
        "version_id": version,
        "medium": one.medium,
        "language": "cy" if one.number % 20 == 0 else "en",
        "state": InvitationState.DUE,
        "due_at": due_at,
        "attempts": 0,
        "expires_at": due_at + LIFE,
    }


def reminder_row(one: Person, due_at: datetime, version: int) -> dict[str, Any]:
    facts = {"kind": InvitationKind.REMINDER, "reminder_of": one.number}
    return invitation_row(one, version, due_at) | facts

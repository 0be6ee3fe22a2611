"""Makers for receipts and replies: sent invitations, a Twilio and a SendGrid that sign what they post."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.contacts.models import Contact, ContactPoint
from surveys.core.db import db, transaction
from surveys.core.settings import Settings
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.models import InboundReply, Invitation, InvitationKind, InvitationState
from surveys.messaging.models import Medium
from surveys.people.models import AuditEntry
from surveys.questionnaires.queries import publish_default_if_none
from tests.invitations.made import MOMENT
from tests.makers.contacts import load_rows, row
from tests.stubs.signing import EventKey, twilio_signature

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for tests"
SID = "SM" + "a1" * 16
PHONE = "+447700900123"
EMAIL = "a1@example.com"
EVENTS = EventKey()


def with_providers(app: Flask) -> Settings:
    """The settings of an installation that Twilio and SendGrid tell things to."""
    settings: Settings = app.extensions["settings"]
    given = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SENDGRID_WEBHOOK_PUBLIC_KEY": EVENTS.public,
    }
    changed = {name.lower(): value for name, value in given.items()}
    return Settings.model_validate(settings.model_dump() | changed)


def make_invitation(
    folder: Path,
    state: InvitationState = InvitationState.SENT,
    medium: Medium = Medium.SMS,
    reference: str | None = SID,
    name: str = "A1",
    phone: str = PHONE,
    language: str = "en",
    correlation: str = "c00000000001",
    sent_at: datetime = MOMENT,
) -> int:
    """One contact with a phone and a mailbox and its invitation as it stands after sending; returns its number."""
    load_rows(folder, [row(name, MOMENT, phone=phone)])
    with transaction():
        contact = db.session.scalars(sa.select(Contact).where(Contact.external_ref == name)).one()
        invitation = Invitation(
            contact_id=contact.id,
            kind=InvitationKind.INVITATION,
            version_id=publish_default_if_none().id,
            medium=medium,
            language=language,
            state=state,
            due_at=sent_at,
            claimed_at=None if state is InvitationState.DUE else sent_at,
            sent_at=sent_at if state is InvitationState.SENT else None,
            provider_ref=reference,
            correlation=correlation,
            expires_at=MOMENT.replace(year=2027),
        )
        db.session.add(invitation)
        db.session.flush()
        return invitation.id


def read_back(number: int) -> Invitation:
    db.session.rollback()
    return db.session.get_one(Invitation, number, populate_existing=True)


def point(address: str) -> ContactPoint | None:
    db.session.rollback()
    wanted = ContactPoint.address_hash == address_hash(address, address_key())
    return db.session.scalars(sa.select(ContactPoint).where(wanted)).one_or_none()


def stopped(address: str) -> str | None:
    """By which way this address was stopped, if it is."""
    found = point(address)
    return found.opted_out_by.value if found and found.opted_out_at and found.opted_out_by else None


def unusable(address: str) -> bool:
    found = point(address)
    return found is not None and found.unusable_at is not None


def audited() -> list[tuple[str, str, dict[str, object]]]:
    db.session.rollback()
    entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [(entry.action, entry.subject, entry.details) for entry in entries]


def url_of(app: Flask, path: str) -> str:
    settings: Settings = app.extensions["settings"]
    return settings.public_url + path


def by_twilio(client: FlaskClient, path: str, form: Mapping[str, str], token: str = TOKEN) -> TestResponse:
    """Post a form as Twilio does, signed over our public address."""
    signature = twilio_signature(token, url_of(client.application, path), form)
    return client.post(
        path,
        data=urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )


def status(sid: str = SID, told: str = "delivered", code: int | None = None) -> dict[str, str]:
    form = {"AccountSid": ACCOUNT, "MessageSid": sid, "SmsSid": sid, "MessageStatus": told, "To": PHONE}
    return form | ({"ErrorCode": str(code)} if code else {})


def text(words: str, sid: str = "SM" + "b2" * 16, sender: str = PHONE, **more: str) -> dict[str, str]:
    form = {"AccountSid": ACCOUNT, "MessageSid": sid, "From": sender, "To": "+447700900999", "Body": words}
    return form | more


def by_sendgrid(client: FlaskClient, body: bytes, moment: datetime = MOMENT, key: EventKey = EVENTS) -> TestResponse:
    headers = key.headers(int(moment.timestamp()), body)
    return client.post("/hooks/sendgrid/events", data=body, content_type="application/json", headers=headers)


def array(events: Iterable[object]) -> bytes:
    return json.dumps(list(events)).encode() + b"\r\n"


def event(told: str, number: int = 1, message: str = "msg1", **more: object) -> dict[str, object]:
    """One of SendGrid's events about a message that it called by this name."""
    return {
        "email": EMAIL,
        "event": told,
        "timestamp": int(MOMENT.timestamp()),
        "sg_event_id": f"event-{number}",
        "sg_message_id": f"{message}.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
        **more,
    }


@dataclass(frozen=True)
class OpenReply:
    """Words that nobody has read yet, and the invitation they are taken to answer."""

    id: int
    invitation_id: int | None
    words: str = field(repr=False)
    received_at: datetime


def open_replies() -> list[OpenReply]:
    """Replies that wait for a person, oldest first."""
    db.session.rollback()
    r = InboundReply
    rows = db.session.execute(
        sa.select(r.id, r.invitation_id, r.words, r.received_at)
        .where(r.handled_at.is_(None), r.words.is_not(None))
        .order_by(r.id)
    )
    return [OpenReply(row.id, row.invitation_id, row.words or "", row.received_at) for row in rows]

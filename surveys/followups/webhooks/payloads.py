"""What a message to another system says of a case: no words and no address, save where a case is handed over."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from surveys.core.db import db
from surveys.core.settings import Settings
from surveys.followups.cases.handing_content import HandedCase, read_handed
from surveys.followups.cases.models import Case
from surveys.people.models import Service

Payload = Mapping[str, Any]


def as_json(event: str, moment: datetime, payload: Payload) -> str:
    """One line of JSON in the form that Standard Webhooks recommends: type, timestamp, data."""
    at = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"type": event, "timestamp": at, "data": dict(payload)}, separators=(",", ":"))


def case_payloads(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By the case's number. One query."""
    c = Case
    query = (
        sa.select(c.id, c.kind, Service.slug, c.channel, c.day, c.state, c.acknowledge_by, c.answer_by)
        .join(Service, Service.id == c.service_id)
        .where(c.id.in_(case_ids))
        .order_by(c.id)
    )
    return {
        row.id: {
            "case": row.id,
            "kind": row.kind.value,
            "service": row.slug,
            "channel": row.channel.value,
            "day": row.day.isoformat(),
            "state": row.state.value,
            "acknowledge_by": row.acknowledge_by.isoformat(),
            "answer_by": row.answer_by.isoformat(),
            "link": link_to(row.id),
        }
        for row in db.session.execute(query)
    }


def handed_payloads(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the complaints system gets: the redacted comment too, and with consent how to reach the resident."""
    return {case.number: handed_payload(case) for case in read_handed(case_ids)}


def handed_payload(case: HandedCase) -> dict[str, Any]:
    told: dict[str, Any] = {
        "case": case.number,
        "kind": case.kind.value,
        "service": case.service,
        "channel": case.channel.value,
        "day": case.day.isoformat(),
        "rating": case.rating.value if case.rating else None,
        "acknowledge_by": case.acknowledge_by.isoformat(),
        "answer_by": case.answer_by.isoformat(),
        "comments": list(case.comments),
        "consent": case.consent,
        "link": link_to(case.number),
    }
    return told | ({"phone": case.phone, "email": case.email} if case.consent else {})


def without_address(body: str) -> str:
    """The same message, as it is without consent."""
    told = json.loads(body)
    kept = {key: value for key, value in told["data"].items() if key not in ("phone", "email")}
    return json.dumps(told | {"data": kept | {"consent": False}}, separators=(",", ":"))


def link_to(number: int) -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.survey_url(f"/cases/{number}")

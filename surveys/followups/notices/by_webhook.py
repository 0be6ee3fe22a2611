"""Notices that somebody chose to have by a webhook, as messages that wait for it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.notices.models import AlertChoice, AlertKind, Notice
from surveys.followups.webhooks.models import Webhook
from surveys.followups.webhooks.payloads import as_json, case_payloads
from surveys.followups.webhooks.queueing import add, delivery


def queue_alerts(kind: AlertKind, case_ids: Sequence[int], moment: datetime) -> None:
    """To the webhooks that people chose for their own notices of this kind, case and moment."""
    n, choice = Notice, AlertChoice
    query = (
        sa.select(n.case_id, n.user_id, choice.webhook_id)
        .join(choice, sa.and_(choice.user_id == n.user_id, choice.kind == n.kind))
        .join(Webhook, sa.and_(Webhook.id == choice.webhook_id, Webhook.active))
        .where(n.case_id.in_(case_ids), n.kind == kind, n.at == moment)
    )
    chosen = db.session.execute(query).all()
    if not chosen:
        return
    payloads = case_payloads(sorted({row.case_id for row in chosen}))
    event = f"alert.{kind.value}"
    add(
        delivery(
            row.webhook_id,
            event,
            as_json(event, moment, payloads[row.case_id] | {"user": row.user_id}),
            moment,
            case_id=row.case_id,
            user_id=row.user_id,
        )
        for row in chosen
    )

"""Messages to other systems leave at least once: claimed and committed, sent with nothing open, settled, tried again.

Waits grow up to a day after a message was made; then it has failed, and a person may try again. A worker that died
leaves its claims to run out. The other side knows a message that comes twice by its webhook-id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.core.db import db, lock
from surveys.followups.cases.models import Case
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.payloads import without_address
from surveys.followups.webhooks.signing import signed_headers
from surveys.followups.webhooks.wire import Answered
from surveys.people.audit import record

# Twenty that all fall silent are over before their claim runs out.
AT_ONCE = 20
CLAIM = timedelta(minutes=10)
WAITS = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800, 3600, 7200, 14_400, 28_800))
GIVEN_UP_AFTER = timedelta(hours=24)
PAUSE = timedelta(minutes=1)
BODY_KEPT = timedelta(days=30)
GONE = 410
Post = Callable[[str, dict[str, str], bytes], Answered]


@dataclass(frozen=True)
class Outgoing:
    """One message, claimed by this run."""

    id: int
    webhook_id: int
    message_id: str
    made_at: datetime
    tries: int
    url: str
    secret: str = field(repr=False)
    body: str = field(repr=False)


def take_some(moment: datetime, most: int = AT_ONCE) -> list[Outgoing]:
    """Claim what is due, the longest waiting first. Commit before sending. Other workers pass over it."""
    d = WebhookDelivery
    query = (
        sa.select(d.id, d.webhook_id, d.message_id, d.made_at, d.tries, Webhook.url, Webhook.secret, d.event, d.body)
        .add_columns(Case.consent)
        .join(Webhook, Webhook.id == d.webhook_id)
        .outerjoin(Case, Case.id == d.case_id)
        .where(d.state == DeliveryState.WAITING, d.due_at <= moment, Webhook.active, ~of_erased())
        .order_by(d.due_at, d.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=d)
    )
    rows = db.session.execute(query).all()
    mine = sa.update(d).where(d.id.in_([row.id for row in rows]))
    if rows:
        change(mine.values(due_at=moment + CLAIM, tried_at=moment, tries=d.tries + 1))
    return [
        Outgoing(row.id, row.webhook_id, row.message_id, row.made_at, row.tries + 1, row.url, row.secret, body_of(row))
        for row in rows
    ]


def body_of(row: sa.Row[*tuple[Any, ...]]) -> str:
    """Without an address where the resident has taken their consent back since it was written."""
    if row.event != WebhookEvent.CASE_HANDED_OVER or row.consent:
        return str(row.body)
    return without_address(row.body)


def of_erased() -> sa.ColumnElement[bool]:
    """Of a case whose resident had erased what was held: nothing more is said of them."""
    d, case = WebhookDelivery, aliased(Case)
    erased = sa.exists().where(case.id == d.case_id, case.erased_at.is_not(None))
    return sa.and_(d.event == WebhookEvent.CASE_HANDED_OVER, erased)


def send_all(taken: Sequence[Outgoing], post: Post, now: Callable[[], datetime]) -> list[tuple[Outgoing, Answered]]:
    """With no transaction open. A webhook that does not answer is left alone for the rest of the run."""
    silent: set[int] = set()
    answers = []
    for one in taken:
        if one.webhook_id in silent:
            answers.append((one, Answered(None, "not-tried")))
            continue
        body = one.body.encode()
        answer = post(one.url, signed_headers(one.secret, one.message_id, now(), body), body)
        if is_down(answer):
            silent.add(one.webhook_id)
        answers.append((one, answer))
    return answers


def is_down(answer: Answered) -> bool:
    """Whether other messages would fare no better just now."""
    return answer.status is None or answer.status == 429 or answer.status >= 500


def settle(answers: Sequence[tuple[Outgoing, Answered]], moment: datetime, chance: Callable[[], float]) -> None:
    """Keep what came of it. Runs in a transaction of its own; two runs would hold each other's rows back."""
    lock("webhook outcomes")
    for one, answer in answers:
        mine = sa.update(WebhookDelivery).where(
            WebhookDelivery.id == one.id,
            WebhookDelivery.tries == one.tries,
            WebhookDelivery.state == DeliveryState.WAITING,
        )
        change(mine.values(**outcome(one, answer, moment, chance)))
        if answer.status == GONE:
            switch_off_gone(one.webhook_id)
    for webhook in {one.webhook_id for one, answer in answers if is_down(answer)}:
        hold_back(webhook, moment)


def outcome(one: Outgoing, answer: Answered, moment: datetime, chance: Callable[[], float]) -> dict[str, object]:
    """The columns that say what came of one try."""
    if answer.code == "not-tried":
        return {"due_at": moment + PAUSE, "tries": one.tries - 1}
    status = {"status": answer.status}
    if answer.status is not None and 200 <= answer.status < 300:
        return status | {"state": DeliveryState.DELIVERED, "delivered_at": moment}
    due = next_try(one.made_at, one.tries, moment, chance())
    if due is None or answer.status == GONE:
        return status | {"state": DeliveryState.FAILED}
    return status | {"due_at": due}


def next_try(made_at: datetime, tries: int, moment: datetime, chance: float) -> datetime | None:
    """After the n-th failed try, a fifth sooner or later by chance in [0, 1); None where a day has passed."""
    last = made_at + GIVEN_UP_AFTER
    if moment >= last:
        return None
    wait = WAITS[min(tries, len(WAITS)) - 1] * (0.8 + 0.4 * chance)
    return min(moment + wait, last)


def hold_back(webhook_id: int, moment: datetime) -> None:
    """What else waits for it, so that one message a minute finds out whether it is back."""
    d, later = WebhookDelivery, moment + PAUSE
    mine = (d.webhook_id == webhook_id, d.state == DeliveryState.WAITING, d.due_at < later)
    change(sa.update(d).where(*mine).values(due_at=later))


def switch_off_gone(webhook_id: int) -> None:
    """410 says that nobody there wants any more of them (Standard Webhooks)."""
    change(sa.update(Webhook).where(Webhook.id == webhook_id, Webhook.active).values(active=False))
    record("webhook switched off", f"webhook:{webhook_id}", status=GONE)


def let_go(moment: datetime) -> int:
    """Bodies past their term, and those with words of a case that was erased; what waits for a webhook that is off."""
    d = WebhookDelivery
    stuck = sa.exists().where(Webhook.id == d.webhook_id, Webhook.active.is_(False))
    over = (d.state == DeliveryState.WAITING, stuck, d.made_at < moment - GIVEN_UP_AFTER)
    change(sa.update(d).where(*over).values(state=DeliveryState.FAILED))
    stopped = sa.case((d.state == DeliveryState.WAITING, DeliveryState.FAILED.value), else_=d.state)
    gone = sa.update(d).where(d.body.is_not(None), sa.or_(d.made_at < moment - BODY_KEPT, of_erased()))
    return change(gone.values(body=None, state=stopped))


def change(statement: sa.Update) -> int:
    """How many rows it changed."""
    found = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(found.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it

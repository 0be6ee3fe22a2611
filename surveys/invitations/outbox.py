"""The outbox: claim and commit, send with nothing open, settle and commit.

The one operation that opens its own transactions. A claim that nobody settled becomes uncertain, never due:
the message may have gone. Just before each message is handed over, the last look: not after a stop, not at night.
"""

import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask, current_app

from surveys.contacts.models import ContactPoint
from surveys.core.clock import now
from surveys.core.db import db
from surveys.invitations.claim import claim
from surveys.invitations.models import SendingSwitch
from surveys.invitations.pace import SendingRules
from surveys.invitations.post import Claimed
from surveys.invitations.settle import LeftOut, Outcomes, settle
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, NotSent, Sender, Sent

ANY_TIME = SendingRules()


def send_due(
    senders: Mapping[Medium, Sender],
    moment: datetime | None = None,
    limit: int | None = None,
    rules: SendingRules = ANY_TIME,
) -> int:
    """Send what is due until nothing is left, a batch at a time. Returns how many the providers accepted.

    moment is for the made-up council, which sends in its own past; otherwise each step takes the time itself.
    """
    accepted = taken = 0
    with ThreadPoolExecutor(rules.threads, thread_name_prefix="send") as pool:
        while limit is None or taken < limit:
            run = secrets.token_hex(8)
            most = min(rules.batch, limit - taken) if limit is not None else rules.batch
            claimed = claim(run, moment or now(), most, rules)
            if not claimed:
                break
            taken += len(claimed)
            outcomes, failures = hand_over(claimed, senders, rules, pool, moment)
            settle(run, claimed, outcomes, moment or now())
            if failures:
                raise failures[0]
            accepted += sum(isinstance(outcome, Accepted) for outcome in outcomes.values())
            if len(outcomes) < len(claimed) or any(isinstance(o, NotSent) for o in outcomes.values()):
                break
    return accepted


def hand_over(
    claimed: list[Claimed],
    senders: Mapping[Medium, Sender],
    rules: SendingRules,
    pool: ThreadPoolExecutor,
    moment: datetime | None,
) -> tuple[Outcomes, list[BaseException]]:
    """Give each message to its provider with no transaction open. What a stopped run did not reach is not in it.

    An outcome of None is a message whose sender failed in a way that nobody foresaw: it stays claimed.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the app behind the proxy
    free = threading.Semaphore(rules.threads)
    stopped = threading.Event()
    pending: dict[str, Future[Sent]] = {}
    outcomes: Outcomes = {}

    def done(future: Future[Sent]) -> None:
        if stops_run(future):
            stopped.set()
        free.release()

    # A batch that takes too long lets go of what it has not handed over, so that nothing goes on a stale claim.
    until = now() + timedelta(seconds=rules.stale_seconds / 2)
    for item in claimed:
        free.acquire()
        if stopped.is_set() or now() > until:
            break
        wait(rules)
        refusal = last_look(item, moment or now(), rules)
        if refusal is not None:
            outcomes[item.message.correlation] = refusal
            free.release()
            if isinstance(refusal, NotSent):
                break
            continue
        future = pool.submit(give, app, senders.get(item.message.medium), item)
        future.add_done_callback(done)
        pending[item.message.correlation] = future
    failures = [error for future in pending.values() if (error := future.exception()) is not None]
    for correlation, future in pending.items():
        outcomes[correlation] = None if future.exception() else future.result()
    return outcomes, failures


def give(app: Flask, sender: Sender | None, item: Claimed) -> Sent:
    with app.app_context():
        return sender.send(item.message) if sender else NotSent("no-sender", stops_run=True)


def stops_run(done: Future[Sent]) -> bool:
    """Whether a sender has failed, or its provider has said that no other message would go either."""
    if done.exception() is not None:
        return True
    outcome = done.result()
    return isinstance(outcome, NotSent) and outcome.stops_run


def wait(rules: SendingRules) -> None:
    if rules.bucket is not None:
        time.sleep(rules.bucket.wait_for())


def last_look(item: Claimed, moment: datetime, rules: SendingRules) -> LeftOut | NotSent | None:
    """Why this message may not go now, after all; None where it may. Leaves no transaction open."""
    if not rules.may_send(moment):
        return NotSent("out-of-hours", stops_run=True)
    stopped = sa.exists().where(
        ContactPoint.address_hash.in_(item.address_hashes), ContactPoint.opted_out_at.is_not(None)
    )
    overtaken = item.post.overtaken(item)
    paused = sa.exists().where(SendingSwitch.paused_at.is_not(None))
    said_stop, is_overtaken, is_paused = db.session.execute(sa.select(stopped, overtaken, paused)).one()
    db.session.rollback()
    if said_stop:
        return LeftOut("opted-out")
    if is_overtaken:
        return LeftOut(item.post.overtaken_by)
    return NotSent("paused", stops_run=True) if is_paused else None

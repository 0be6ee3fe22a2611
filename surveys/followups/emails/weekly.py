"""The weekly email leaves once a week for each reader: its week is claimed and committed before it is sent.

What was certainly not sent gives its claim back and is tried again by the next run; what may have been sent never is.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from surveys.core.clock import LONDON, now
from surveys.core.db import db, insert_into, transaction
from surveys.core.logs import log
from surveys.followups.emails.digest import digest_for
from surveys.followups.emails.letters import message_for
from surveys.followups.emails.models import DigestSent
from surveys.followups.emails.readers import readers_of_digest
from surveys.followups.emails.week import read_week
from surveys.messaging.outcomes import Accepted, NotSent, Sender

BEGINS = time(7, 10)
# Where no worker ran on Monday it goes on Tuesday; later than that the next one is near.
LAST_WEEKDAY = 1
MOST_FAILURES_IN_A_ROW = 3


def week_due(moment: datetime) -> date | None:
    """The Monday whose email may go at this moment, on the council's clock; None where none may."""
    local = moment.astimezone(LONDON)
    if local.weekday() > LAST_WEEKDAY or (local.weekday() == 0 and local.time() < BEGINS):
        return None
    return local.date() - timedelta(days=local.weekday())


def send_digests(week: date, moment: datetime, sender: Sender, full: Callable[[str], str]) -> int:
    """Write to everybody who was not written to; returns how many were accepted. Opens its own transactions.

    Figures are read once, and only where somebody waits. Stops where the provider would take no other email either.
    """
    waiting = readers_of_digest(week)
    if not waiting:
        db.session.rollback()
        return 0
    figures = read_week(moment)
    db.session.rollback()
    outcomes: Counter[str] = Counter()
    failed = 0
    for reader in waiting:
        message = message_for(reader.address, digest_for(reader, figures, week), full)
        if not claim(reader.id, week):
            continue
        outcome = sender.send(message)
        outcomes[type(outcome).__name__] += 1
        failed = failed + 1 if isinstance(outcome, NotSent) else 0
        if isinstance(outcome, NotSent):
            give_back(reader.id, week)
            if outcome.stops_run or failed == MOST_FAILURES_IN_A_ROW:
                break
    if outcomes.total() > outcomes[Accepted.__name__]:
        log.error("not every weekly email went; what was not sent is tried again until Tuesday night", **outcomes)
    return outcomes[Accepted.__name__]


def claim(user_id: int, week: date) -> bool:
    """Whether this run may write to them: nobody did, and nobody else is about to."""
    row = {"user_id": user_id, "week": week, "sent_at": now()}
    with transaction():
        made = insert_into(DigestSent).values(row).on_conflict_do_nothing().returning(sa.literal(1))
        return db.session.execute(made).first() is not None


def give_back(user_id: int, week: date) -> None:
    with transaction():
        d = DigestSent
        mine = (d.user_id == user_id, d.week == week)
        db.session.execute(sa.delete(d).where(*mine).execution_options(synchronize_session=False))

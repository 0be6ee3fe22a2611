"""Cases that ran past a deadline are told: first to those who handle them, then to administrators too.

Each step is told once, whichever worker finds it. Nobody's form is overtaken by it, so the edition stays.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from surveys.core.clock import day_of
from surveys.core.db import db, table_of
from surveys.core.settings import Settings
from surveys.followups.cases.lists import late_on
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind
from surveys.followups.cases.working_days import is_working_day
from surveys.followups.notices.models import AlertKind
from surveys.followups.notices.telling import LAST_STEP, notify
from surveys.followups.webhooks.models import WebhookEvent
from surveys.followups.webhooks.queueing import queue_event
from surveys.messaging.hours import Nation, hours_of
from surveys.people.audit import record

# Working days after the deadline at which administrators are told too.
FURTHER_DAYS = 5
FIRST, SECOND = 1, LAST_STEP
DAY = timedelta(days=1)


def escalate(moment: datetime) -> int:
    """Tell what is late and was not told yet; returns how many steps were told. Runs in the caller's transaction.

    A case that is found so late that both steps are due takes the second at once. A few statements however many are
    late; notices are written by the thousand.
    """
    settings: Settings = current_app.extensions["settings"]
    today = day_of(moment)
    # The second step first: what takes it is no longer due for the first.
    long_ago = day_before(today, FURTHER_DAYS, hours_of(settings).nation)
    second = step_up(SECOND, long_ago + DAY)
    first = step_up(FIRST, today)
    for step, numbers in ((SECOND, second), (FIRST, first)):
        tell(step, numbers, moment)
    return len(first) + len(second)


def day_before(day: date, count: int, nation: Nation) -> date:
    """The last day after which at least so many working days have come, up to and including this one."""
    left = count
    while left:
        left -= is_working_day(day, nation)
        day -= DAY
    return day


def step_up(step: int, day: date) -> list[int]:
    """Put the cases that are late on this day onto the step, where they are below it; their numbers in order."""
    found = sa.update(Case).where(late_on(day), Case.escalation < step).values(escalation=step).returning(Case.id)
    return sorted(db.session.scalars(found.execution_options(synchronize_session=False)))


def tell(step: int, numbers: Sequence[int], moment: datetime) -> None:
    if not numbers:
        return
    rows = [{"case_id": number, "at": moment, "kind": CaseEventKind.ESCALATED} for number in numbers]
    db.session.execute(sa.insert(table_of(CaseEvent)), rows)
    record("cases escalated", "cases", actor="system", at=moment, step=step, count=len(numbers))
    notify(AlertKind.LATE, numbers, moment)
    queue_event(WebhookEvent.CASE_LATE, numbers, moment)

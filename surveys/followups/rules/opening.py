"""A case is opened for each response for which a rule holds: one a response, by the first rule that does.

A response is looked at once it is complete, or half an hour after it began; for sixty days, since a comment may be
raised late and a consent may come late: the last days each minute, all of it each hour. A few statements, however many
responses there are.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.clock import day_of
from surveys.core.db import UtcDateTime, db, insert_into, is_sqlite, lock, table_of
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseKind, CaseRule, CaseState
from surveys.followups.notices.models import AlertKind
from surveys.followups.notices.telling import notify
from surveys.followups.rules.conditions import first_rule, said_yes
from surveys.followups.rules.consent import follow_consent
from surveys.followups.rules.defaults import rules_or_defaults
from surveys.followups.rules.values import Rule
from surveys.followups.webhooks.models import WebhookEvent
from surveys.followups.webhooks.queueing import queue_event
from surveys.invitations.models import Invitation
from surveys.messaging.hours import Nation
from surveys.people.audit import record

LOOKED_BACK = timedelta(days=60)
LATELY = timedelta(days=2)
# Somebody may still be writing.
WAITS = timedelta(minutes=30)
URGENT_KINDS = (CaseKind.SAFEGUARDING,)
Opened = Sequence[sa.Row[tuple[int, CaseKind]]]


def open_cases(moment: datetime, nation: Nation, back: timedelta = LOOKED_BACK) -> int:
    """Open what is to be opened as of this moment, and tell of it; returns how many were. In the caller's transaction.

    An open case gains the resident's consent where it came late, and every case loses one that was taken back.
    """
    lock("cases")
    compile_nothing()
    yes = said_yes()
    follow_consent(yes, moment - back, moment)
    rules = [rule for rule in rules_or_defaults(moment) if rule.active and rule.asks.something]
    opened = insert_cases(found_by(rules, yes, moment, back), rules, moment, nation) if rules else ()
    if opened:
        insert_events(moment)
        tell(opened, moment)
    return len(opened)


def compile_nothing() -> None:
    """PostgreSQL would compile the rules for longer than it takes to look them up."""
    if not is_sqlite():
        db.session.execute(sa.text("SET LOCAL jit = off"))


def insert_cases(found: sa.Subquery, rules: Sequence[Rule], moment: datetime, nation: Nation) -> Opened:
    deadlines = {rule.id: rule.deadlines(day_of(moment), nation) for rule in rules}
    columns: dict[str, Any] = {
        "response_id": found.c.id,
        "contact_id": sa.case((found.c.consent, found.c.contact_id)),
        "consent": found.c.consent,
        "rule_id": found.c.rule_id,
        "kind": CaseRule.kind,
        "service_id": found.c.service_id,
        "channel": found.c.channel,
        "day": found.c.day,
        "satisfaction": found.c.satisfaction,
        "state": sa.literal(CaseState.NEW.value),
        "opened_at": sa.literal(moment, UtcDateTime()),
        "acknowledge_by": by_rule(found.c.rule_id, {number: days[0] for number, days in deadlines.items()}),
        "answer_by": by_rule(found.c.rule_id, {number: days[1] for number, days in deadlines.items()}),
        **{name: sa.literal(n) for name, n in (("escalation", 0), ("reopened", 0), ("edition", 1))},
    }
    made = sa.select(*columns.values()).join(CaseRule, CaseRule.id == found.c.rule_id).order_by(found.c.id)
    insert = insert_into(Case).from_select(list(columns), made).on_conflict_do_nothing()
    c = table_of(Case).c
    return db.session.execute(insert.returning(c.id, c.kind)).all()


def by_rule(rule: sa.ColumnElement[int], days: dict[int, Any]) -> sa.ColumnElement[Any]:
    return sa.case(*((rule == number, sa.literal(day, sa.Date())) for number, day in days.items()))


def found_by(rules: Sequence[Rule], yes: sa.ColumnElement[bool], moment: datetime, back: timedelta) -> sa.Subquery:
    """The responses without a case for which a rule holds, each with the number of the first of these."""
    r, i = Response, Invitation
    rule = first_rule(rules, yes)
    columns = (r.id, r.service_id, r.channel, r.day, r.satisfaction, i.contact_id)
    query = sa.select(*columns, yes.label("consent"), rule.label("rule_id")).outerjoin(i, i.id == r.invitation_id)
    due = sa.or_(r.completed_at <= moment, r.started_at <= moment - WAITS)
    # What a resident had erased leads nowhere, and opens nothing.
    not_erased = sa.or_(r.invitation_id.is_not(None), r.point_id.is_not(None))
    query = query.where(r.started_at.between(moment - back, moment), due, not_erased)
    return query.where(~sa.exists().where(Case.response_id == r.id), rule.is_not(None)).subquery("found")


def insert_events(moment: datetime) -> None:
    """The first event of every case that was opened at this moment and has none."""
    c, e = Case, table_of(CaseEvent).c
    kind, state = sa.literal(CaseEventKind.OPENED, e.kind.type), sa.literal(CaseState.NEW, e.to_state.type)
    new = sa.select(c.id, c.opened_at, kind, state).where(c.opened_at == moment)
    new = new.where(~sa.exists().where(CaseEvent.case_id == c.id)).order_by(c.id)
    db.session.execute(sa.insert(table_of(CaseEvent)).from_select(["case_id", "at", "kind", "to_state"], new))


def tell(opened: Opened, moment: datetime) -> None:
    """Those who handle them, other systems, and the audit trail: one entry for the run."""
    numbers = sorted(row.id for row in opened)
    urgent = sorted(row.id for row in opened if row.kind in URGENT_KINDS)
    others = sorted(set(numbers) - set(urgent))
    record("cases opened", "cases", actor="system", at=moment, count=len(numbers), numbers=runs_of(numbers))
    for kind, some in ((AlertKind.URGENT, urgent), (AlertKind.NEW_CASE, others)):
        if some:
            notify(kind, some, moment)
    queue_event(WebhookEvent.CASE_OPENED, numbers, moment)


def runs_of(numbers: Sequence[int]) -> str:
    """Sorted numbers in short: 3-7,9."""
    runs = [list(run) for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ",".join(str(run[0][1]) if len(run) == 1 else f"{run[0][1]}-{run[-1][1]}" for run in runs)

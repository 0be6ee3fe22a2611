"""A made council's cases by the hundred thousand, in a few statements: four in five closed, the others under way.

Each has its contact, its response with a redacted comment and a label, and five events. Rows differ by arithmetic on
their numbers, so that the same cases come out each time, on either database.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bench.dashboard_rows import (
    CHANNELS,
    NUMBERS,
    SERVICES,
    Council,
    Frame,
    analyse,
    frame,
    mixed,
    naive,
    text_column,
    without_foreign_keys,
)
from surveys.core.clock import today
from surveys.core.db import db, transaction
from surveys.followups.cases.models import CaseEventKind, CaseKind, CaseOutcome, CaseState

# In a hundred cases.
STATES = {CaseState.CLOSED: 80, CaseState.NEW: 5, CaseState.ACKNOWLEDGED: 6, CaseState.WAITING: 3}
STATES |= {CaseState.ANSWERED: 4, CaseState.HANDED_OVER: 2}
KINDS = (CaseKind.CONTACT_BACK,) * 5 + (CaseKind.NOT_RESOLVED,) * 2 + (CaseKind.COMPLAINT, CaseKind.OTHER)
KINDS += (CaseKind.OTHER,)
# One case in so many is of the rare kind.
RARE, ONE_IN = CaseKind.SAFEGUARDING, 2000
KIND, STATE = CaseEventKind, CaseState
EVENTS = ((KIND.OPENED, None), (KIND.GIVEN, None), (KIND.MOVED, STATE.ACKNOWLEDGED), (KIND.NOTED, None))
EVENTS += ((KIND.MOVED, STATE.ANSWERED),)
# Closed over two years; under way since three weeks, so that some are late.
CLOSED_DAYS, OPEN_DAYS, AHEAD = 700, 21, 14
OWNERS = 40


def load(council: Council, cases: int, first_owner: int) -> None:
    values = {"first": 1, "last": cases, "batch": council.batch, "version": council.version, "owner": first_owner}
    with transaction():
        connection = db.session.connection()
        without_foreign_keys(connection)
        for table, rows in frames():
            table.create(connection)
            connection.execute(sa.insert(table), rows)
        for statement in (CONTACTS, RESPONSES, ANSWERS, COMMENTS, LABELS, CASES, HISTORY):
            sql = sa.text(statement)
            connection.execute(sql.bindparams(**{name: values[name] for name in sql.compile().params}))
        for table, _rows in frames():
            table.drop(connection)
        if db.engine.dialect.name == "postgresql":
            # Numbers were given by hand; those that a form makes go on after them.
            for name in ("cases", "case_events"):
                connection.execute(sa.text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"))
    analyse()


def frames() -> Iterator[Frame]:
    """Small tables to draw from by number: days from today backwards, and how a case stands."""
    days = [today() - timedelta(days=k - AHEAD) for k in range(AHEAD + CLOSED_DAYS + 1)]
    rows = [{"k": k, "day": day, "at": datetime.combine(day, time(8), UTC)} for k, day in enumerate(days)]
    yield frame("case_days", sa.Column("day", sa.Date), sa.Column("at", sa.DateTime(timezone=True))), naive(rows)
    yield frame("case_standing", text_column("state"), text_column("kind"), text_column("channel")), standings()
    told = [{"k": k, "kind": kind.value, "state": state and state.value} for k, (kind, state) in enumerate(EVENTS)]
    yield frame("case_told", text_column("kind"), text_column("state")), told


def standings() -> Sequence[dict[str, Any]]:
    states = [state.value for state, share in STATES.items() for _ in range(share)]
    return [
        {"k": k, "state": state, "kind": KINDS[k * 7 % len(KINDS)].value, "channel": CHANNELS[k % len(CHANNELS)].value}
        for k, state in enumerate(states)
    ]


PLACE = mixed("n", 2654435761, 100)
SERVICE = f"1 + {mixed('n', 2246822519, SERVICES)}"
LONG_AGO, LATELY = mixed("n", 3266489917, CLOSED_DAYS), mixed("n", 668265263, OPEN_DAYS)
AGO = f"CASE WHEN s.state = 'closed' THEN {LONG_AGO} ELSE {LATELY} END"
# Of each number: how its case stands, and the day it was opened.
MADE = f"""numbers JOIN case_standing s ON s.k = {PLACE} JOIN case_days d ON d.k = {AHEAD} + {AGO}"""
CONTACTS = f"""
    INSERT INTO contacts (id, batch_id, source, external_ref, service_id, channel, occurred_at, day, language, team,
                          area)
    {NUMBERS}
    SELECT n, :batch, 'bench', 'R' || n, {SERVICE}, s.channel, d.at, d.day, 'en', '', '' FROM {MADE}"""
RESPONSES = """
    INSERT INTO responses (id, version_id, service_id, channel, day, mode, language, started_at, completed_at,
                           satisfaction, counted)
    SELECT c.id, :version, c.service_id, c.channel, c.day, 'web', 'en', c.occurred_at, c.occurred_at,
           CASE WHEN c.id % 4 = 0 THEN 'fairly_dissatisfied' ELSE 'very_dissatisfied' END, TRUE
    FROM contacts c"""
ANSWERS = """
    INSERT INTO answers (response_id, question, words, given_at, unread)
    SELECT r.id, 'why', 'sealed', r.started_at, FALSE FROM responses r"""
COMMENTS = """
    INSERT INTO comments (id, response_id, question, service_id, channel, day, asked, rating, language, state,
                          redacted, found, given_at, read_at, chance, sentiment, needs_review, counted)
    SELECT r.id, r.id, 'why', r.service_id, r.channel, r.day, 'nonspecific', 5, 'en', 'labelled',
           'Nobody rang me back about case ' || r.id || ', and I waited for [NAME] a whole week.', '[]',
           r.started_at, r.started_at, r.id, 'neg', FALSE, TRUE
    FROM responses r"""
LABELS = """
    INSERT INTO comment_labels (comment_id, kind, label, origin, in_force, given_at)
    SELECT c.id, 'topic', 'waiting_time', 'rule', TRUE, c.given_at FROM comments c"""
CASES = f"""
    INSERT INTO cases (id, response_id, contact_id, consent, kind, service_id, channel, day, satisfaction, state,
                       owner_id, opened_at, acknowledge_by, answer_by, acted_at, answered_at, closed_at, outcome,
                       cause, escalation, reopened, edition)
    {NUMBERS}
    SELECT n, n, CASE WHEN n % 2 = 0 THEN n END, n % 2 = 0,
           CASE WHEN n % {ONE_IN} = 0 THEN '{RARE.value}' ELSE s.kind END, c.service_id, c.channel, c.day,
           r.satisfaction, s.state, CASE WHEN s.state <> 'new' OR n % 3 = 0 THEN :owner + n % {OWNERS} END,
           d.at, early.day, late.day,
           CASE WHEN s.state <> 'new' THEN d.at END,
           CASE WHEN s.state IN ('answered', 'closed') THEN d.at END,
           CASE WHEN s.state = 'closed' THEN early.at END,
           CASE WHEN s.state = 'closed' THEN '{CaseOutcome.PUT_RIGHT.value}' END,
           CASE WHEN s.state = 'closed' THEN 'waiting_time' END, 0, 0, 4
    FROM {MADE} JOIN contacts c ON c.id = n JOIN responses r ON r.id = n
    JOIN case_days early ON early.k = d.k - 2 JOIN case_days late ON late.k = d.k - {AHEAD}"""
HISTORY = f"""
    INSERT INTO case_events (case_id, at, by, kind, to_state, given_to)
    SELECT c.id, c.opened_at, CASE WHEN t.k > 0 THEN :owner + c.id % {OWNERS} END, t.kind, t.state,
           CASE WHEN t.kind = 'given' THEN c.owner_id END
    FROM cases c CROSS JOIN case_told t ORDER BY c.id, t.k"""

"""cases: the lists and pages of 100,000 cases, opened by a manager of all services and by one of three.

The cases are loaded in bulk. Pages are opened in-process by somebody signed in; what is measured is the time of the
server and the queries. Where something else runs on the machine, the least of the times is the truest. A last run
tells every case that is late, as the queue does.
"""

import re
from collections.abc import Iterator
from statistics import median
from time import perf_counter

import sqlalchemy as sa
from flask import Flask

from bench.case_rows import OWNERS, load
from bench.dashboard import MOST_MS, RUNS, Opened, at_95, open_page, signed_in
from bench.dashboard_rows import make_council
from bench.dashboard_settings import EMAIL, PASSWORD
from bench.databases import Database
from bench.measures import Measure, tell
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.followups.cases.lists import MOST_PAGES
from surveys.followups.cases.models import Case
from surveys.followups.learning.roll_up import count_cases
from surveys.followups.notices.escalation import escalate
from surveys.messaging.hours import Nation
from surveys.people.accounts import add_user
from surveys.people.models import Grant, User
from surveys.people.roles import Role
from surveys.rates.months import Month

CASES = 100_000
# The page of what cases teach is many panels, not one list.
MOST_LEARNING_MS = 100.0
MOST_QUERIES = 20
OF_THREE = (1, 2, 3)
OFFICER = "officer@example.gov.uk"
PAGES = {
    "open": "/cases",
    "mine": "/cases?view=mine",
    "late": "/cases?view=late",
    "closed": "/cases?view=closed",
    "closed_last_page": f"/cases?view=closed&page={MOST_PAGES}",
    "open_page_20": "/cases?view=open&page=20",
    "one_service": "/cases?service=2",
    "one_kind": "/cases?kind=contact_back",
    "rare_kind": "/cases?kind=safeguarding",
    "closed_of_a_rare_kind": "/cases?view=closed&kind=safeguarding",
    "closed_of_a_kind": "/cases?view=closed&kind=complaint&service=3",
    "case": "/cases/{case}",
    "learning": "/cases/learning",
    "learning_two_years": "/cases/learning?from={two_years_ago}",
}


def run(database: Database) -> Iterator[Measure]:
    name, cases = f"cases.{database.kind}", min(database.rows, CASES)
    with database.migrated():
        council = make_council()
        owner = make_people()
        began = perf_counter()
        load(council, cases, owner)
        tell(f"  loaded {cases:,} cases in {perf_counter() - began:.1f} s")
        counted = list(counting(name))
    app = database.application()
    opened = {f"{who}.{page}": one for who, email in people() for page, one in open_all(app, database, email)}
    lists = [one for page, one in opened.items() if "learning" not in page]
    yield Measure(f"{name}.slowest_median", max(median(one.seconds) for one in lists) * 1000, "ms", MOST_MS)
    yield Measure(f"{name}.most_queries", max(one.queries for one in opened.values()), "queries", MOST_QUERIES)
    yield from counted
    tell(f"  {'':32}{'median ms':>10}{'p95 ms':>8}{'least ms':>10}{'queries':>8}")
    for page, one in opened.items():
        told = [median(one.seconds), at_95(one.seconds), min(one.seconds)]
        tell(f"  {page:32}{told[0] * 1000:10.1f}{told[1] * 1000:8.1f}{told[2] * 1000:10.1f}{one.queries:8}")
    for page, one in opened.items():
        yield from figures(f"{name}.{page}", one)
    with app.app_context():
        yield from escalating(name)
        db.engine.dispose()


def people() -> tuple[tuple[str, str], ...]:
    return ("all_services", EMAIL), ("three_services", OFFICER)


def make_people() -> int:
    """A manager of everything and an officer of three services, who sign in, and owners; the first owner's number."""
    with transaction():
        add_user(EMAIL, "Some Body", PASSWORD, [(Role.MANAGER, None), (Role.ADMINISTRATOR, None)])
        officer = add_user(OFFICER, "Any Body", PASSWORD, [(Role.MANAGER, service) for service in OF_THREE])
        known = {"password_hash": "", "active": True, "session_number": 1, "created_at": now()}
        rows = [{"email": f"owner{n}@example.gov.uk", "name": f"Owner {n}"} | known for n in range(1, OWNERS)]
        made = db.session.scalars(sa.insert(User).returning(User.id), rows).all()
        grants = [{"user_id": number, "role": Role.OFFICER, "service_id": None} for number in made]
        db.session.execute(sa.insert(Grant), grants)
        return officer.id


def open_all(app: Flask, database: Database, email: str) -> Iterator[tuple[str, Opened]]:
    client = signed_in(app.test_client(), email)
    with app.app_context():
        engine = db.engine
    # The first of the list: with a rehearsal's few cases there may be none for whoever handles three services.
    found = re.search(r'href="/cases/(\d+)"', client.get("/cases").text)
    places = {"case": found.group(1) if found else 1, "two_years_ago": Month.of(today()).plus(-23)}
    for page, path in PAGES.items():
        yield page, open_page(client, engine, path.format(**places), database.times(RUNS))


def figures(name: str, opened: Opened) -> Iterator[Measure]:
    most = MOST_LEARNING_MS if "learning" in name else MOST_MS
    yield Measure(f"{name}.median", median(opened.seconds) * 1000, "ms", most)
    yield Measure(f"{name}.p95", at_95(opened.seconds) * 1000, "ms")
    yield Measure(f"{name}.cpu", median(opened.cpu) * 1000, "ms")
    yield Measure(f"{name}.queries", opened.queries, "queries")


def counting(name: str) -> Iterator[Measure]:
    """What the page of what cases teach reads: all of them at first, and then what one changed case asks for."""
    for label in ("all", "one"):
        began = perf_counter()
        with transaction():
            count_cases(today(), Nation.ENGLAND)
        yield Measure(f"{name}.count_{label}", perf_counter() - began, "s")
        with transaction():
            db.session.execute(sa.update(Case).where(Case.id == 1).values(edition=Case.edition + 1))


def escalating(name: str) -> Iterator[Measure]:
    """The first run finds every case that is late, and each run after it none."""
    for label in ("first", "next"):
        began = perf_counter()
        with transaction():
            found = escalate(now())
        tell(f"  {label} escalation: {found:,} steps")
        yield Measure(f"{name}.escalation_{label}", perf_counter() - began, "s")

"""dashboard: every page of figures with ten million answers behind it, beside the same page with 100,000.

The answers are loaded in bulk, then counted by the roll-up itself. Pages are opened in-process by somebody signed in;
what is measured is the time of the server, the queries and the bytes. Each page is opened of both councils in turns, so
that whatever else goes on on the machine weighs upon both.
"""

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.dashboard_reads import READS
from bench.dashboard_rows import Council, analyse, load, make_council
from bench.dashboard_settings import EMAIL, PASSWORD, count_by_telephone, settle
from bench.databases import Database, beside
from bench.measures import Measure, tell
from surveys.answers.models import Answer
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.rates.checking import answer_drifts
from surveys.rates.models import ContactFigure, CrossFigure, DayFigure, MonthFigure
from surveys.rates.months import Month
from surveys.rates.roll_up import recount_everything, roll_up

ANSWERS = {"postgresql": 10_000_000, "sqlite": 1_000_000}
FEW = 100_000
MOST_MS = 50.0
MOST_RATIO = 1.5
RUNS = 30
PAGES = {
    "home": "/",
    "service": "/rates/service/1",
    "channel": "/rates/channel/phone",
    "questions": "/rates/service/1/questions",
    "compare": "/rates/compare",
    "drivers": "/rates/drivers",
    "groups": "/rates/groups",
    "coverage": "/rates/coverage",
    "revisions": "/rates/revisions",
    "targets": "/rates/targets",
    "baselines": "/rates/baselines",
    "points": "/rates/points",
    "behind": "/rates/behind",
    "answers_behind": "/rates/behind/{month}/1/phone",
    "csv": "/rates.csv",
}


@dataclass(frozen=True)
class Side:
    """One of the councils that are held against each other, and somebody signed in there."""

    app: Flask
    client: FlaskClient
    engine: sa.Engine


@dataclass(frozen=True)
class Opened:
    """seconds of every run, and of the program's processor alone; queries of one; bytes, and compressed.

    Where something else runs on the machine, the time of the processor is the truer of the two.
    """

    seconds: list[float]
    cpu: list[float]
    queries: int
    size: int
    packed: int


def run(database: Database) -> Iterator[Measure]:
    """Few answers and many, side by side; the many are counted anew after one more day."""
    name = f"dashboard.{database.kind}"
    with beside(database, min(FEW, database.rows // 10)) as other:
        with other.migrated():
            filled(other)
            analyse()
        with database.migrated():
            council, free = filled(database)
            counting = list(rolled_up(name, council, free, database.rows))
            analyse()
        sides = [side_of(other), side_of(database)]
        found = open_all(sides, database)
        reads = read_all(sides, database)
        for side in sides:
            side.engine.dispose()
    yield Measure(
        f"{name}.slowest_median", max(median(many.seconds) for _, many in found.values()) * 1000, "ms", MOST_MS
    )
    yield from counting
    for page, (few, many) in found.items():
        yield from page_figures(f"{name}.{page}", many, few)
    for read, (before, after) in reads.items():
        yield Measure(f"{name}.read.{read}", median(after) * 1000, "ms")
        yield Measure(f"{name}.read.{read}.ratio", median(after) / median(before), "times")


def filled(database: Database) -> tuple[Council, int]:
    """A council with so many answers, counted; and the next free number of a contact."""
    council = make_council()
    settle(council.first_day)
    return council, fill(council, 1, database.rows)


def side_of(database: Database) -> Side:
    app = database.application()
    client = signed_in(app.test_client())
    with app.app_context():
        return Side(app, client, db.engine)


def page_figures(name: str, opened: Opened, before: Opened) -> Iterator[Measure]:
    yield Measure(f"{name}.median", median(opened.seconds) * 1000, "ms", MOST_MS)
    yield Measure(f"{name}.p95", at_95(opened.seconds) * 1000, "ms")
    yield Measure(f"{name}.cpu", median(opened.cpu) * 1000, "ms")
    yield Measure(f"{name}.ratio_to_few", median(opened.seconds) / median(before.seconds), "times", MOST_RATIO)
    yield Measure(f"{name}.queries", opened.queries, "queries")
    yield Measure(f"{name}.bytes", opened.size, "bytes")
    yield Measure(f"{name}.bytes_compressed", opened.packed, "bytes")


def at_95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def signed_in(client: FlaskClient, email: str = EMAIL) -> FlaskClient:
    """Through the page itself, with the token of its form."""
    form = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/sign-in").text)
    token = form.group(1) if form else ""
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD, "csrf_token": token})
    if answer.status_code != 302:
        raise SystemExit(f"the sign-in answered {answer.status_code}")
    return client


def fill(council: Council, free: int, answers: int) -> int:
    began = perf_counter()
    free = load(council, free, answers)
    count_by_telephone()
    tell(f"  loaded {answers:,} answers in {perf_counter() - began:.1f} s")
    took, figures = timed(recount_everything)
    tell(f"  all {figures:,} figures counted in {took:.1f} s: " + ", ".join(how_many()))
    return free


def timed(work: Callable[[], int]) -> tuple[float, int]:
    began = perf_counter()
    with transaction():
        found = work()
    return perf_counter() - began, found


def how_many() -> list[str]:
    found = [
        f"{db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0:,} {kind.__tablename__}"
        for kind in (Answer, DayFigure, MonthFigure, CrossFigure, ContactFigure)
    ]
    db.session.rollback()
    return found


def rolled_up(name: str, council: Council, free: int, answers: int) -> Iterator[Measure]:
    """One more day's answers, then everything again, then the check."""
    load(council, free, max(100, answers // council.days), only_day=council.days - 1)
    yield Measure(f"{name}.roll_up_of_one_day", timed(lambda: roll_up(now()))[0], "s")
    yield Measure(f"{name}.recount", timed(recount_everything)[0], "s")
    began = perf_counter()
    if found := answer_drifts():
        raise SystemExit(f"{len(found)} figures differ from their recount")
    db.session.rollback()
    yield Measure(f"{name}.check", perf_counter() - began, "s")


def open_all(sides: Sequence[Side], database: Database) -> dict[str, list[Opened]]:
    """Outside of any app context, so that each request has one of its own, as in a server."""
    month, runs = Month.of(today()).plus(-2), database.times(RUNS)
    return {page: open_in_turns(sides, path.format(month=month), runs) for page, path in PAGES.items()}


def open_page(client: FlaskClient, engine: sa.Engine, path: str, runs: int) -> Opened:
    return open_in_turns([Side(client.application, client, engine)], path, runs)[0]


def open_in_turns(sides: Sequence[Side], path: str, runs: int) -> list[Opened]:
    """Once unmeasured, to fill the caches; then timed without anybody counting along."""
    found = [open_once(side, path, runs) for side in sides]
    for _ in range(runs):
        for side, opened in zip(sides, found, strict=True):
            began, worked = perf_counter(), process_time()
            side.client.get(path).get_data()
            opened.seconds.append(perf_counter() - began)
            opened.cpu.append(process_time() - worked)
    return found


def open_once(side: Side, path: str, runs: int) -> Opened:
    with statements(side.engine) as seen:
        answer = side.client.get(path)
    # With the few answers of a rehearsal a page may have nothing to show.
    if answer.status_code != 200 and (runs > 1 or answer.status_code >= 500):
        raise SystemExit(f"{path} answered {answer.status_code}")
    body = answer.get_data()
    return Opened([], [], len(seen), len(body), len(gzip.compress(body, 6)))


def read_all(sides: Sequence[Side], database: Database) -> dict[str, list[list[float]]]:
    """The queries alone, over every service and channel of two years, of both councils in turns."""
    return {name: read_in_turns(sides, read, database.times(RUNS)) for name, read in READS.items()}


def read_in_turns(sides: Sequence[Side], read: Callable[[], Any], runs: int) -> list[list[float]]:
    seconds: list[list[float]] = [[] for _ in sides]
    for _ in range(runs + 1):
        for side, taken in zip(sides, seconds, strict=True):
            with side.app.app_context():
                began = perf_counter()
                read()
                taken.append(perf_counter() - began)
    return [taken[1:] for taken in seconds]


@contextmanager
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    """What is sent to the database inside the block, without transaction control."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)

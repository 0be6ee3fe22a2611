"""answer: whole answers through gunicorn, the CPU that its processes take for one, beside a bare Flask hello.

With SQLite the queue is SQLite too, with PostgreSQL it is Redis, as docs/running.md has it; no worker empties it.
The CPU of a database server or Redis is not counted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from bench.answers_client import STEPS, Timings, Visitor, together
from bench.answers_server import Server, serving
from bench.databases import SECRET, Database
from bench.faults import queue_for
from bench.measures import Measure
from bench.pages import invited_tokens
from surveys.core.queue import make_huey

MOST_CPU_MS = 5.0
BLOCKS = 6
ANSWERS = 100
# Not every made contact can be reached.
CONTACTS_FOR_ONE = 4
# So that few rows are a short run.
ROWS_FOR_ONE = 20
# Two cores are shared with the servers: more visitors would only wait for each other.
THREADS = 4


@dataclass
class Taken:
    """What the blocks of one server took: CPU seconds and wall seconds a block, and every request's time."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    timings: Timings = field(default_factory=Timings)


def run(database: Database) -> Iterator[Measure]:
    """Blocks of answers and of hellos take turns, the first of each unmeasured; medians of blocks are told."""
    answers = min(ANSWERS, max(1, database.rows // (BLOCKS + 1) // ROWS_FOR_ONE))
    queue = queue_for(database)
    if queue is None:
        return
    with database.migrated():
        tokens = invited_tokens(database, CONTACTS_FOR_ONE * answers * (BLOCKS + 1))
    if len(tokens) < answers * (BLOCKS + 1):
        raise SystemExit(f"only {len(tokens)} of the contacts were invited")
    ours, hello = Taken(), Taken()
    log = database.folder / "gunicorn.log"
    with (
        serving("wsgi:app", log, environment(database, queue)) as server,
        serving("bench.hello_app:app", log, {}) as bare,
    ):
        for number in range(BLOCKS + 1):
            some = tokens[number * answers : (number + 1) * answers]
            block(server, ours if number else Taken(), Visitor.answer, some)
            block(bare, hello if number else Taken(), Visitor.greet, range(answers))
    make_huey(queue).flush()
    yield from figures(f"answer.{database.kind}", ours, hello, answers)


def environment(database: Database, queue: str) -> dict[str, str]:
    return {
        "INSTANCE_DIR": str(database.folder),
        "DATABASE_URL": database.url,
        "QUEUE_URL": queue,
        "SECRET_KEY": SECRET,
        "COUNCIL_NAME": "Bench Council",
        "LOG_LEVEL": "WARNING",
    }


def block(server: Server, taken: Taken, work: Callable[[Visitor, Any], None], items: Sequence[Any]) -> None:
    cpu, began = server.cpu(), perf_counter()
    taken.timings.add(together(THREADS, server.port, work, items))
    taken.wall.append(perf_counter() - began)
    taken.cpu.append(server.cpu() - cpu)


def figures(name: str, ours: Taken, hello: Taken, answers: int) -> Iterator[Measure]:
    requests = len(STEPS)
    cpu, bare = median(ours.cpu) / answers * 1000, median(hello.cpu) / answers * 1000
    yield Measure(f"{name}.cpu", cpu, "ms", MOST_CPU_MS)
    yield Measure(f"{name}.answers_per_second", answers / median(ours.wall), "answers/s")
    yield Measure(f"{name}.cpu_per_request", cpu / requests, "ms")
    yield Measure(f"{name}.hello_cpu_per_request", bare / requests, "ms")
    yield Measure(f"{name}.cpu_to_hello", cpu / bare, "times")
    yield from spread(f"{name}.whole", ours.timings.whole)
    for step in STEPS:
        yield from spread(f"{name}.{step}", ours.timings.steps[step])
    yield from spread(f"{name}.hello", [second for step in STEPS for second in hello.timings.steps[step]])


def spread(name: str, seconds: list[float]) -> Iterator[Measure]:
    """The time that so many in a hundred stayed within."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    for percent in (50, 95, 99):
        yield Measure(f"{name}.p{percent}", cuts[percent - 1] * 1000, "ms")

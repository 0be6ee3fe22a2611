"""python -m bench.faults: kill, starve and confuse the sending of 10,000 invitations, then ask the provider's ledger.

Figures as one JSON object a line on standard output, in words on standard error; status 1 where a goal is missed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import redis

from bench.databases import KINDS, Database, kinds_of, opened
from bench.faults_child import Clock
from bench.faults_compare import answered, compare, rows
from bench.faults_run import HOURS, Campaign, Size
from bench.measures import Measure, tell
from surveys.invitations.models import HANDED_OVER, InvitationState
from tests.stubs.ledger import Kind

INVITATIONS = 10_000
DEFAULT_REDIS = "redis://127.0.0.1:6379/7"
STATE = InvitationState


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--invitations", type=int, default=INVITATIONS, help="to send (default: %(default)s)")
    parser.add_argument("--on", choices=(*KINDS, "both"), default="both", help="the database (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is left to chance")
    chosen = parser.parse_args()
    if chosen.invitations < 20:
        parser.error("--invitations: 20 or more")
    wanted = kinds_of(None if chosen.on == "both" else [chosen.on])
    with tempfile.TemporaryDirectory(prefix="fairly-clock-") as folder:
        clock = Clock(Path(folder) / "clock")
        held = [on_one(kind, Size.of(chosen.invitations), chosen.seed, clock) for kind in wanted]
    return 0 if all(held) else 1


def on_one(kind: str, size: Size, seed: int, clock: Clock) -> bool:
    """Whether every goal was reached; what cannot be tried here is told and left out."""
    with opened(kind, size.invitations) as database:
        if database is None:
            return True
        queue = queue_for(database)
        if queue is None:
            return True
        tell(f"faults on {kind}, {size.invitations:,} invitations, seed {seed}")
        with database.migrated():
            pass
        held = [show(measure) for measure in campaign(database, queue, size, seed, clock)]
        return all(held)


def show(measure: Measure) -> bool:
    tell(f"  {measure.in_words()}")
    print(measure.as_json(), flush=True)
    return measure.holds is not False


def queue_for(database: Database) -> str | None:
    """A file beside SQLite; Redis beside PostgreSQL, where there is one with an empty database."""
    if database.kind == "sqlite":
        return f"sqlite:///{database.folder / 'queue.sqlite'}"
    url = os.environ.get("BENCH_REDIS_URL") or DEFAULT_REDIS
    try:
        with redis.Redis.from_url(url) as server:
            if server.dbsize() == 0:
                return url
        tell(f"left out PostgreSQL: database {urlsplit(url).path[1:]} of Redis holds something; name an empty one")
    except redis.RedisError as error:
        tell(f"left out PostgreSQL: no Redis answers at BENCH_REDIS_URL ({type(error).__name__})")
    return None


def campaign(database: Database, queue: str, size: Size, seed: int, clock: Clock) -> Iterator[Measure]:
    began, run = monotonic(), Campaign(database, queue, size, seed, clock)
    for words in run.run():
        tell(f"  {monotonic() - began:5.1f} s: {words}")
        if words == "end":
            yield from measures(run, f"faults.{database.kind}", monotonic() - began)


def measures(run: Campaign, name: str, seconds: float) -> Iterator[Measure]:
    """The goals first, then how hard it was."""
    all_rows, ledger, stops = rows(run.processes.public_url), run.ledger, run.residents.stops
    found = compare(all_rows, ledger, stops, HOURS)
    found.tell()
    held = {
        "sent_twice": found.twice,
        "sent_after_stop": found.after_stop,
        "sent_in_quiet_hours": found.in_quiet_hours,
        "state_contradicts_ledger": found.contradictions,
        "lost": found.lost,
    }
    for what, wrong in held.items():
        yield Measure(f"{name}.{what}", len(wrong), "invitations", 0)
    yield Measure(f"{name}.on_their_way_at_a_stop", len(found.just_after_stop), "messages within 1 s")
    yield Measure(f"{name}.on_their_way_at_closing", len(found.just_after_closing), "messages within 1 s")
    yield Measure(f"{name}.messages_in_ledger", sum(e.kind is Kind.MESSAGE for e in ledger), "messages")
    for state in STATE:
        yield Measure(f"{name}.{state}", sum(row.state is state for row in all_rows), "invitations")
    yield Measure(f"{name}.left_out_for_a_stop", sum(row.reason == "opted-out" for row in all_rows), "invitations")
    yield Measure(f"{name}.stops_answered", sum(answered(ledger, stops).values()), "stops")
    looked_for = [row for row in all_rows if row.looked_for]
    yield Measure(f"{name}.uncertain_looked_for", len(looked_for), "invitations")
    yield Measure(f"{name}.uncertain_found", sum(row.state in HANDED_OVER for row in looked_for), "invitations")
    for way, count in run.decided.items():
        yield Measure(f"{name}.uncertain_decided_{way}", count, "invitations")
    yield Measure(f"{name}.kills", run.processes.kills, "kills")
    for fault, count in sorted(run.state["befell"].items()):
        yield Measure(f"{name}.fault_{fault}", count, "requests")
    for status, count in sorted(run.state["hooks"].items()):
        yield Measure(f"{name}.web_hooks_answered_{status}", count, "web hooks")
    yield Measure(f"{name}.seconds", seconds, "s")


if __name__ == "__main__":
    sys.exit(main())

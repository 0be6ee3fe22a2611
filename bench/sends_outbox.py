"""The whole outbox, from due to sent, with one worker process and with two, against a provider that takes its time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from time import perf_counter

import sqlalchemy as sa

from bench.databases import Database
from bench.measures import Measure, spread, tell
from surveys.contacts.intake import load_batch, open_batch
from surveys.contacts.models import Contact
from surveys.core.clock import now
from surveys.core.db import db, table_of, transaction
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.messaging.models import Medium
from surveys.questionnaires.queries import publish_default_if_none
from tests.makers.contacts import row, write_csv
from tests.stubs.faults import Faults
from tests.stubs.running import RunningStub, running_stub

INVITATIONS = 3_000
# The numbers kept for drama: nobody has them.
PEOPLE = 1_000
RUNS = 3
THREADS = 16
LATENCY = 0.1
# A second worker is to send 1.7 times as many: the same invitations in 1/1.7 of the time.
MOST_TIME = 1 / 1.7
AS_NEW = {
    "state": InvitationState.DUE,
    "claimed_at": None,
    "claimed_by": None,
    "sent_at": None,
    "settled_at": None,
    "provider_ref": None,
    "attempts": 0,
}


def outbox(database: Database) -> Iterator[Measure]:
    """One worker and two take turns on the same invitations; medians are compared."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    with database.migrated(), running_stub(Faults(latency=LATENCY, receipt_lost=1.0)) as stub:
        prepare(database)
        for _ in range(RUNS):
            for workers in seconds:
                make_due()
                seconds[workers].append(send_with(workers, database, stub))
                check(stub)
    one, two = (spread(f"{n} workers of {THREADS} threads at {LATENCY:g} s", seconds[n]) for n in seconds)
    tell(f"  two workers send {one / two:.2f} times as many as one")
    yield Measure("send.outbox.time_of_two_workers_to_one", two / one, "times", MOST_TIME)
    yield Measure("send.outbox.one_worker_messages_per_second", INVITATIONS / one, "messages/s")
    yield Measure("send.outbox.two_workers_messages_per_second", INVITATIONS / two, "messages/s")


def prepare(database: Database) -> None:
    """As many contacts with a mobile phone, three to a phone, and an invitation for each of them."""
    people = (row(f"CRM-{n}", phone=f"07700 900{n % PEOPLE:03d}", email="") for n in range(INVITATIONS))
    path = write_csv(database.folder / "contacts.csv", people)
    with transaction():
        batch_id = open_batch(path, path.name, "crm", make_services=True).id
    load_batch(batch_id, path=path)
    with transaction():
        version = publish_default_if_none().id
        chosen = sa.select(Contact.id, *(sa.literal(value, column.type) for column, value in usual(version)))
        names = ["contact_id", *(column.name for column, _ in usual(version))]
        db.session.execute(sa.insert(table_of(Invitation)).from_select(names, chosen))


def usual(version: int) -> list[tuple[sa.Column[object], object]]:
    columns = table_of(Invitation).c
    values = {
        "kind": InvitationKind.INVITATION,
        "version_id": version,
        "medium": Medium.SMS,
        "language": "en",
        "state": InvitationState.DUE,
        "due_at": now(),
        "attempts": 0,
        "expires_at": now() + timedelta(days=28),
    }
    return [(columns[name], value) for name, value in values.items()]


def make_due() -> None:
    with transaction():
        db.session.execute(sa.update(Invitation).values(AS_NEW))


def send_with(workers: int, database: Database, stub: RunningStub) -> float:
    """Seconds from when every worker was ready until the last has nothing left to send."""
    command = [sys.executable, "-m", "bench.sends_child", database.kind, database.url, str(database.folder)]
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                subprocess.Popen([*command, stub.address, str(THREADS)], stdin=-1, stdout=-1, text=True)
            )
            for _ in range(workers)
        ]
        if any(told(child) != "ready" for child in children):
            raise SystemExit("a worker did not start")
        began = perf_counter()
        for child in children:
            tell_to_go(child)
        accepted = [int(told(child)) for child in children]
        seconds = perf_counter() - began
    tell(f"  {workers} workers: {' + '.join(map(str, accepted))} in {seconds:.2f} s")
    return seconds


def told(child: subprocess.Popen[str]) -> str:
    return child.stdout.readline().strip() if child.stdout else ""


def tell_to_go(child: subprocess.Popen[str]) -> None:
    if child.stdin:
        child.stdin.write("go\n")
        child.stdin.flush()


def check(stub: RunningStub) -> None:
    """Every invitation is sent, and the provider has one message for each in every round."""
    unsent = db.session.scalar(
        sa.select(sa.func.count()).select_from(Invitation).where(Invitation.state != InvitationState.SENT)
    )
    db.session.rollback()
    if unsent or stub.state()["summary"]["message"] % INVITATIONS:
        raise SystemExit(f"{unsent} invitations were not sent, or some were sent twice")

"""One fault campaign on one database: an evening up to closing time, the next morning, and the time to recover."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from time import monotonic, sleep

import redis
import sqlalchemy as sa
from flask import Flask

from bench.databases import SECRET, Database
from bench.faults_child import Clock
from bench.faults_processes import Processes
from bench.faults_rows import Days, between, people, remind, store
from bench.faults_stops import Residents
from bench.measures import tell
from surveys import create_app
from surveys.core.clock import LONDON, now, today
from surveys.core.db import db, transaction
from surveys.core.queue import enqueue
from surveys.core.settings import read_settings
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.reconcile import decide, decide_all_not_found
from surveys.messaging.hours import Hours, Nation, is_open_day
from tests.stubs.faults import Faults
from tests.stubs.ledger import Kind
from tests.stubs.options import Options

HOURS = Hours(Nation.ENGLAND)
FAULTS = Faults(
    latency=0.01,
    reset_before=0.01,
    too_many=0.02,
    error_before=0.01,
    error_after=0.01,
    drop_after=0.02,
    slow=0.003,
    slow_seconds=12.0,
    undelivered_30003=0.02,
    undelivered_30005=0.01,
    failed_30007=0.005,
    receipt_seconds=0.2,
    receipt_lost=0.5,
    receipt_duplicate=0.1,
    receipt_reorder=0.2,
    receipt_late=0.1,
    late_seconds=5.0,
    listing_lag=1.0,
    refuses_stopped=False,
)
CALM = {"reset_before": 0.0, "too_many": 0.0, "error_before": 0.0, "error_after": 0.0, "drop_after": 0.0, "slow": 0.0}
# Longer than the wait after a third 429, than a stale claim's life, and than the pause between two looks.
LATER = timedelta(minutes=11)
MOST_ROUNDS = 8
LONGEST_ROUND = 60.0
NUDGE = 0.5
# So that there is something to lose when the queue is emptied.
ASKED_IN_VAIN = 20
STATE = InvitationState


@dataclass(frozen=True)
class Size:
    """How much, how long and how hard. Seconds of this machine's clock."""

    invitations: int
    stops: int
    evening: float
    after_closing: float
    morning: float
    kill_every: float
    lead: timedelta
    web: int
    workers: int

    @staticmethod
    def of(invitations: int) -> "Size":
        small = invitations < 1_000
        evening = 5.0 if small else max(20.0, invitations / 125)
        return Size(
            invitations=invitations,
            stops=max(1, invitations // 20),
            evening=evening,
            after_closing=1.0 if small else 8.0,
            morning=3.0 if small else max(20.0, invitations / 250),
            kill_every=2.5 if small else 5.0,
            lead=timedelta(seconds=2 if small else 8),
            web=1 if small else 2,
            # Two are enough to be in each other's way, and each takes seconds to start again after every kill.
            workers=2 if small else 3,
        )


class Campaign:
    """Goes once through the two days. decided: how many doubts were settled in which way."""

    def __init__(self, database: Database, queue: str, size: Size, seed: int, clock: Clock) -> None:
        self.database = database
        self.queue = queue
        self.size = size
        self.chance = Random(seed)
        self.clock = clock
        self.options = Options(seed=seed, faults=FAULTS)
        self.days = days_from(today() + timedelta(days=1), size)
        self.decided = {"not_found": 0, "by_the_ledger": 0}
        self.undecided = 0

    def run(self) -> Iterator[str]:
        """Says what it does. processes, residents and app are for whoever looks at the end."""
        with ExitStack() as things:
            self.clock.set_to(self.days.begins - timedelta(hours=1))
            self.processes = things.enter_context(closing(Processes(self.database, self.queue, self.clock.path)))
            self.stub = self.processes.start_stub(self.options)
            self.app = application(self.database, self.queue, self.processes.public_url)
            self.everybody = people(self.size.invitations, self.days, self.chance)
            with self.app.app_context():
                store(self.everybody, now())
                self.residents = things.enter_context(closing(self.residents_among()))
                yield from self.go_through()
                self.ledger = self.stub.ledger()
                self.state = self.stub.state()
                yield "end"

    def go_through(self) -> Iterator[str]:
        days, half = self.days, timedelta(seconds=self.size.evening / 2)
        self.clock.set_to(days.begins - self.size.lead)
        self.processes.start_all(self.size.workers, self.size.web)
        yield f"it is {days.begins:%A} evening; sending ends at {days.closes.astimezone(LONDON):%H:%M}"
        self.go_on_until(days.begins + half)
        yield f"the queue is emptied of {empty_queue(self.app)} tasks"
        self.go_on_until(days.closes + timedelta(seconds=self.size.after_closing))
        yield f"all processes are killed for the night, {counted(STATE.DUE)} are due"
        self.processes.kill_all()
        self.clock.set_to(days.opens - self.size.lead)
        yield f"{remind(self.everybody)} reminders are made"
        self.processes.start_all(self.size.workers, self.size.web)
        self.go_on_until(days.ends)
        self.residents.close()
        self.stub.change(**CALM)
        yield f"the faults end; {counted(STATE.DUE)} are due, {counted(STATE.UNCERTAIN)} uncertain"
        yield from self.recover()
        self.undecided = counted(STATE.UNCERTAIN)
        self.decide_the_rest()

    def go_on_until(self, moment: datetime) -> None:
        """Sending is asked for again and again, and workers are killed, until then."""
        next_kill = monotonic() + self.size.kill_every
        while now() < moment:
            if monotonic() >= next_kill:
                self.processes.kill_one(self.chance)
                next_kill = monotonic() + self.size.kill_every * self.chance.uniform(0.5, 1.5)
            enqueue(self.app, "invitations.send", ())
            sleep(NUDGE)

    def recover(self) -> Iterator[str]:
        """Time goes by in leaps of some minutes until nothing is left that the service can do by itself."""
        for number in range(MOST_ROUNDS):
            self.processes.kill_all()
            self.clock.set_to(now() + LATER)
            began = now()
            self.processes.start_all(self.size.workers, self.size.web)
            self.wait_until_quiet(began)
            yield f"round {number + 1}: {counted(STATE.DUE)} due, {counted(STATE.UNCERTAIN)} uncertain"
            if not counted(STATE.DUE, STATE.CLAIMED):
                return

    def wait_until_quiet(self, began: datetime) -> None:
        until = monotonic() + LONGEST_ROUND
        while monotonic() < until and left_to_do(began):
            for task in ("invitations.send", "invitations.sweep"):
                enqueue(self.app, task, ())
            sleep(NUDGE)
        try:
            self.stub.wait_for_hooks(LONGEST_ROUND)
        except TimeoutError:
            tell("    web hooks are still under way")

    def decide_the_rest(self) -> None:
        """What a person does with what is still uncertain: what is not there was not sent, the rest is looked up."""
        with transaction():
            self.decided["not_found"] = decide_all_not_found(now())
        taken = {entry.correlation for entry in self.stub.ledger(kind=Kind.MESSAGE)}
        left = db.session.execute(
            sa.select(Invitation.id, Invitation.correlation).where(Invitation.state == STATE.UNCERTAIN)
        ).all()
        with transaction():
            for number, correlation in left:
                decide(number, correlation in taken, now())
        self.decided["by_the_ledger"] = len(left)

    def residents_among(self) -> Residents:
        """Half of them are to be reminded, so that they have a message to say stop to."""
        reminded = [person for person in self.everybody if person.reminded_at]
        others = [person for person in self.everybody if not person.reminded_at and person.is_text]
        many = min(self.size.stops // 2, len(reminded))
        chosen = self.chance.sample(reminded, many)
        chosen += self.chance.sample(others, min(self.size.stops - many, len(others)))
        return Residents(
            self.stub, self.processes.public_url, [(self.moment(), one) for one in chosen], Random(self.chance.random())
        )

    def moment(self) -> datetime:
        """At random in the evening or in the morning."""
        days = self.days
        if self.chance.random() < 0.6:
            return between(days.begins, days.closes, self.chance)
        return between(days.opens, days.ends, self.chance)


def days_from(day: date, size: Size) -> Days:
    """Two days on end on which messages may go, the first of them this one or later."""
    while not (is_open_day(day, HOURS) and is_open_day(day + timedelta(days=1), HOURS)):
        day += timedelta(days=1)
    closes, opens = at(day, HOURS.closes), at(day + timedelta(days=1), HOURS.opens)
    return Days(closes - timedelta(seconds=size.evening), closes, opens, opens + timedelta(seconds=size.morning))


def at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, LONDON)


def application(database: Database, queue: str, public_url: str) -> Flask:
    """The application beside the processes: on the same database and queue, with the same secret."""
    return create_app(
        read_settings(
            instance_dir=database.folder,
            database_url=database.url,
            queue_url=queue,
            secret_key=SECRET,
            public_url=public_url,
            council_name="Bench Council",
            log_level="ERROR",
        )
    )


def counted(*states: InvitationState) -> int:
    db.session.rollback()
    count = sa.select(sa.func.count()).select_from(Invitation).where(Invitation.state.in_(states))
    found: int = db.session.scalars(count).one()
    db.session.rollback()
    return found


def left_to_do(since: datetime) -> bool:
    """Whether something is due now, claimed, or uncertain and not looked for since then."""
    i = Invitation
    wanting = sa.or_(
        sa.and_(i.state == STATE.DUE, i.due_at <= now()),
        i.state == STATE.CLAIMED,
        sa.and_(i.state == STATE.UNCERTAIN, sa.or_(i.looked_for_at.is_(None), i.looked_for_at < since)),
    )
    db.session.rollback()
    found = db.session.scalar(sa.select(sa.exists().where(wanting)))
    db.session.rollback()
    return bool(found)


def empty_queue(app: Flask) -> int:
    """All of it at once, as when a Redis without a disk starts anew. Returns how many tasks were waiting."""
    huey = app.extensions["huey"]
    for _ in range(ASKED_IN_VAIN):
        enqueue(app, "invitations.send", ())
    waiting: int = huey.pending_count()
    if isinstance(getattr(huey.storage, "conn", None), redis.Redis):
        huey.storage.conn.flushdb()
    else:
        huey.flush()
    return waiting

"""Workers at once never send one invitation twice, nor ask a provider twice about one; a process sends in one run."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Lock, Thread

import pytest
from flask import Flask

from surveys.core.db import db, transaction
from surveys.invitations.invite import invite
from surveys.invitations.outbox import send_due
from surveys.invitations.reconcile import reconcile
from surveys.invitations.switch import pause_for_provider
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, Missing, Sent, Uncertain
from tests.invitations.made import BOTH, MOMENT, Scripted, make_due, select, states
from tests.invitations.told import audited
from tests.makers.contacts import row

WORKERS = 4
LATER = MOMENT + timedelta(minutes=5)


class Counting:
    """A provider shared by all workers, which counts what each address got."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.got: Counter[str] = Counter()

    def send(self, message: Message) -> Accepted:
        with self.lock:
            self.got[message.recipient] += 1
        return Accepted(message.correlation)

    def find(self, message: Message, _since: datetime) -> Missing:
        assert not db.session().in_transaction(), "nothing is open while a provider is called"
        with self.lock:
            self.got[message.recipient] += 1
        return Missing()


def at_once(app: Flask, work: Callable[[], object]) -> None:
    """Let so many workers begin this at the same moment; fails with the first failure of theirs."""
    start, failures = Barrier(WORKERS), list[BaseException]()

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                work()
            except BaseException as failure:
                failures.append(failure)
                raise
            finally:
                db.session.remove()

    threads = [Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def test_workers_at_once_share_the_work_and_double_nothing(app: Flask, folder: Path) -> None:
    make_due(folder, 60)
    provider = Counting()
    at_once(app, lambda: send_due({Medium.SMS: provider, Medium.EMAIL: provider}))
    assert set(provider.got.values()) == {1}
    assert len(provider.got) == 60
    assert states() == ["sent"] * 60


def test_sweeps_at_once_ask_about_each_doubt_once(app: Flask, folder: Path) -> None:
    make_due(folder, 30)
    send_due(Scripted(lambda _message: Uncertain("503")).senders(), MOMENT)
    provider = Counting()
    at_once(app, lambda: reconcile({Medium.EMAIL: provider}, LATER))
    assert set(provider.got.values()) == {1}
    assert len(provider.got) == 30


def test_a_sweep_leaves_what_another_is_asking_about(app: Flask, folder: Path) -> None:
    make_due(folder, 2)
    send_due(Scripted(lambda _message: Uncertain("503")).senders(), MOMENT)
    asked: list[str] = []

    class Slow(Scripted):
        """While it looks for one message, another sweep comes by."""

        def find(self, message: Message, _since: datetime) -> Missing:
            asked.append(message.recipient)
            with app.app_context():
                reconcile(self.senders(), LATER)
            return Missing()

    reconcile(Slow().senders(), LATER)
    assert sorted(asked) == ["a000@example.com", "a001@example.com"]


def test_workers_that_are_refused_at_once_pause_once(app: Flask) -> None:
    def refused() -> None:
        with transaction():
            pause_for_provider(MOMENT, Medium.SMS, "20003")

    at_once(app, refused)
    assert [action for action, _, _ in audited()] == ["sending paused"]
    assert app.extensions["huey"].pending_count() == 1


def test_a_process_sends_in_one_run_which_takes_what_comes_meanwhile(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_due(folder, 1)
    provider = Scripted()
    during: list[str] = []

    def come_again(message: Message) -> Sent:
        if message.recipient == "a000@example.com":
            select(folder, [row("B1")])
            with transaction():
                invite(MOMENT, BOTH)
            app.extensions["perform"].call_local("invitations.send")
            during.extend(provider.recipients)
        return Accepted(message.correlation)

    provider.answer = come_again
    monkeypatch.setitem(app.extensions, "senders", provider.senders())
    app.extensions["perform"].call_local("invitations.send")
    assert during == ["a000@example.com"]
    assert provider.recipients == ["a000@example.com", "b1@example.com"]


def test_a_run_that_fails_leaves_room_for_the_next(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_due(folder, 1)

    def fail(_message: Message) -> Sent:
        raise ZeroDivisionError

    provider = Scripted(fail)
    monkeypatch.setitem(app.extensions, "senders", provider.senders())
    with pytest.raises(ZeroDivisionError):
        app.extensions["perform"].call_local("invitations.send")
    select(folder, [row("B1")])
    with transaction():
        invite(MOMENT, BOTH)
    provider.answer = None
    app.extensions["perform"].call_local("invitations.send")
    assert provider.recipients == ["a000@example.com", "b1@example.com"]

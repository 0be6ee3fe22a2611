"""Two workers at once never send one invitation twice."""

from collections import Counter
from pathlib import Path
from threading import Barrier, Lock, Thread

from flask import Flask

from surveys.core.db import db
from surveys.invitations.outbox import send_due
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message
from tests.invitations.made import make_due, states

WORKERS = 4


class Counting:
    """A provider shared by all workers, which counts what each address got."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.got: Counter[str] = Counter()

    def send(self, message: Message) -> Accepted:
        with self.lock:
            self.got[message.recipient] += 1
        return Accepted(message.correlation)


def work(app: Flask, provider: Counting, start: Barrier, failures: list[BaseException]) -> None:
    with app.app_context():
        start.wait()
        try:
            send_due({Medium.SMS: provider, Medium.EMAIL: provider})
        except BaseException as failure:
            failures.append(failure)
            raise
        finally:
            db.session.remove()


def test_workers_at_once_share_the_work_and_double_nothing(app: Flask, folder: Path) -> None:
    make_due(folder, 60)
    provider, start, failures = Counting(), Barrier(WORKERS), list[BaseException]()
    threads = [Thread(target=work, args=(app, provider, start, failures)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert set(provider.got.values()) == {1}
    assert len(provider.got) == 60
    assert states() == ["sent"] * 60

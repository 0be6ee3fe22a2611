"""The worker as it really runs: a process on Huey's SQLite file or on Redis, stopped by a signal."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from select import select
from time import monotonic

import pytest
import redis
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import ask
from surveys.core.settings import PROJECT
from surveys.people.models import SignInFailure
from tests.core.conftest import MakeApp

REDIS = "redis://127.0.0.1:6379/9"
SECRET = "a secret for tests that is long enough 1234567890"
# Seconds. A worker that is ready ends each wait at once; on a loaded machine it takes many to import all it needs.
LONGEST = 120


@pytest.fixture(params=["sqlite", "redis"])
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'queue.sqlite'}"
        return
    with redis.Redis.from_url(REDIS) as server:
        try:
            server.flushdb()
        except redis.RedisError:
            if os.environ.get("CI_SERVICES") == "1":
                raise
            pytest.skip("there is no Redis on this machine")
        yield REDIS
        server.flushdb()


@pytest.fixture
def furnished(make_app: MakeApp, queue_url: str, tmp_path: Path) -> Flask:
    """An application on a migrated SQLite file and a real queue."""
    app = make_app(queue_url=queue_url, secret_key=SECRET)
    with app.app_context():
        upgrade()
        db.session.remove()
    return app


@contextmanager
def running_worker(tmp_path: Path, queue_url: str) -> Iterator[subprocess.Popen[str]]:
    environment = {
        "PATH": os.environ["PATH"],
        "INSTANCE_DIR": str(tmp_path),
        "QUEUE_URL": queue_url,
        "SECRET_KEY": SECRET,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--threads", "1"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            readable, _, _ = select([process.stdout], [], [], LONGEST)
            assert readable, "the worker did not say that it started"
            assert process.stdout.readline() == "Worker started with 1 threads.\n"
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def old_failures(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(SignInFailure)) or 0


@pytest.mark.parametrize("signal_given", [signal.SIGINT, signal.SIGTERM], ids=lambda given: given.name)
def test_a_worker_does_what_was_asked_for_and_stops_when_told(
    furnished: Flask, queue_url: str, tmp_path: Path, signal_given: signal.Signals
) -> None:
    with furnished.app_context(), transaction():
        db.session.add(SignInFailure(tried_hash=b"x", at=now() - timedelta(hours=2)))
        ask("people.forget_failures")
    assert furnished.extensions["huey"].pending_count() == 1
    with running_worker(tmp_path, queue_url) as process:
        deadline = monotonic() + LONGEST
        while old_failures(furnished):
            assert monotonic() < deadline, "the worker left the work undone"
            select([process.stdout], [], [], 0.05)
        process.send_signal(signal_given)
        assert process.wait(timeout=LONGEST) == 0

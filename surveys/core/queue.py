"""The queue only wakes work up; the rows are the truth.

A task is a function under a name. A stage asks for the next one by name, after its commit; a periodic sweep
makes good an ask that was lost. Huey carries the names, on its own SQLite file or on Redis.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec
from urllib.parse import urlsplit

import redis
from flask import Flask, current_app
from huey import Huey, MemoryHuey, PriorityRedisHuey, SqliteHuey, crontab
from huey.exceptions import HueyException

from surveys.core.db import after_commit, db
from surveys.core.logs import log

P = ParamSpec("P")
QUEUE_DOWN = (redis.RedisError, sqlite3.Error, OSError, HueyException)


@dataclass(frozen=True)
class Task:
    """A piece of work under a name; every_minutes is set where it also runs by the clock."""

    name: str
    function: Callable[..., None]
    every_minutes: int | None = None
    daily_at: int | None = None


TASKS: dict[str, Task] = {}


def task(
    name: str, *, every_minutes: int | None = None, daily_at: int | None = None
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a function as the work called name. Periodic work must take no arguments and do no harm twice."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        if name in TASKS and TASKS[name].function.__module__ != function.__module__:
            raise ValueError(f"two tasks are called {name}")
        TASKS[name] = Task(name, function, every_minutes, daily_at)
        return function

    return register


def ask(name: str, *args: int | str) -> None:
    """Wake the work up once the running transaction has committed. A lost ask is made good by a sweep."""
    if name not in TASKS:
        raise KeyError(f"no task is called {name}")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    after_commit(lambda: enqueue(app, name, args))


def enqueue(app: Flask, name: str, args: tuple[int | str, ...]) -> None:
    try:
        app.extensions["perform"](name, *args)
    except QUEUE_DOWN as down:
        log.error("the queue could not be reached; a sweep will find the work", task=name, error=type(down).__name__)


def make_huey(url: str) -> Huey:
    """The queue that the address names: sqlite:///file, redis://host or memory:// for tests."""
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryHuey("fairly", results=False)
    if parts.scheme == "sqlite":
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("fairly", filename=str(path), results=False, timeout=15)
    if parts.scheme in ("redis", "rediss"):
        return PriorityRedisHuey("fairly", url=url, results=False)
    raise ValueError("QUEUE_URL: use sqlite:///path/to/file or redis://host:6379/0")


def init_queue(app: Flask, url: str) -> None:
    """Give the app its Huey, one carrier for asked work and one entry for each periodic task."""
    huey = make_huey(url)

    def perform(name: str, *args: Any) -> None:
        perform_in(app, name, *args)

    app.extensions["huey"] = huey
    app.extensions["perform"] = huey.task(name="perform")(perform)
    for work in TASKS.values():
        if work.every_minutes is not None:
            schedule(huey, work.name, crontab(minute=f"*/{work.every_minutes}"), perform)
        if work.daily_at is not None:
            schedule(huey, work.name, crontab(minute="10", hour=str(work.daily_at)), perform)


def schedule(huey: Huey, name: str, when: Callable[..., bool], perform: Callable[..., None]) -> None:
    huey.periodic_task(when, name=f"periodic.{name}", expires=300)(lambda: perform(name))


def perform_in(app: Flask, name: str, *args: Any) -> None:
    """The task base: run one piece of work in its own app context; tell a failure without its text."""
    with app.app_context():
        try:
            TASKS[name].function(*args)
        except Exception as error:  # the task base is where every failure is told
            db.session.rollback()
            log.error("a task failed; its sweep will try again", task=name, error=type(error).__name__)
            if app.testing:
                raise


def run_waiting(app: Flask) -> int:
    """Do all that is queued now, in this process, and what that queues in turn. Returns how many tasks ran."""
    huey, done = app.extensions["huey"], 0
    while (waiting := huey.dequeue()) is not None:
        huey.execute(waiting)
        done += 1
    return done

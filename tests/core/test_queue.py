"""The queue wakes work up: after the commit, by name, and without being able to hurt what asked."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest
import redis
from flask import Flask
from huey.exceptions import HueyException

from surveys.core import queue
from surveys.core.clock import LONDON
from surveys.core.db import transaction
from tests.core.conftest import MakeApp

DONE: list[tuple[str, object]] = []


@pytest.fixture
def errands(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, object]]]:
    """Three tasks of our own: one that works, one that fails, one that asks for the first."""

    def fetch(number: int) -> None:
        DONE.append(("fetch", number))

    def stumble(number: int) -> None:
        raise ValueError(f"jane.resident@example.com said {number}")

    def pass_on(number: int) -> None:
        with transaction():
            queue.ask("test.fetch", number)

    for name, function in (("test.fetch", fetch), ("test.stumble", stumble), ("test.pass_on", pass_on)):
        monkeypatch.setitem(queue.TASKS, name, queue.Task(name, function))
    DONE.clear()
    yield DONE
    DONE.clear()


class DownStorage:
    """What a storage does once its server or its disk is gone."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> object:
        raise self.error


def test_work_is_asked_for_after_the_commit(app: Flask, errands: list[tuple[str, object]]) -> None:
    huey = app.extensions["huey"]
    with transaction():
        queue.ask("test.fetch", 1)
        assert huey.pending_count() == 0
    assert huey.pending_count() == 1
    assert queue.run_waiting(app) == 1
    assert errands == [("fetch", 1)]


def test_work_is_not_asked_for_after_a_rollback(app: Flask, errands: list[tuple[str, object]]) -> None:
    def ask_and_fail() -> None:
        with transaction():
            queue.ask("test.fetch", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert queue.run_waiting(app) == 0


def test_what_a_task_asks_for_is_done_too(app: Flask, errands: list[tuple[str, object]]) -> None:
    queue.ask("test.pass_on", 5)
    assert queue.run_waiting(app) == 2
    assert errands == [("fetch", 5)]


def test_an_unknown_name_is_refused_at_once(app: Flask) -> None:
    with pytest.raises(KeyError, match="no task is called"):
        queue.ask("test.nothing")


def test_two_tasks_cannot_have_one_name() -> None:
    taken = queue.TASKS["people.forget_failures"]

    def other() -> None:
        """A function of another module."""

    with pytest.raises(ValueError, match="two tasks are called"):
        queue.task("people.forget_failures")(other)
    assert queue.TASKS["people.forget_failures"] is taken


def test_a_failing_task_is_told_without_its_text_and_the_next_one_runs(
    make_app: MakeApp, errands: list[tuple[str, object]], capfd: pytest.CaptureFixture[str]
) -> None:
    app = make_app()
    with app.app_context():
        queue.ask("test.stumble", 1)
        queue.ask("test.fetch", 2)
    assert queue.run_waiting(app) == 2
    assert errands == [("fetch", 2)]
    told = capfd.readouterr().err
    line = json.loads(told.strip().splitlines()[-1])
    assert (line["task"], line["error"], line["level"]) == ("test.stumble", "ValueError", "error")
    assert "resident" not in told


def test_a_failing_task_fails_a_test(app: Flask, errands: list[tuple[str, object]]) -> None:
    with pytest.raises(ValueError, match="said 1"):
        queue.perform_in(app, "test.stumble", 1)


@pytest.mark.parametrize(
    "error",
    [
        redis.ConnectionError("refused"),
        redis.TimeoutError(),
        sqlite3.OperationalError("locked"),
        OSError(),
        HueyException(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_queue_that_is_down_does_not_undo_what_was_committed(
    make_app: MakeApp, errands: list[tuple[str, object]], capfd: pytest.CaptureFixture[str], error: Exception
) -> None:
    app = make_app()
    app.extensions["huey"].storage = DownStorage(error)
    with app.app_context(), transaction():
        queue.ask("test.fetch", 1)
    assert "a sweep will find the work" in capfd.readouterr().err


def test_a_page_succeeds_though_redis_is_not_there(
    make_app: MakeApp, errands: list[tuple[str, object]], capfd: pytest.CaptureFixture[str]
) -> None:
    app = make_app(queue_url="redis://127.0.0.1:1/0")

    def ask_for_it() -> dict[str, bool]:
        queue.ask("test.fetch", 1)
        return {"asked": True}

    app.view_functions["health.alive"] = ask_for_it
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"asked": True})
    assert app.test_client().get("/readyz").get_json()["queue"] is False
    assert json.loads(capfd.readouterr().err.splitlines()[0])["error"] == "ConnectionError"


def test_an_address_that_is_no_queue_is_refused() -> None:
    with pytest.raises(ValueError, match="QUEUE_URL"):
        queue.make_huey("ftp://host")


def test_each_task_with_a_clock_is_registered_and_no_other(app: Flask) -> None:
    registered = {work.name for work in app.extensions["huey"]._registry.periodic_tasks}
    with_clock = {f"periodic.{t.name}" for t in queue.TASKS.values() if t.every_minutes or t.daily_at is not None}
    assert registered == with_clock
    assert len(with_clock) >= 8


def test_the_clock_of_a_periodic_task_strikes_as_often_as_it_says(app: Flask) -> None:
    minutes = [datetime(2026, 6, 1, hour, minute, tzinfo=LONDON) for hour in range(24) for minute in range(60)]
    for work in app.extensions["huey"]._registry.periodic_tasks:
        task = queue.TASKS[work.name.removeprefix("periodic.")]
        struck = [n for n, moment in enumerate(minutes) if work.validate_datetime(moment.replace(tzinfo=None))]
        if task.every_minutes:
            assert {later - sooner for sooner, later in pairwise(struck)} == {task.every_minutes}, task.name
        else:
            assert len(struck) == 1, task.name


def test_a_periodic_task_does_its_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setitem(
        queue.TASKS, "people.forget_failures", queue.Task("people.forget_failures", lambda: done.append("swept"))
    )
    huey = app.extensions["huey"]
    sweep = next(w for w in huey._registry.periodic_tasks if w.name == "periodic.people.forget_failures")
    huey.execute(sweep)
    assert done == ["swept"]

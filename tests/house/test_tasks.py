"""Every task is registered, every ask names one, and periodic work needs nothing told."""

import ast
import inspect
from collections.abc import Iterator

from flask import Flask

from surveys.core.queue import TASKS
from tests.house.tree import dotted, files, functions, module_of, nodes


def declared_tasks() -> Iterator[tuple[str, str]]:
    """(name of the task, module and function) of each function decorated with @task in the tree."""
    for path in files("surveys"):
        for function in functions(path):
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and dotted(decorator.func) == "task":
                    yield ast.literal_eval(decorator.args[0]), f"{module_of(path)}.{function.name}"


def asked_names() -> Iterator[tuple[str, str]]:
    for path in files("surveys"):
        for node in nodes(path):
            if isinstance(node, ast.Call) and dotted(node.func) in ("ask", "queue.ask") and node.args:
                yield ast.literal_eval(node.args[0]), f"{module_of(path)}:{node.lineno}"


def test_every_task_in_the_tree_is_registered() -> None:
    declared = dict(declared_tasks())
    registered = {name: f"{work.function.__module__}.{work.function.__name__}" for name, work in TASKS.items()}
    assert declared == {name: place for name, place in registered.items() if place.startswith("surveys.")}
    assert len(declared) >= 5


def test_every_ask_names_a_registered_task() -> None:
    asked = dict(asked_names())
    assert asked
    assert set(asked) <= set(TASKS), asked


def test_periodic_tasks_take_no_arguments() -> None:
    periodic = [work for work in TASKS.values() if work.every_minutes is not None or work.daily_at is not None]
    assert periodic
    assert [work.name for work in periodic if inspect.signature(work.function).parameters] == []


def test_every_periodic_task_is_on_the_queue_s_own_clock(app: Flask) -> None:
    periodic = {
        f"periodic.{work.name}"
        for work in TASKS.values()
        if work.every_minutes is not None or work.daily_at is not None
    }
    kept = app.extensions["huey"]._registry.periodic_tasks
    assert periodic == {type(task).__name__.removeprefix("queue_task_") for task in kept}

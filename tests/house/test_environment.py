"""What only one module may do: read the environment, ask the time, catch everything."""

import ast
from pathlib import Path

from tests.house.tree import dotted, files, name_of, nodes

PROGRAM = ("surveys", "nlp", "proof")
ENVIRONMENT = ("os.environ", "os.getenv", "os.environb", "environ", "getenv")
TIME = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
)


def uses(path: Path, names: tuple[str, ...]) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno} {dotted(node)}"
        for node in nodes(path)
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node) in names
    ]


def outside(names: tuple[str, ...], allowed: str) -> list[str]:
    return [use for path in files(*PROGRAM) if name_of(path) != allowed for use in uses(path, names)]


def catches_everything(handler: ast.AST) -> bool:
    if not isinstance(handler, ast.ExceptHandler):
        return False
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or dotted(kind) == "Exception" for kind in kinds)


def test_only_the_settings_read_the_environment() -> None:
    assert outside(ENVIRONMENT, "surveys/core/settings.py") == []


def test_only_the_clock_asks_the_time() -> None:
    assert outside(TIME, "surveys/core/clock.py") == []


def test_the_clock_is_where_the_time_is_asked() -> None:
    clock = next(path for path in files("surveys") if name_of(path) == "surveys/core/clock.py")
    assert len(uses(clock, TIME)) == 1


def test_nothing_is_a_coroutine_for_the_app_would_not_wait_for_it() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in files("surveys")
        for node in nodes(path)
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert found == []


def test_nothing_is_printed() -> None:
    printed = [
        f"{name_of(path)}:{node.lineno}"
        for path in files("surveys")
        for node in nodes(path)
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]
    assert printed == []


def test_only_the_task_base_catches_every_failure() -> None:
    caught = [
        f"{name_of(path)}:{node.lineno}"
        for path in files(*PROGRAM)
        for node in nodes(path)
        if catches_everything(node) and name_of(path) != "surveys/core/queue.py"
    ]
    assert caught == []


def base_exceptions_kept(path: Path) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno}"
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and node.type is not None
        and dotted(node.type) == "BaseException"
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]


def test_whoever_catches_a_base_exception_raises_it_again() -> None:
    assert [place for path in files(*PROGRAM) for place in base_exceptions_kept(path)] == []


def test_nothing_but_transaction_commits_the_session() -> None:
    commits = [
        f"{name_of(path)}:{node.lineno}"
        for path in files("surveys")
        for node in nodes(path)
        if isinstance(node, ast.Call) and dotted(node.func).endswith("session.commit")
    ]
    assert [place.split(":")[0] for place in commits] == ["surveys/core/db.py"]

"""`make test`: the suite on SQLite and on PostgreSQL. What is missing is a skip that says why, or in CI a failure.

Arguments go to pytest. CI_SERVICES=1 says that PostgreSQL, Redis and Chromium must be there. The suite is cut into
parts, each a process of its own; as many run side by side as there are cores, two at most. A part is told as it ends.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from time import monotonic

import psycopg
import pytest

MAINTENANCE = os.environ.get("TEST_POSTGRESQL_URL", "postgresql:///postgres")
DATABASE = "fairly_test"
# What says nothing about the database runs on SQLite alone; where nothing else was asked for, there is nothing to run.
NOT_ONCE, ONCE = ["-m", "not once"], ["-m", "once"]
BROWSER = "tests/browser"
# Where it is set, every part and every process that a test starts compiles the whole program anew.
NOT_PASSED_ON = "PYTHONDONTWRITEBYTECODE"
FINE = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
AT_A_TIME = min(2, os.cpu_count() or 1)


@dataclass(frozen=True)
class Part:
    """Some of the suite, on one database. fine: exit codes of pytest that do not fail it."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    fine: tuple[int, ...] = FINE


def postgresql_url() -> str | None:
    """The address of an empty test database; None where no server answers."""
    try:
        with psycopg.connect(MAINTENANCE, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError as down:
        print(f"No PostgreSQL at {MAINTENANCE}: {str(down).splitlines()[0]}")
        return None
    return MAINTENANCE.rpartition("/")[0] + "/" + DATABASE


def parts_of(arguments: list[str], url: str | None) -> Iterator[Part]:
    """The longest first. What somebody chose by hand is run whole on SQLite, and as far as it matters on PostgreSQL."""
    if url is not None:
        yield Part("PostgreSQL", [*NOT_ONCE, *arguments], {"TEST_DATABASE_URL": url})
    if arguments:
        yield Part("SQLite", arguments, fine=(pytest.ExitCode.OK,))
        return
    yield Part("SQLite", NOT_ONCE)
    yield Part("SQLite, what no database can change", [*ONCE, f"--ignore={BROWSER}"])
    yield Part("SQLite, pages in a browser", [*ONCE, BROWSER])


def run(part: Part) -> int:
    """Run a part to its end, then tell all it wrote; returns pytest's exit code, 0 where that is fine."""
    began = monotonic()
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-m", "pytest", *part.arguments]
        ours = {name: value for name, value in os.environ.items() if name != NOT_PASSED_ON} | part.environment
        ended = subprocess.run(command, env=ours, stdout=output, stderr=output, check=False)
        output.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(output, sys.stdout.buffer)
    fine = ended.returncode in part.fine
    print(f"== {part.name} {'holds' if fine else 'FAILED'} after {monotonic() - began:.0f} s ==", flush=True)
    return 0 if fine else ended.returncode


def run_all(parts: list[Part]) -> int:
    """The exit code of a part that failed, 0 where all hold."""
    print(f"== {', '.join(part.name for part in parts)}: {AT_A_TIME} at a time ==", flush=True)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        codes = [done.result() for done in as_completed([pool.submit(run, part) for part in parts])]
    return next((code for code in codes if code), 0)


def main(arguments: list[str]) -> int:
    url = postgresql_url()
    failed = run_all(list(parts_of(arguments, url)))
    if url is None and os.environ.get("CI_SERVICES"):
        print("PostgreSQL must be there.")
        return failed or 1
    if url is None:
        print("PostgreSQL was left out. Start a server, or set TEST_POSTGRESQL_URL to its postgres database.")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

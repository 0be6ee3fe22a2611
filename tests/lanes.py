"""`make test`: the suite on SQLite and on PostgreSQL. What is missing is a skip that says why, or in CI a failure.

Arguments go to pytest. CI_SERVICES=1 says that PostgreSQL, Redis and Chromium must be there. The lanes run side by side
where there are two cores: SQLite's is told as it runs, PostgreSQL's once that has ended.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from time import monotonic
from typing import IO

import psycopg
import pytest

MAINTENANCE = os.environ.get("TEST_POSTGRESQL_URL", "postgresql:///postgres")
DATABASE = "fairly_test"
# What says nothing about the database has run on SQLite; where nothing else was asked for, there is nothing to run.
NOT_ONCE = '-m "not once"'
FINE = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


class Lane:
    """The suite on one database, in a process of its own from now on."""

    def __init__(self, name: str, arguments: list[str], output: IO[bytes] | None = None, **environment: str) -> None:
        command = [sys.executable, "-m", "pytest", *arguments]
        self.name, self.output, self.began = name, output, monotonic()
        self.process = subprocess.Popen(command, env=os.environ | environment, stdout=output, stderr=output)

    def __enter__(self) -> "Lane":
        return self

    def __exit__(self, *_failure: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()

    def end(self) -> int:
        """Wait for it, tell what it wrote to its file, if anything; returns pytest's exit code."""
        status = self.process.wait()
        if self.output is not None:
            self.output.seek(0)
            shutil.copyfileobj(self.output, sys.stdout.buffer)
        holds = "holds" if status in FINE else "FAILED"
        print(f"== {self.name} {holds} after {monotonic() - self.began:.0f} s ==", flush=True)
        return status


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


def run_both(arguments: list[str], url: str, together: bool) -> int:
    """Exit code of the first lane that failed, 0 where both hold."""
    environment = {"TEST_DATABASE_URL": url, "PYTEST_ADDOPTS": NOT_ONCE}
    with ExitStack() as running:
        behind: Lane | None = None
        if together:
            output = running.enter_context(tempfile.TemporaryFile())
            behind = running.enter_context(Lane("PostgreSQL", arguments, output, **environment))
        print("== Tests on SQLite" + (", and on PostgreSQL beside it ==" if together else " =="), flush=True)
        failed = running.enter_context(Lane("SQLite", arguments)).end()
        print("== Tests on PostgreSQL ==", flush=True)
        status = (behind or running.enter_context(Lane("PostgreSQL", arguments, **environment))).end()
        return failed or (0 if status in FINE else status)


def main(arguments: list[str]) -> int:
    url = postgresql_url()
    if url is not None:
        return run_both(arguments, url, together=(os.cpu_count() or 1) > 1)
    print("== Tests on SQLite ==", flush=True)
    with Lane("SQLite", arguments) as lane:
        failed = lane.end()
    if os.environ.get("CI_SERVICES"):
        print("PostgreSQL must be there.")
        return failed or 1
    print("The PostgreSQL lane was left out. Start a server, or set TEST_POSTGRESQL_URL to its postgres database.")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make test`: the suite on SQLite, then on PostgreSQL. What is missing is a skip that says why, or in CI a failure.

Arguments go to pytest. CI_SERVICES=1 says that PostgreSQL, Redis and Chromium must be there.
"""

import os
import subprocess
import sys

import psycopg

MAINTENANCE = os.environ.get("TEST_POSTGRESQL_URL", "postgresql:///postgres")
DATABASE = "fairly_test"


def run(lane: str, arguments: list[str], **environment: str) -> int:
    print(f"== Tests on {lane} ==", flush=True)
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=os.environ | environment, check=False)
    return done.returncode


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


def main(arguments: list[str]) -> int:
    failed = run("SQLite", arguments)
    url = postgresql_url()
    if url is not None:
        failed = run("PostgreSQL", arguments, TEST_DATABASE_URL=url) or failed
    elif os.environ.get("CI_SERVICES"):
        print("PostgreSQL must be there.")
        failed = 1
    else:
        print("The PostgreSQL lane was left out. Start a server, or set TEST_POSTGRESQL_URL to its postgres database.")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The databases a benchmark runs on: SQLite in a temporary folder, PostgreSQL where one can be reached.

A PostgreSQL database is emptied before each use, so its name must say that it is for benchmarks.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy.engine import URL

from bench.measures import tell
from surveys import create_app
from surveys.core.db import db
from surveys.core.settings import read_settings

KINDS = ("sqlite", "postgresql")
# With fewer rows than this nothing worth knowing is measured: it is tried whether the benchmark runs.
REHEARSAL = 10_000
DEFAULT_URL = "postgresql:///fairly_bench"
SECRET = "a secret for benchmarks that is long enough 1234567890"  # noqa: S105


@dataclass(frozen=True)
class Database:
    """Where to measure, and how many rows to measure with. folder is temporary."""

    kind: str
    url: str
    folder: Path
    rows: int

    def times(self, usual: int) -> int:
        """How often to do what is measured: as often as usual, or once where it is only tried."""
        return usual if self.rows >= REHEARSAL else 1

    def application(self) -> Flask:
        """The application on this database, as it stands."""
        return create_app(
            read_settings(
                instance_dir=self.folder,
                database_url=self.url,
                queue_url="memory://",
                secret_key=SECRET,
                council_name="Bench Council",
            )
        )

    @contextmanager
    def migrated(self) -> Iterator[Flask]:
        """The application on this database, emptied and migrated, inside an app context."""
        app = self.application()
        with app.app_context():
            try:
                if self.kind == "postgresql":
                    empty_schema()
                upgrade()
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def empty_schema() -> None:
    with db.engine.begin() as connection:
        connection.execute(sa.text("SET client_min_messages = warning"))
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))


@contextmanager
def beside(database: Database, rows: int) -> Iterator[Database]:
    """A database for so many rows beside another of its kind; gone afterwards."""
    if database.kind == "sqlite":
        yield replace(database, url=f"sqlite:///{database.folder / 'beside.sqlite'}", rows=rows)
        return
    url = sa.make_url(database.url)
    url = url.set(database=f"{url.database}_beside")
    make_if_missing(url)
    try:
        yield replace(database, url=url.render_as_string(hide_password=False), rows=rows)
    finally:
        with maintenance(url) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(url.database or "")))


@contextmanager
def opened(kind: str, rows: int) -> Iterator[Database | None]:
    """A database of this kind, None where there is none; what was stored in it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fairly-bench-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield Database(kind, f"sqlite:///{folder / 'bench.sqlite'}", folder, rows)
            return
        url = os.environ.get("BENCH_DATABASE_URL") or DEFAULT_URL
        if not reached(url):
            yield None
            return
        database = Database(kind, url, folder, rows)
        try:
            yield database
        finally:
            with database.application().app_context():
                empty_schema()
                db.engine.dispose()


def reached(address: str) -> bool:
    """Whether the database answers, made now if its server has none of that name; told where it does not."""
    url = sa.make_url(address)
    if url.get_backend_name() != "postgresql" or "bench" not in (url.database or ""):
        tell("left out PostgreSQL: BENCH_DATABASE_URL must name a PostgreSQL database with “bench” in its name")
        return False
    try:
        make_if_missing(url)
    except psycopg.OperationalError as error:
        tell(f"left out PostgreSQL: no server answers at BENCH_DATABASE_URL ({type(error).__name__})")
        return False
    return True


def make_if_missing(url: URL) -> None:
    with maintenance(url) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [url.database]).fetchone()
        if there is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(url.database or "")))


def maintenance(url: URL) -> psycopg.Connection[tuple[Any, ...]]:
    """To the server's own database, from which others are made and dropped."""
    address = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    return psycopg.connect(address, connect_timeout=5, autocommit=True)


def kinds_of(chosen: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chosen or KINDS))

"""One migrated database a session, on SQLite or PostgreSQL, emptied after each test; real commits throughout.

TEST_DATABASE_URL and TEST_QUEUE_URL choose the lane; without them it is SQLite in a temporary folder. `make test`
leaves tests marked `once` to the SQLite lane. Who does not ask for the lane's database is marked here; who does is
marked by hand where its subject is the page and not the data (tests/house/test_lanes.py lists where that may be).
"""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from surveys import create_app
from surveys.core.db import db
from surveys.core.settings import read_settings
from surveys.people import passwords
from tests.pages import CheckedClient

# The pack that tests of several rooms read is built once.
pytest_plugins = ["tests.evidence.made_packs"]
# A loaded machine is no reason to fail: what a test says does not depend on time.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `once` what no database can change, before pytest chooses by marker."""
    for item in items:
        if "lane_url" not in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.once)


def pytest_collection() -> None:
    """Nothing that is imported to collect the tests is garbage: looking for some takes longer than collecting them."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end, so no collection of garbage looks through it again."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def lane_url() -> str:
    """The database that this lane is about; empty for SQLite. Nothing else in the tests asks for it."""
    return os.environ.get("TEST_DATABASE_URL", "")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


def free_port() -> int:
    """A port on this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def migrated_app(folder: Path, lane_url: str) -> Iterator[Flask]:
    """The application on an empty, migrated database."""
    url = lane_url or f"sqlite:///{folder / 'test.sqlite'}"
    settings = read_settings(
        instance_dir=folder,
        database_url=url,
        queue_url=os.environ.get("TEST_QUEUE_URL") or "memory://",
        secret_key="a secret for tests that is long enough 1234567890",
        council_name="Test Council",
        public_url=f"http://127.0.0.1:{free_port()}",
    )
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CheckedClient
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(sa.text("DROP SCHEMA public CASCADE"))
                connection.execute(sa.text("CREATE SCHEMA public"))
                # As lose_in_a_power_cut does on SQLite.
                name = connection.dialect.identifier_preparer.quote(db.engine.url.database or "")
                connection.execute(sa.text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
            db.engine.dispose()
        else:
            sa.event.listen(db.engine, "connect", lose_in_a_power_cut)
        upgrade()
        db.session.remove()
        db.engine.dispose()
        if db.engine.dialect.name == "sqlite":
            shutil.copyfile(folder / "test.sqlite", folder / "empty.sqlite")
    yield app
    with app.app_context():
        db.engine.dispose()


def lose_in_a_power_cut(connection: Any, _record: Any) -> None:
    """Wait for no disk: each test commits many times, and closes a file that is thrown away after it."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(migrated_app: Flask, folder: Path) -> Iterator[Flask]:
    """The application with an app context; what a test wrote is gone after it."""
    with migrated_app.app_context():
        yield migrated_app
        db.session.remove()
        empty(folder)
        for remembered in ("definitions", "blank ratings", "label model"):
            migrated_app.extensions.pop(remembered, None)
        migrated_app.extensions["huey"].flush()


def empty(folder: Path) -> None:
    """Put the database back as the migrations left it."""
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()
        for leftover in folder.glob("test.sqlite*"):
            leftover.unlink()
        shutil.copyfile(folder / "empty.sqlite", folder / "test.sqlite")
        return
    with db.engine.begin() as connection:
        connection.exec_driver_sql(emptying())


@cache
def emptying() -> str:
    """All statements in one round trip, and numbers begin at one again: measured at 3 ms, TRUNCATE takes 200."""
    return ";".join(
        [
            # Triggers that refuse changes stand aside for this transaction only.
            "SET LOCAL session_replication_role = replica",
            *(f'DELETE FROM "{table.name}"' for table in db.metadata.sorted_tables),
            "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence "
            "WHERE pg_sequence_last_value(seqrelid) IS NOT NULL",
        ]
    )


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hash with the least work; tests/people/test_passwords.py has a word with the real one."""
    passwords.nobody.cache_clear()
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.nobody.cache_clear()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor whose every page is checked as it is opened."""
    return app.test_client()

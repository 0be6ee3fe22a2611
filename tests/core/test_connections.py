"""Connections of the pool: a dead one is noticed before a page is asked of it, and nobody asks without need."""

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.core import db as database
from surveys.core.db import db, is_sqlite

PID = sa.text("SELECT pg_backend_pid()")


@pytest.fixture
def pooled(app: Flask) -> Flask:
    """The application with an empty pool."""
    if is_sqlite():
        pytest.skip("an embedded database has no connection that could be lost")
    db.session.remove()
    db.engine.dispose()
    return app


def process_behind() -> int:
    """The server's process behind the connection that is used next."""
    with db.engine.connect() as connection:
        return int(connection.execute(PID).scalar_one())


def test_a_connection_lost_while_it_rested_is_replaced_unseen(pooled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "RESTED_SECONDS", 0.0)
    lost = process_behind()
    elsewhere = sa.create_engine(db.engine.url, poolclass=sa.NullPool)
    with elsewhere.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": lost})
    assert process_behind() != lost


def test_a_connection_used_a_moment_ago_is_not_asked(pooled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(db.engine.dialect, "do_ping", asked.append)
    monkeypatch.setattr(database, "RESTED_SECONDS", 60.0)
    assert process_behind() == process_behind()
    assert asked == []
    monkeypatch.setattr(database, "RESTED_SECONDS", 0.0)
    process_behind()
    assert len(asked) == 1

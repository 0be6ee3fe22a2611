"""The database: one declarative base, SQLite or PostgreSQL, and the one way to commit."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

import psycopg
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.type_api import TypeEngine

from surveys.core.settings import Settings
from surveys.core.tokens import keyed_hasher

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_WAIT_MS = 15_000
# No server comes back within this time: a connection used a moment ago is there, or the database is plainly away.
RESTED_SECONDS = 1.0


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: aware on the Python side, timestamptz on PostgreSQL, UTC without zone on SQLite."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(kind: type[StrEnum], name: str) -> TypeEngine[Any]:
    """A StrEnum stored by value, with a named CHECK so that the database refuses any other."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=30,
        name=name,
        values_callable=lambda e: [member.value for member in e],
    )


class Base(DeclarativeBase):
    """Flask-SQLAlchemy copies the base it is given, so the type map and the names stand in the registry."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime, bytes: sa.LargeBinary, dict[str, Any]: sa.JSON},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

# What every table derives from. The extension makes it at run time, where a type checker cannot see it.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def init_database(app: Flask, settings: Settings) -> None:
    """Bind the app to its database: pooled PostgreSQL, or SQLite in WAL with foreign keys on."""
    url = sa.make_url(settings.database)
    # The text of a database error goes to logs and terminals; values in it may be somebody's address.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        settings.instance_dir.mkdir(parents=True, exist_ok=True)
        options["connect_args"] = {"timeout": SQLITE_WAIT_MS / 1000}
    else:
        options |= {"pool_size": settings.database_pool, "max_overflow": 5}
        options["connect_args"] = {"connect_timeout": 10, "options": "-c timezone=UTC"}
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
        else:
            ask_the_rested(db.engine)


def ask_the_rested(engine: Engine) -> None:
    """Ask a connection that has rested whether it is still there, before it is used.

    To ask each time, as the pool's own pre-ping does, takes as much processor time as the select that follows.
    """

    @event.listens_for(engine, "checkin")
    def rests(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def is_used(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        since = record.info.get("rests_since")
        if since is None or monotonic() - since < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as gone:
            # The pool makes a new one, and lets go of all that are as old.
            raise InvalidatePoolError from gone


def prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys and a wait; writers begin IMMEDIATE, so that two of them queue instead of failing."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={SQLITE_WAIT_MS}",
            "temp_store=FILE",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("hmac_sha256", 2, hmac_sha256, deterministic=True)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def hmac_sha256(key: bytes, words: str) -> bytes:
    """HMAC-SHA256 (RFC 2104) of the UTF-8 words: 32 bytes."""
    return keyed_hasher(key)(words.encode())


def table_of(model: type[Base]) -> sa.Table:
    """The model's table, for statements that go past the ORM."""
    return cast(sa.Table, model.__table__)


def insert_into(model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what to do on a conflict, in this database's dialect."""
    return sqlite.insert(table_of(model)) if is_sqlite() else postgresql.insert(table_of(model))


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@contextmanager
def transaction() -> Iterator[None]:
    """Commit all that the block changed, or none of it; then send what it queued.

    On SQLite the write lock is taken at once: a read that turns into a write could find that
    another writer came between, and would fail instead of waiting.
    """
    session = db.session()
    if session.info.get("in_transaction"):
        raise RuntimeError("transactions do not nest: one commit, at the edge")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed before the transaction began")
    session.info["in_transaction"] = True
    try:
        if session.in_transaction():
            session.rollback()
        session.connection(execution_options={"writes": True})
        yield
        session.commit()
    except BaseException:
        session.rollback()
        queued_in(session).clear()
        raise
    finally:
        session.info["in_transaction"] = False
    for send in drain(queued_in(session)):
        send()


def lock(name: str) -> None:
    """Let nobody else do the work of this name until the transaction ends. SQLite has one writer in any case."""
    if not is_sqlite():
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def queued_in(session: Session) -> list[Callable[[], None]]:
    queue: list[Callable[[], None]] = session.info.setdefault("after_commit", [])
    return queue


def drain(queue: list[Callable[[], None]]) -> list[Callable[[], None]]:
    taken = list(queue)
    queue.clear()
    return taken


def after_commit(send: Callable[[], None]) -> None:
    """Do this once the running transaction has committed; at once where none is running."""
    session = db.session()
    if session.info.get("in_transaction"):
        queued_in(session).append(send)
    else:
        send()

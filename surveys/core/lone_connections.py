"""Connections that lone statements keep for themselves: made as the pool makes them, and never given back to it.

To borrow from the pool and give back takes more processor time than such a statement. As many are kept as have been
in use at once, which is one for each thread of a web server's at most.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any, Protocol, cast

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

Row = tuple[Any, ...]


class Kept(Protocol):
    def run(self, name: bytes, statement: str, parameters: Sequence[object]) -> list[Row]:
        """name: the statement's own, for the server to know it by. Raises an error of the driver's."""

    def close(self) -> None: ...


class KeptSqlite:
    def __init__(self, connection: SqliteConnection) -> None:
        self.connection, self.cursor = connection, connection.cursor()

    def run(self, name: bytes, statement: str, parameters: Sequence[Any]) -> list[Row]:
        return self.cursor.execute(statement, parameters).fetchall()

    def close(self) -> None:
        self.connection.close()


class KeptPostgresql:
    """Prepares each statement when it first comes, and calls libpq without a cursor's help, at half the cost."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        connection.autocommit = True
        self.connection, self.server, self.values = connection, connection.pgconn, Transformer(connection)
        self.prepared: set[bytes] = set()

    def run(self, name: bytes, statement: str, parameters: Sequence[Any]) -> list[Row]:
        if name not in self.prepared:
            # Without types: the statement's own casts say what they are.
            self.check(self.server.prepare(name, statement.encode()), ExecStatus.COMMAND_OK)
            self.prepared.add(name)
        given = self.values.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
        # None is NULL, which psycopg's types do not say.
        result = self.server.exec_prepared(name, cast(list[bytes], given))
        self.check(result, ExecStatus.TUPLES_OK)
        self.values.set_pgresult(result)
        return self.values.load_rows(0, result.ntuples, tuple)

    def check(self, result: PGresult, wanted: ExecStatus) -> None:
        if result.status != wanted:
            raise error_from_result(result)

    def close(self) -> None:
        self.connection.close()


class Keeper:
    """The kept connections of one engine, lent to one statement or one row of statements at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.idle: deque[Kept] = deque()
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    @contextmanager
    def lend(self) -> Iterator[Kept]:
        """A connection outside any transaction. One that brought a failure is closed, whatever the failure was.

        Raises SQLAlchemy's OperationalError where the database is away.
        """
        try:
            kept = self.idle.pop()
        except IndexError:
            kept = self.made()
        try:
            yield kept
        except BaseException:
            kept.close()
            raise
        self.idle.append(kept)

    def made(self) -> Kept:
        try:
            borrowed = self.engine.raw_connection()
        except self.engine.dialect.loaded_dbapi.Error as away:
            raise OperationalError(None, None, away) from away
        connection = borrowed.driver_connection
        borrowed.detach()
        if self.engine.dialect.name == "postgresql":
            return KeptPostgresql(cast(psycopg.Connection[Row], connection))
        return KeptSqlite(cast(SqliteConnection, connection))

    def close(self) -> None:
        while self.idle:
            self.idle.pop().close()

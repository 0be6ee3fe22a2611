"""Statements alone, past most of SQLAlchemy: compiled once, run by the driver, with no transaction round them.

A page pays more for begin, rollback and a result object than for such a statement itself; and psycopg forgets at each
rollback what the server has prepared. For what runs at every request of a resident, and for nothing else.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import PoolProxiedConnection

from surveys.core.db import ALONE, db

Row = tuple[Any, ...]
# What can be run: a select, or a change that returns columns.
Returning = sa.Select[Any] | sa.Insert | sa.Update


class Prepared:
    """One statement as one kind of database takes it."""

    def __init__(self, statement: Returning, dialect: Dialect) -> None:
        self.compiled = statement.compile(dialect=dialect)
        self.sql = str(self.compiled)
        kinds = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
        read = [kind.result_processor(dialect, None) for kind in kinds]
        self.read = [(place, one) for place, one in enumerate(read) if one is not None]
        bound = {name: parameter for parameter, name in self.compiled.bind_names.items()}
        write = {name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in bound.items()}
        self.write = [(name, one) for name, one in write.items() if one is not None]
        # Values that the statement brings along itself.
        self.fixed = {name: one.value for name, one in bound.items() if not one.required}

    def parameters(self, values: dict[str, object]) -> Sequence[object] | dict[str, object]:
        """The values as the driver wants them. Raises KeyError where one is wanting."""
        given = {**self.fixed, **values}
        for name, write in self.write:
            given[name] = write(given[name])
        names = self.compiled.positiontup
        return given if names is None else [given[name] for name in names]

    def row(self, raw: Sequence[Any]) -> Row:
        """The values as Python has them, not as the driver does."""
        row = list(raw)
        for place, read in self.read:
            row[place] = read(row[place])
        return tuple(row)


class LoneStatement:
    """A select whose values are named parameters; or, for those that attempt it, a change that returns columns."""

    def __init__(self, statement: Returning) -> None:
        self.statement = statement
        self.prepared: dict[str, Prepared] = {}

    def rows(self, **values: object) -> list[Row]:
        engine = db.engine
        borrowed = borrow(engine)
        try:
            return self.by_driver(engine, borrowed, values)
        except engine.dialect.loaded_dbapi.Error:
            # Once more by the ordinary way, which knows what to make of a failure and of a lost connection.
            borrowed.invalidate()
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(self.statement, values)]
        finally:
            borrowed.close()

    def attempt(self, **values: object) -> list[Row] | None:
        """The rows that a change returns, committed; None where it failed, for whatever reason.

        Whoever asked goes the ordinary way then, which tells the reason. It may find the change made: a connection
        can be lost after the commit.
        """
        engine = db.engine
        borrowed = borrow(engine)
        try:
            return self.by_driver(engine, borrowed, values)
        except engine.dialect.loaded_dbapi.Error:
            borrowed.invalidate()
            return None
        finally:
            borrowed.close()

    def by_driver(self, engine: Engine, borrowed: PoolProxiedConnection, values: dict[str, object]) -> list[Row]:
        name = engine.dialect.name
        prepared = self.prepared.get(name) or self.prepared.setdefault(name, Prepared(self.statement, engine.dialect))
        if name == "postgresql" and not borrowed.info.get(ALONE):
            # It stays so until a transaction begins on it (core/db.py).
            cast(psycopg.Connection, borrowed.driver_connection).autocommit = True
            borrowed.info[ALONE] = True
        cursor, parameters = cursor_of(borrowed), prepared.parameters(values)
        # Who counts statements counts this one too.
        engine.dispatch.before_cursor_execute(None, cursor, prepared.sql, parameters, None, False)
        cursor.execute(prepared.sql, parameters)
        return [prepared.row(raw) for raw in cursor.fetchall()]


def cursor_of(borrowed: PoolProxiedConnection) -> DBAPICursor:
    """The one that lone statements have on this connection, made when the first of them comes."""
    cursor: DBAPICursor | None = borrowed.info.get("cursor")
    if cursor is None:
        cursor = borrowed.info["cursor"] = borrowed.cursor()
    return cursor


Run = Callable[[LoneStatement, dict[str, object]], list[Row]]


def attempt_together(work: Callable[[Run], bool]) -> bool:
    """Whether work said that all is well, and what it changed is committed; where not, nothing is changed.

    For SQLite, whose one writer may take its time; PostgreSQL does as much in one statement.
    """
    engine = db.engine
    borrowed = borrow(engine)

    def run(one: LoneStatement, values: dict[str, object]) -> list[Row]:
        return one.by_driver(engine, borrowed, values)

    try:
        borrowed.cursor().execute("BEGIN IMMEDIATE")
        done = work(run)
        borrowed.cursor().execute("COMMIT" if done else "ROLLBACK")
    except engine.dialect.loaded_dbapi.Error:
        borrowed.invalidate()
        return False
    else:
        return done
    finally:
        # The pool rolls back what an exception of any other kind left open.
        borrowed.close()


def borrow(engine: Engine) -> PoolProxiedConnection:
    """A connection of the pool. Raises SQLAlchemy's OperationalError where the database is away."""
    try:
        return engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as away:
        raise OperationalError(None, None, away) from away

"""Selects that stand alone, past most of SQLAlchemy: compiled once, run by the driver, with no transaction round them.

A page pays more for begin, rollback and a result object than for such a select itself; and psycopg forgets at each
rollback what the server has prepared. For what runs at every request of a resident, and for nothing else.
"""

from collections.abc import Sequence
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import PoolProxiedConnection

from surveys.core.db import db

Row = tuple[Any, ...]


class Prepared:
    """One select as one kind of database takes it."""

    def __init__(self, select: sa.Select[Any], dialect: Dialect) -> None:
        self.compiled = select.compile(dialect=dialect)
        self.sql = str(self.compiled)
        kinds = [column.type.dialect_impl(dialect) for column in select.selected_columns]
        read = [kind.result_processor(dialect, None) for kind in kinds]
        self.read = [(place, one) for place, one in enumerate(read) if one is not None]

    def parameters(self, values: dict[str, object]) -> Sequence[object] | dict[str, object]:
        names = self.compiled.positiontup
        return values if names is None else [values[name] for name in names]

    def row(self, raw: Sequence[Any]) -> Row:
        """The values as Python has them, not as the driver does."""
        row = list(raw)
        for place, read in self.read:
            row[place] = read(row[place])
        return tuple(row)


class LoneSelect:
    """A select whose every value is a named parameter."""

    def __init__(self, select: sa.Select[Any]) -> None:
        self.select = select
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
                return [tuple(row) for row in connection.execute(self.select, values)]
        finally:
            borrowed.close()

    def by_driver(self, engine: Engine, borrowed: PoolProxiedConnection, values: dict[str, object]) -> list[Row]:
        name = engine.dialect.name
        prepared = self.prepared.get(name) or self.prepared.setdefault(name, Prepared(self.select, engine.dialect))
        if name == "postgresql":
            # The pool puts it back (core/db.py).
            cast(psycopg.Connection, borrowed.driver_connection).autocommit = True
        cursor, parameters = borrowed.cursor(), prepared.parameters(values)
        # Who counts statements counts this one too.
        engine.dispatch.before_cursor_execute(None, cursor, prepared.sql, parameters, None, False)
        cursor.execute(prepared.sql, parameters)
        return [prepared.row(raw) for raw in cursor.fetchall()]


def borrow(engine: Engine) -> PoolProxiedConnection:
    """A connection of the pool. Raises SQLAlchemy's OperationalError where the database is away."""
    try:
        return engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as away:
        raise OperationalError(None, None, away) from away

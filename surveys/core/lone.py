"""Statements alone, past most of SQLAlchemy: compiled once, run by the driver, with no transaction round them.

A page pays more for begin, rollback and a result object than for such a statement itself. For what runs at every
request of a resident, and for nothing else.
"""

from collections.abc import Callable
from itertools import count
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect, Engine

from surveys.core.db import db
from surveys.core.lone_connections import Keeper, Kept, KeptSqlite, Row

# What can be run: a select, or a change that returns columns.
Returning = sa.Select[Any] | sa.Insert | sa.Update
NUMBERS = count(1)
# PostgreSQL as libpq writes parameters: $1, $2.
NUMBERED: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # it has no types


def init_lone_statements(app: Flask) -> None:
    with app.app_context():
        app.extensions["lone connections"] = Keeper(db.engine)


def keeper() -> Keeper:
    one: Keeper = current_app.extensions["lone connections"]
    return one


class Prepared:
    """One statement as one kind of database takes it, its parameters by place."""

    def __init__(self, statement: Returning, engine: Engine) -> None:
        dialect = engine.dialect if engine.dialect.name == "sqlite" else NUMBERED
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self.name = b"lone %d" % next(NUMBERS)
        self.names = compiled.positiontup or []
        kinds = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
        read = [kind.result_processor(dialect, None) for kind in kinds]
        self.read = [(place, one) for place, one in enumerate(read) if one is not None]
        bound = {name: parameter for parameter, name in compiled.bind_names.items()}
        write = {name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in bound.items()}
        self.write = [(name, one) for name, one in write.items() if one is not None]
        # Values that the statement brings along itself.
        self.fixed = {name: one.value for name, one in bound.items() if not one.required}

    def parameters(self, values: dict[str, object]) -> list[object]:
        """The values as the driver wants them. Raises KeyError where one is wanting."""
        given = {**self.fixed, **values}
        for name, write in self.write:
            given[name] = write(given[name])
        return [given[name] for name in self.names]

    def row(self, raw: Row) -> Row:
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
        lender = keeper()
        engine = lender.engine
        try:
            with lender.lend() as kept:
                return self.by_driver(engine, kept, values)
        except engine.dialect.loaded_dbapi.Error:
            # Once more by the ordinary way, which knows what to make of a failure and of a lost connection.
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(self.statement, values)]

    def attempt(self, **values: object) -> list[Row] | None:
        """The rows that a change returns, committed; None where it failed, for whatever reason.

        Whoever asked goes the ordinary way then, which tells the reason. It may find the change made: a connection
        can be lost after the commit.
        """
        lender = keeper()
        try:
            with lender.lend() as kept:
                return self.by_driver(lender.engine, kept, values)
        except lender.engine.dialect.loaded_dbapi.Error:
            return None

    def by_driver(self, engine: Engine, kept: Kept, values: dict[str, object]) -> list[Row]:
        kind = engine.dialect.name
        prepared = self.prepared.get(kind) or self.prepared.setdefault(kind, Prepared(self.statement, engine))
        parameters = prepared.parameters(values)
        # Who counts statements counts this one too.
        engine.dispatch.before_cursor_execute(None, None, prepared.sql, parameters, None, False)
        return [prepared.row(raw) for raw in kept.run(prepared.name, prepared.sql, parameters)]


Run = Callable[[LoneStatement, dict[str, object]], list[Row]]


def attempt_together(work: Callable[[Run], bool]) -> bool:
    """Whether work said that all is well, and what it changed is committed; where not, nothing is changed.

    For SQLite, whose one writer may take its time; PostgreSQL does as much in one statement.
    """
    lender = keeper()
    engine = lender.engine
    try:
        with lender.lend() as kept:

            def run(one: LoneStatement, values: dict[str, object]) -> list[Row]:
                return one.by_driver(engine, kept, values)

            cursor = cast(KeptSqlite, kept).cursor
            cursor.execute("BEGIN IMMEDIATE")
            done = work(run)
            cursor.execute("COMMIT" if done else "ROLLBACK")
            return done
    except engine.dialect.loaded_dbapi.Error:
        return False

"""Where the rows of one file wait until the whole file has been read: a temporary table of one connection.

Nothing reaches the contacts before `settle`, which is one transaction; so a file goes in whole or not at all,
and on SQLite nobody waits for a lock while the file is being read.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from surveys.contacts.rules import Fault, Row

COLUMNS = ", ".join(Row._fields)
# PostgreSQL's types of these columns, as COPY in binary needs them told.
COPIED_AS = (
    "int4",
    "text",
    "int4",
    "text",
    "timestamptz",
    "date",
    *("text",) * 2,
    "bytea",
    "text",
    "bytea",
    *("text",) * 3,
)
DROP = tuple(f"DROP TABLE IF EXISTS {name}" for name in ("staged", "staged_faults", "staged_services"))
# SQLite keeps rows in the order of their key; PostgreSQL sorts them faster than it keeps an index.
CREATE = (
    """CREATE TEMPORARY TABLE staged (
        line INTEGER {key}, external_ref TEXT, service_id INTEGER, channel TEXT, occurred_at {moment},
        day DATE, phone TEXT, phone_kind TEXT, phone_hash {bytes}, email TEXT, email_hash {bytes},
        language TEXT, team TEXT, area TEXT)""",
    "CREATE TEMPORARY TABLE staged_faults (line INTEGER, column_name TEXT, message TEXT)",
    "CREATE TEMPORARY TABLE staged_services (wanted INTEGER PRIMARY KEY, made INTEGER)",
)
COLUMN_TYPES = {
    "sqlite": {"key": "PRIMARY KEY", "moment": "TEXT", "bytes": "BLOB"},
    "postgresql": {"key": "", "moment": "TIMESTAMPTZ", "bytes": "BYTEA"},
}
WANTED_SERVICE = "INSERT INTO staged_services VALUES (:wanted, :made)"
INTO_CONTACTS = f"""
    INSERT INTO contacts (batch_id, source, {COLUMNS.removeprefix("line, ")})
    SELECT :batch, :source,
        {COLUMNS.removeprefix("line, ").replace("service_id", "coalesce(made, service_id)")}
    FROM staged LEFT JOIN staged_services ON wanted = service_id WHERE true ORDER BY line
    ON CONFLICT (source, external_ref) DO NOTHING"""
REPEATED = """
    SELECT s.line AS line, f.first AS first FROM staged s JOIN (
        SELECT external_ref, min(line) AS first FROM staged GROUP BY external_ref HAVING count(*) > 1
    ) f ON f.external_ref = s.external_ref WHERE s.line > f.first"""
REPEATED_FAULTS = f"""
    INSERT INTO staged_faults (line, column_name, message)
    SELECT line, :heading, 'The same reference as line ' || first || '. Give each contact its own reference.'
    FROM ({REPEATED}) AS repeated"""
INTO_FAULTS = """
    INSERT INTO import_faults (batch_id, line, column_name, message)
    SELECT :batch, line, column_name, message FROM staged_faults ORDER BY line"""


class Staging:
    """The temporary tables of one import. Open with `with`; the connection is its own."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.repeats = 0

    def __enter__(self) -> "Staging":
        with self.connection.begin():
            for statement in (*DROP, *CREATE):
                self.connection.execute(sa.text(statement.format(**COLUMN_TYPES[self.dialect])))
        return self

    def __exit__(self, *_error: object) -> None:
        if self.connection.in_transaction():
            self.connection.rollback()
        with self.connection.begin():
            for statement in DROP:
                self.connection.execute(sa.text(statement))

    def add(self, rows: Sequence[Row], faults: Sequence[Fault]) -> None:
        """Put aside one chunk. COPY on PostgreSQL, executemany on SQLite."""
        with self.connection.begin():
            cursor: Any = self.connection.connection.cursor()
            if self.dialect == "sqlite":
                marks = ", ".join("?" * len(Row._fields))
                cursor.executemany(f"INSERT INTO staged VALUES ({marks})", map(for_sqlite, rows))
                cursor.executemany("INSERT INTO staged_faults VALUES (?, ?, ?)", faults)
                return
            with cursor.copy(f"COPY staged ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(COPIED_AS)
                for row in rows:
                    copy.write_row(row)
            with cursor.copy("COPY staged_faults FROM STDIN") as copy:
                for fault in faults:
                    copy.write_row(fault)

    def settle(self, batch: int, source: str, new_services: dict[int, int], heading: str) -> None:
        """Move everything to the contacts and faults of the batch, in one transaction. Safe to do again."""
        connection = self.connection.execution_options(writes=True)
        with connection.begin():
            run = connection.execute
            run(sa.text("DELETE FROM import_faults WHERE batch_id = :batch"), {"batch": batch})
            run(sa.text("DELETE FROM staged_services"))
            if new_services:
                run(sa.text(WANTED_SERVICE), [{"wanted": w, "made": m} for w, m in new_services.items()])
            staged = run(sa.text("SELECT count(*) FROM staged")).scalar_one()
            accepted = run(sa.text(INTO_CONTACTS), {"batch": batch, "source": source}).rowcount
            if accepted < staged:
                self.repeats = run(sa.text(REPEATED_FAULTS), {"heading": heading}).rowcount
            run(sa.text(INTO_FAULTS), {"batch": batch})

    def provisional_services(self) -> set[int]:
        """The provisional (negative) service numbers that good rows use."""
        with self.connection.begin():
            found = self.connection.execute(sa.text("SELECT DISTINCT service_id FROM staged WHERE service_id < 0"))
            return set(found.scalars())

    def repeated(self) -> int:
        """How many rows gave a reference that an earlier line of the same file had given."""
        return self.repeats


def for_sqlite(row: Row) -> tuple[object, ...]:
    """The row as SQLAlchemy would have stored it: moments and days as text."""
    written = row.occurred_at.isoformat(" ", "microseconds").removesuffix("+00:00")
    return (*row[:4], written, row.day.isoformat(), *row[6:])

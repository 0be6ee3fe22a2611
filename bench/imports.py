"""import: a million contacts through the whole intake, against raw loads of the same file into the same database.

The yardstick with the goal writes the file's rows into the contacts table itself, with its keys, checks and indexes,
and reads nothing out of them. The other one, without a goal, puts the file into a bare table of text.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from bench import import_child
from bench.databases import Database
from bench.made_contacts import HEADER, ONE_FAULT_IN, write_file
from bench.measures import Measure, spread
from surveys.core.clock import now
from surveys.core.db import db

MOST_RATIO = 4
MOST_MEMORY_MB = 250
LONGEST_SECONDS = 900
RUNS = 3
BLOCK = 1 << 18
MOMENT, DAY, HASH = "2026-03-10 12:00:00.000000", "2026-03-10", b"0123456789abcdef"
INTO = (
    *("batch_id", "source", "external_ref", "service_id", "channel", "occurred_at", "day", "phone", "phone_kind"),
    *("phone_hash", "email", "email_hash", "language", "team", "area"),
)
PARENTS = (
    "INSERT INTO services (id, slug, name, area, active) VALUES (1, 'raw', 'Raw', '', true)",
    "INSERT INTO import_batches (id, filename, source, sha256, size, state, mapping, make_services, rows, accepted, "
    "rejected, known, progress, tries, created_at) "
    "VALUES (1, 'raw', 'crm', 'x', 1, 'reading', '{}', false, 0, 0, 0, 0, 0, 0, '2026-03-10 12:00:00')",
)
COLUMNS = ", ".join(f"{name} TEXT" for name in HEADER)
CREATE = f"CREATE TABLE raw_contacts ({COLUMNS}, UNIQUE (source_ref))"


@dataclass(frozen=True)
class Loaded:
    """What the child tells of its one import."""

    seconds: float
    peak_mb: float
    accepted: int
    rejected: int


def run(database: Database) -> Iterator[Measure]:
    """Raw loads and imports take turns, each into empty tables; medians are compared."""
    path = write_file(database.folder / "contacts.csv", database.rows, now(), days=730)
    raw: list[float] = []
    bare: list[float] = []
    imports: list[Loaded] = []
    for _ in range(database.times(RUNS)):
        with database.migrated():
            bare.append(load_bare(path))
            raw.append(load_raw(path))
        forget(database)
        imports.append(load_in_child(database, path))
        forget(database)
    check(imports, database.rows)
    plain = spread("raw load into contacts", raw)
    text = spread("raw load into bare text", bare)
    whole = spread("import", [loaded.seconds for loaded in imports])
    prefix = f"import.{database.kind}"
    yield Measure(f"{prefix}.ratio_to_raw_load", whole / plain, "times", MOST_RATIO)
    yield Measure(f"{prefix}.ratio_to_bare_text", whole / text, "times")
    yield Measure(f"{prefix}.peak_memory", max(loaded.peak_mb for loaded in imports), "MB", MOST_MEMORY_MB)
    yield Measure(f"{prefix}.rows_per_second", database.rows / whole, "rows/s")


def forget(database: Database) -> None:
    """The embedded database starts anew; PostgreSQL's schema is emptied when it is migrated."""
    for leftover in database.folder.glob("bench.sqlite*"):
        leftover.unlink()


def load_raw(path: Path) -> float:
    """Seconds for the file's rows into the contacts table, committed; what has to be worked out is a constant."""
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in PARENTS:
            connection.execute(sa.text(statement))
    began = perf_counter()
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        cursor: Any = connection.connection.cursor()
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(INTO))
            cursor.executemany(f"INSERT INTO contacts ({', '.join(INTO)}) VALUES ({marks})", raw_rows(path))
        else:
            with cursor.copy(f"COPY contacts ({', '.join(INTO)}) FROM STDIN") as copy:
                for row in raw_rows(path):
                    copy.write_row(row)
    return perf_counter() - began


def raw_rows(path: Path) -> Iterator[tuple[object, ...]]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        for reference, _at, _service, _channel, phone, email, _language, team, area in reader:
            yield (
                1,
                "crm",
                reference,
                1,
                "phone",
                MOMENT,
                DAY,
                phone[:20],
                "mobile",
                HASH,
                email,
                HASH,
                "en",
                team,
                area,
            )


def load_bare(path: Path) -> float:
    """Seconds for the file as it is, into a plain table with the same key, committed."""
    with db.engine.connect() as connection, connection.begin():
        connection.execute(sa.text(CREATE))
    began = perf_counter()
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        cursor: Any = connection.connection.cursor()
        if connection.dialect.name == "sqlite":
            insert_rows(cursor, path)
        else:
            copy_file(cursor, path)
    took = perf_counter() - began
    with db.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("DROP TABLE raw_contacts"))
    return took


def insert_rows(cursor: Any, path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        cursor.executemany(f"INSERT INTO raw_contacts VALUES ({', '.join('?' * len(HEADER))})", reader)


def copy_file(cursor: Any, path: Path) -> None:
    with path.open("rb") as file, cursor.copy("COPY raw_contacts FROM STDIN (FORMAT csv, HEADER)") as copy:
        while block := file.read(BLOCK):
            copy.write(block)


def load_in_child(database: Database, path: Path) -> Loaded:
    """The import in a process of its own, so that the peak of its memory is its own."""
    with database.migrated():
        pass
    where = (database.kind, database.url, str(database.folder))
    command = (sys.executable, "-m", import_child.__name__, *where, str(path))
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_SECONDS, check=True)
    return Loaded(**json.loads(done.stdout))


def check(imports: list[Loaded], rows: int) -> None:
    """An import that left rows out would be no yardstick."""
    for loaded in imports:
        if (loaded.accepted, loaded.rejected) != (rows - rows // ONE_FAULT_IN, rows // ONE_FAULT_IN):
            raise SystemExit(f"the import took {loaded.accepted:,} rows and refused {loaded.rejected:,}, wrongly")

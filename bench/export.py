"""export: a million responses as a CSV file, against a bare csv.writer writing the same rows; and the memory it takes.

The responses are loaded in bulk, each with three answers. Each export runs in a process of its own, so that the peak of
its memory is its own; few rows are those of the first days.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

import sqlalchemy as sa

from bench import export_child
from bench.dashboard_rows import (
    DAY,
    MADE_RESPONSE,
    NUMBERS,
    SLOTS,
    Council,
    analyse,
    frames_of,
    make_council,
    mixed,
    without_foreign_keys,
)
from bench.databases import Database
from bench.measures import Measure, tell
from surveys.core.db import db, transaction
from surveys.questionnaires.library import READY

# Reading the rows from the database and looking through every cell is most of it.
MOST_RATIO = 15
# Of the peak with a hundred times as many rows to the peak with few.
MOST_GROWTH = 1.25
FEWER = 100
# A workbook takes ten times as long as a CSV file.
FEWER_IN_A_WORKBOOK = 5
RUNS = 3
BLOCK = 50_000
LONGEST_SECONDS = 1800
RESPONSES = f"""{MADE_RESPONSE}
    {NUMBERS}
    SELECT n, NULL, :version, s.service, s.channel, d.day, 'web', 'en', d.at, d.at, r.code, :counted, NULL, NULL
    FROM numbers JOIN made_slots s ON s.k = {mixed("n", 2654435761, SLOTS)}
    JOIN made_days d ON d.k = {DAY} JOIN made_ratings r ON r.k = {mixed("n", 3266489917, 100)}"""
RATINGS = """
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT id, 'overall', satisfaction, started_at FROM responses"""
# The question that is for all, and one of the pool.
OTHERS = f"""
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT r.id, q.question, o.code, r.started_at FROM responses r
    JOIN made_ratings t ON t.k < 2
    JOIN made_questions q ON q.k = CASE WHEN t.k = 0 THEN 0 ELSE 1 + r.id * 7 % {len(READY)} END
    JOIN made_options o ON o.k = q.k * 10 + {mixed("(r.id + t.k * 101)", 668265263, "q.many")}"""


@dataclass(frozen=True)
class Exported:
    """What the child tells of its one export. seconds: for the file alone; whole: until it is stored."""

    rows: int
    seconds: float
    whole: float
    peak_mb: float


def run(database: Database) -> Iterator[Measure]:
    with database.migrated():
        council = make_council()
        began = perf_counter()
        load(council, database.rows)
        tell(f"  loaded {database.rows:,} responses in {perf_counter() - began:.1f} s")
    path, name = database.folder / "export.csv", f"export.{database.kind}"
    many = export_in_child(database, council, path, 1)
    if many.rows != database.rows:
        raise SystemExit(f"the export has {many.rows:,} rows, not {database.rows:,}")
    bare = min(write_bare(path) for _ in range(database.times(RUNS)))
    few = export_in_child(database, council, path, FEWER)
    tell(f"  peak memory {few.peak_mb:.0f} MB with {few.rows:,} rows")
    yield Measure(f"{name}.ratio_to_bare_csv", many.seconds / bare, "times", MOST_RATIO)
    yield Measure(f"{name}.rows_per_second", many.rows / many.seconds, "rows/s")
    yield Measure(f"{name}.bare_rows_per_second", many.rows / bare, "rows/s")
    yield Measure(f"{name}.until_stored", many.whole, "s")
    yield Measure(f"{name}.peak_memory", many.peak_mb, "MB")
    yield Measure(f"{name}.memory_growth", many.peak_mb / few.peak_mb, "times", MOST_GROWTH)
    yield from workbooks(database, council)


def workbooks(database: Database, council: Council) -> Iterator[Measure]:
    """The same for a workbook, of fewer rows."""
    path, name = database.folder / "export.xlsx", f"export.{database.kind}.workbook"
    many = export_in_child(database, council, path, FEWER_IN_A_WORKBOOK)
    few = export_in_child(database, council, path, FEWER)
    tell(f"  workbook: peak memory {few.peak_mb:.0f} MB with {few.rows:,} rows, {many.peak_mb:.0f} with {many.rows:,}")
    yield Measure(f"{name}.rows_per_second", many.rows / many.seconds, "rows/s")
    yield Measure(f"{name}.memory_growth", many.peak_mb / few.peak_mb, "times", MOST_GROWTH)


def load(council: Council, rows: int) -> None:
    """So many responses, spread over all days in their order, and no contacts."""
    values = {"first": 1, "last": rows, "first_day": 0, "spread": council.days}
    values |= {"version": council.version, "counted": True}
    frames = list(frames_of(council))
    with transaction():
        connection = db.session.connection()
        without_foreign_keys(connection)
        for table, made in frames:
            table.create(connection)
            connection.execute(sa.insert(table), made)
        for statement in (RESPONSES, RATINGS, OTHERS):
            sql = sa.text(statement)
            connection.execute(sql.bindparams(**{key: values[key] for key in sql.compile().params}))
        for table, _made in frames:
            table.drop(connection)
    analyse()


def export_in_child(database: Database, council: Council, path: Path, fewer: int) -> Exported:
    """An export of the first days: all of them, or so many times fewer."""
    days = str(max(1, council.days // fewer))
    where = (database.kind, database.url, str(database.folder), str(path), str(council.first_day), days)
    command = (sys.executable, "-m", export_child.__name__, *where)
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_SECONDS, check=True)
    return Exported(**json.loads(done.stdout))


def write_bare(path: Path) -> float:
    """Seconds for the file's own rows, held in memory a block at a time, and nothing else."""
    took = 0.0
    with path.open(encoding="utf-8", newline="") as source, path.with_suffix(".bare").open("w", newline="") as target:
        reader, writer = csv.reader(source), csv.writer(target)
        while block := list(islice(reader, BLOCK)):
            began = perf_counter()
            for row in block:
                writer.writerow(row)
            took += perf_counter() - began
    return took

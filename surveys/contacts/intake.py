"""Contacts come in: a file is put in a batch, read row by row, and goes in whole."""

import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from surveys.contacts.columns import Mapping, guess, is_complete, positions_of, refuse_too_few
from surveys.contacts.models import BatchState, Contact, ImportBatch, ImportChunk, ImportFault, SourceMapping
from surveys.contacts.rules import Fault, Row, RowReader
from surveys.contacts.staging import Staging
from surveys.core import clock, csv_in
from surveys.core.db import db, insert_into, transaction
from surveys.core.queue import ask
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.core.tokens import address_key
from surveys.people.accounts import add_service, all_services, name_of, slug_of
from surveys.people.audit import record

CHUNK_BYTES = 1 << 20
CHUNK_ROWS = 10_000
STALE = timedelta(minutes=3)
MOST_TRIES = 5
DEFAULT_SOURCE = "crm"
MOST_NEW_SERVICES = 200

Report = Callable[[int, int], None]


def check_source(source: str) -> str:
    """A source is a short name like crm: it is part of every contact's identity and of the draw."""
    name = slug_of(source)
    if not name or name != source.strip().lower() or len(name) > 40:
        raise Refused("Source must be a short name in lower case letters, numbers and hyphens, like “crm”.")
    return name


def open_batch(path: Path, filename: str, source: str, make_services: bool) -> ImportBatch:
    """Inspect the file and guess its columns. Raises Refused for what is no CSV.

    The batch is queued if every needed column was found, else it waits for a person to map them.
    """
    source = check_source(source)
    shape = csv_in.inspect(path)
    refuse_too_few(shape.header)
    remembered = db.session.get(SourceMapping, source)
    mapped = guess(shape.header, remembered.mapping if remembered else {})
    batch = ImportBatch(
        filename=csv_in.one_line(Path(filename).name)[:120] or "contacts.csv",
        source=source,
        sha256=shape.sha256,
        size=shape.size,
        state=BatchState.QUEUED if is_complete(mapped) else BatchState.MAPPING,
        mapping={"header": list(shape.header), "columns": mapped},
        make_services=make_services,
        created_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()
    record("contacts file received", f"batch:{batch.id}", sha256=shape.sha256, size=shape.size, source=source)
    return batch


def upload(path: Path, filename: str, source: str, make_services: bool) -> ImportBatch:
    """Open a batch, keep its file in the database, and wake a worker where no person has to map columns."""
    batch = open_batch(path, filename, source, make_services)
    keep_file(batch.id, path)
    if batch.state is BatchState.QUEUED:
        ask("contacts.load", batch.id)
    return batch


def keep_file(batch_id: int, path: Path) -> None:
    """The file travels to whichever worker loads it through the database, a compressed megabyte a row."""
    with path.open("rb") as file:
        number = 0
        while block := file.read(CHUNK_BYTES):
            chunk = {"batch_id": batch_id, "number": number, "content": zlib.compress(block, 1)}
            db.session.execute(sa.insert(ImportChunk), chunk)
            number += 1


def map_columns(batch_id: int, columns: dict[str, str]) -> None:
    """A person says which column is which; remembered for the source. Raises Refused where one is missing."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound("There is no such file.")
    if batch.state is not BatchState.MAPPING:
        raise Conflict("This file is being loaded already.")
    positions = positions_of(tuple(batch.mapping["header"]), columns).positions
    batch.mapping = {"header": batch.mapping["header"], "columns": columns}
    batch.state = BatchState.QUEUED
    db.session.execute(
        insert_into(SourceMapping)
        .values(source=batch.source, mapping=columns)
        .on_conflict_do_update(index_elements=["source"], set_={"mapping": columns})
    )
    record("columns mapped", f"batch:{batch.id}", source=batch.source, positions=positions)
    ask("contacts.load", batch.id)


@dataclass
class Wanted:
    """Services by slug; those a file may make get a negative number until the file has been read to its end."""

    known: dict[str, int]
    may_make: bool
    new: dict[str, tuple[int, str]] = field(default_factory=dict)

    def named(self, slug: str, name: str) -> int | None:
        if slug in self.known or not self.may_make:
            return self.known.get(slug)
        if slug not in self.new and len(self.new) >= MOST_NEW_SERVICES:
            raise Refused(
                f"The file names more than {MOST_NEW_SERVICES} services that we do not know. "
                "Check which of its columns holds the service."
            )
        return self.new.setdefault(slug, (-len(self.new) - 1, name))[0]

    def make(self, used: set[int]) -> dict[int, int]:
        """Make the services that good rows named first; gives the real numbers of the provisional ones used."""
        if not used:
            return {}
        with transaction():
            there = {service.slug: service.id for service in all_services()}
            return {
                number: there.get(slug) or add_service(slug, name_of(slug, name)).id
                for slug, (number, name) in self.new.items()
                if number in used
            }


def load_batch(batch_id: int, report: Report = lambda _done, _of: None, path: Path | None = None) -> ImportBatch:
    """Load a queued batch to its end, from path or its stored file; a batch that a dead worker left is taken up.

    report(lines done, lines) is called now and then. A file that cannot be read ends as refused, with words.
    """
    batch = claim(batch_id, opened_here=path is not None)
    if batch.tries > MOST_TRIES:
        words = f"Loading was begun {MOST_TRIES} times and never came to its end. Split the file and load the parts."
        return finish(batch_id, BatchState.REFUSED, refusal=words)
    try:
        with nullcontext(path) if path else stored_file(batch_id) as file:
            counts = load_file(batch, file, report)
    except Refused as refusal:
        return finish(batch_id, BatchState.REFUSED, refusal=refusal.words)
    return finish(batch_id, BatchState.LOADED, counts=counts)


def claim(batch_id: int, *, opened_here: bool = False) -> ImportBatch:
    """Take the batch for this worker. The command that opened it holds it from the start."""
    with transaction():
        quiet = sa.or_(sa.literal(opened_here), ImportBatch.claimed_at < clock.now() - STALE)
        free = sa.or_(ImportBatch.state == BatchState.QUEUED, sa.and_(ImportBatch.state == BatchState.READING, quiet))
        claimed = db.session.execute(
            sa.update(ImportBatch)
            .where(ImportBatch.id == batch_id, free)
            .values(state=BatchState.READING, claimed_at=clock.now(), progress=0, tries=ImportBatch.tries + 1)
        )
        if not claimed.rowcount:  # type: ignore[attr-defined]  # a CursorResult, as every UPDATE gives
            raise Conflict("This file is loaded, or is being loaded by somebody else.")
    batch = db.session.get_one(ImportBatch, batch_id)
    db.session.expunge(batch)
    db.session.rollback()
    return batch


@contextmanager
def stored_file(batch_id: int) -> Iterator[Path]:
    """The batch's file on this machine's disk, for as long as it is read."""
    with tempfile.NamedTemporaryFile(prefix="fairly-import-", suffix=".csv") as file:
        chunks = sa.select(ImportChunk.content).where(ImportChunk.batch_id == batch_id).order_by(ImportChunk.number)
        for content in db.session.scalars(chunks.execution_options(yield_per=4)):
            file.write(zlib.decompress(content))
        db.session.rollback()
        if not file.tell():
            raise Refused("The command that loaded this file was stopped before it was done. Run it again.")
        file.flush()
        yield Path(file.name)


@dataclass(frozen=True)
class Counts:
    rows: int
    rejected: int


def load_file(batch: ImportBatch, path: Path, report: Report) -> Counts:
    """Read every row into the staging table, then settle. Raises Refused, having changed nothing."""
    shape = csv_in.inspect(path)
    mapping = positions_of(shape.header, batch.mapping["columns"])
    wanted = Wanted({service.slug: service.id for service in all_services()}, batch.make_services)
    db.session.rollback()
    reader = RowReader(mapping, shape.header, clock.now(), address_key(), wanted.named)
    with db.engine.connect() as connection, Staging(connection) as staging:
        counts = stage(path, shape, reader, staging, lambda done: report(done, shape.lines))
        if counts.rows == 0:
            raise Refused("The file has a header and no rows. Export it again and check the dates you chose.")
        new_services = wanted.make(staging.provisional_services())
        staging.settle(batch.id, batch.source, new_services, heading_of(shape, mapping))
        return Counts(counts.rows, counts.rejected + staging.repeated())


def heading_of(shape: csv_in.FileShape, mapping: Mapping) -> str:
    return mapping.heading(shape.header, "source_ref")[:60]


def stage(
    path: Path, shape: csv_in.FileShape, reader: RowReader, staging: Staging, report: Callable[[int], None]
) -> Counts:
    good: list[Row] = []
    bad: list[Fault] = []
    rows = rejected = 0
    for line, fields in csv_in.rows(path, shape):
        rows += 1
        read = reader.read(line, fields)
        if isinstance(read, Row):
            good.append(read)
        else:
            bad += read
            rejected += 1
        if len(good) + len(bad) >= CHUNK_ROWS:
            staging.add(good, bad)
            good, bad = [], []
            report(line)
    staging.add(good, bad)
    return Counts(rows, rejected)


def finish(batch_id: int, state: BatchState, counts: Counts | None = None, refusal: str | None = None) -> ImportBatch:
    """Write down how it ended, let the stored file go, and wake the draw; nothing where another worker did."""
    with transaction():
        batch = db.session.get_one(ImportBatch, batch_id)
        if batch.state is not BatchState.READING:
            return batch
        accepted = db.session.scalar(sa.select(sa.func.count()).where(Contact.batch_id == batch_id)) or 0
        batch.state, batch.refusal, batch.finished_at, batch.progress = state, refusal, clock.now(), 100
        if counts is not None:
            batch.rows, batch.rejected, batch.accepted = counts.rows, counts.rejected, accepted
            batch.known = counts.rows - counts.rejected - accepted
        db.session.execute(sa.delete(ImportChunk).where(ImportChunk.batch_id == batch_id))
        record_end(batch)
        if state is BatchState.LOADED:
            ask("sampling.draw")
    return batch


def record_end(batch: ImportBatch) -> None:
    record(
        f"contacts file {batch.state.value}",
        f"batch:{batch.id}",
        sha256=batch.sha256,
        rows=batch.rows,
        accepted=batch.accepted,
        rejected=batch.rejected,
        known=batch.known,
    )


def note_progress(batch_id: int, done: int, lines: int) -> None:
    """Tell the page how far it is, and the sweep that this worker lives; on a connection of its own."""
    percent = min(99, done * 100 // max(lines, 1))
    running = sa.and_(ImportBatch.id == batch_id, ImportBatch.state == BatchState.READING)
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.update(ImportBatch).where(running).values(progress=percent, claimed_at=clock.now()))


def unfinished(moment: datetime) -> list[int]:
    """Batches that wait for a worker, or whose worker has gone quiet."""
    stale = sa.and_(ImportBatch.state == BatchState.READING, ImportBatch.claimed_at < moment - STALE)
    query = sa.select(ImportBatch.id).where(sa.or_(ImportBatch.state == BatchState.QUEUED, stale))
    return list(db.session.scalars(query.order_by(ImportBatch.id)))


def faults_of(batch_id: int, most: int | None = None) -> Iterator[tuple[int, str, str]]:
    query = (
        sa.select(ImportFault.line, ImportFault.column, ImportFault.message)
        .where(ImportFault.batch_id == batch_id)
        .order_by(ImportFault.line, ImportFault.id)
        .limit(most)
    )
    yield from db.session.execute(query.execution_options(yield_per=2000))

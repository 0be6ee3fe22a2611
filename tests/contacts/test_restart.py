"""A worker that dies, doubles or stalls: the sweep finishes the file, and no row is in twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.contacts.intake import (
    CHUNK_ROWS,
    STALE,
    Counts,
    claim,
    faults_of,
    finish,
    load_batch,
    load_file,
    note_progress,
    stored_file,
    unfinished,
    upload,
)
from surveys.contacts.models import BatchState, Contact, ImportBatch
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import perform_in, run_waiting
from surveys.core.refusals import Conflict
from tests.makers.contacts import row, write_csv
from tests.makers.people import make_service


class Killed(BaseException):
    """What a worker feels when it is killed: nothing of ours catches it."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 31, 9, 0, tzinfo=UTC), tick=False) as coordinates:
        yield coordinates


def uploaded(folder: Path, good: int = 5) -> int:
    """A file of this many good rows, too old to be asked, one faulty row and one repeated reference."""
    make_service()
    old = now() - timedelta(days=300)
    rows = [row(f"A{n}", old) for n in range(good)]
    path = write_csv(folder / "a.csv", [*rows, row("X", channel="pigeon"), row("A0")])
    with transaction():
        return upload(path, path.name, "crm", make_services=False).id


def find(batch_id: int) -> ImportBatch:
    db.session.rollback()
    return db.session.get_one(ImportBatch, batch_id)


def contacts() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Contact.id))) or 0


def waiting() -> list[int]:
    db.session.rollback()
    return unfinished(now())


def check_end(batch_id: int, good: int = 5) -> None:
    batch = find(batch_id)
    assert (batch.state, batch.progress) == (BatchState.LOADED, 100)
    assert (batch.rows, batch.accepted, batch.rejected, batch.known) == (good + 2, good, 2, 0)
    assert [line for line, _, _ in faults_of(batch_id)] == [good + 2, good + 3]
    assert contacts() == good


def sweep(app: Flask) -> None:
    perform_in(app, "contacts.sweep")
    run_waiting(app)


def test_an_upload_wakes_a_worker_which_loads_it(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    assert find(batch_id).state is BatchState.QUEUED
    run_waiting(app)
    check_end(batch_id)


def test_the_sweep_takes_up_a_file_whose_ask_was_lost(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    app.extensions["huey"].flush()
    sweep(app)
    check_end(batch_id)


def test_a_worker_killed_while_reading_leaves_no_contact_and_the_sweep_starts_again(
    app: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    def killed(_done: int, _lines: int) -> None:
        raise Killed

    good = CHUNK_ROWS + 500
    batch_id = uploaded(tmp_path, good)
    app.extensions["huey"].flush()
    with pytest.raises(Killed):
        load_batch(batch_id, killed)
    assert contacts() == 0
    assert find(batch_id).state is BatchState.READING
    sweep(app)
    assert contacts() == 0
    clock.shift(STALE + timedelta(seconds=1))
    sweep(app)
    check_end(batch_id, good)


def test_a_worker_killed_between_the_rows_and_the_count_leaves_the_right_count_to_the_next(
    app: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    batch_id = uploaded(tmp_path)
    batch = claim(batch_id)
    with stored_file(batch_id) as path:
        load_file(batch, path, lambda _done, _lines: None)
    assert contacts() == 5
    clock.shift(STALE + timedelta(seconds=1))
    sweep(app)
    check_end(batch_id)


def test_the_second_of_two_workers_is_turned_away(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    claim(batch_id)
    with pytest.raises(Conflict, match="being loaded by somebody else"):
        load_batch(batch_id)
    perform_in(app, "contacts.load", batch_id)
    assert contacts() == 0


def test_a_loaded_file_is_not_loaded_again(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    load_batch(batch_id)
    with pytest.raises(Conflict):
        load_batch(batch_id)
    sweep(app)
    check_end(batch_id)


def test_a_stalled_worker_that_wakes_up_changes_nothing_that_the_next_one_finished(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    run_waiting(app)
    finished_at = find(batch_id).finished_at
    note_progress(batch_id, 1, 7)
    finish(batch_id, BatchState.REFUSED, refusal="The stored file is gone.")
    finish(batch_id, BatchState.LOADED, Counts(1, 1))
    assert find(batch_id).finished_at == finished_at
    check_end(batch_id)


def test_a_claim_is_stale_only_after_three_quiet_minutes(
    app: Flask, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    batch_id = uploaded(tmp_path)
    claim(batch_id)
    clock.shift(STALE - timedelta(seconds=1))
    assert waiting() == []
    note_progress(batch_id, 1, 7)
    clock.shift(STALE - timedelta(seconds=1))
    assert waiting() == []
    clock.shift(timedelta(seconds=2))
    assert waiting() == [batch_id]


def test_progress_is_written_while_the_file_is_read(app: Flask, tmp_path: Path) -> None:
    batch_id, seen = uploaded(tmp_path, 2 * CHUNK_ROWS), []

    def report(done: int, lines: int) -> None:
        note_progress(batch_id, done, lines)
        seen.append(find(batch_id).progress)

    load_batch(batch_id, report)
    assert seen == [49, 99]
    check_end(batch_id, 2 * CHUNK_ROWS)


def test_a_command_that_was_stopped_leaves_a_refusal_that_says_to_run_it_again(app: Flask, tmp_path: Path) -> None:
    batch_id = uploaded(tmp_path)
    with transaction():
        db.session.execute(sa.text("DELETE FROM import_chunks"))
    run_waiting(app)
    batch = find(batch_id)
    assert batch.state is BatchState.REFUSED
    assert "Run it again." in (batch.refusal or "")
    assert contacts() == 0

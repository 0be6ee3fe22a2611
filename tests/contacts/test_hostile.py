"""Every malformed file ends in clear words and leaves nothing half done, whichever door it came through.

Each file has a source of its own, so that one database can take the whole table.
"""

import tracemalloc
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.intake import faults_of, load_batch, upload
from surveys.contacts.models import BatchState, Contact, ImportBatch, ImportChunk
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.core.refusals import Refused
from surveys.people.models import Service
from tests.contacts.hostile import HOSTILE, NOT_CSV, Hostile
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

HUGE = [hostile for hostile in NOT_CSV if hostile.huge]


def contacts_of(source: str) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Contact.id)).where(Contact.source == source)) or 0


def check_nothing_is_kept(source: str) -> None:
    """A file that was refused left no contact, no fault, and no batch that could be taken up again."""
    assert contacts_of(source) == 0
    for batch in db.session.scalars(sa.select(ImportBatch).where(ImportBatch.source == source)):
        assert batch.state is BatchState.REFUSED
        assert list(faults_of(batch.id)) == []


def check_rows(hostile: Hostile, source: str) -> None:
    """The good rows are in, every row is accounted for, and each fault stands where it should."""
    assert contacts_of(source) == hostile.good
    batch = db.session.scalars(sa.select(ImportBatch).where(ImportBatch.source == source)).one()
    assert batch.state is BatchState.LOADED
    assert (batch.accepted, batch.rejected, batch.known) == (hostile.good, hostile.rejected, 0)
    assert batch.rows == hostile.good + hostile.rejected
    told = list(faults_of(batch.id))
    assert [(line, column) for line, column, _ in told] == [(line, column) for line, column, _ in hostile.faults]
    for (_, _, message), (_, _, words) in zip(told, hostile.faults, strict=True):
        assert words in message


def check_nothing_is_left_over() -> None:
    """Only files that wait for a mapping keep their bytes, and no file made a service."""
    db.session.rollback()
    waiting = sa.select(ImportBatch.id).where(ImportBatch.state == BatchState.MAPPING)
    assert not db.session.scalars(sa.select(ImportChunk.batch_id).where(ImportChunk.batch_id.not_in(waiting))).all()
    assert db.session.scalars(sa.select(Service.slug)).all() == ["parking"]


def words_of_refusal(path: Path, source: str) -> str | None:
    """Load the file without a page; gives the words where it was refused, None where rows went in."""
    try:
        with transaction():
            batch_id = upload(path, path.name, source, make_services=False).id
    except Refused as refusal:
        return refusal.words
    return load_batch(batch_id).refusal


def test_there_are_at_least_forty_hostile_files() -> None:
    assert len({hostile.name for hostile in HOSTILE}) == len(HOSTILE) >= 40


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_whole_or_told_by_line(app: Flask, tmp_path: Path, hostile: Hostile) -> None:
    make_service()
    path = hostile.write(tmp_path)
    if hostile.unmapped:
        with transaction():
            assert upload(path, path.name, "crm", make_services=False).state is BatchState.MAPPING
    elif hostile.refused:
        assert hostile.refused in (words_of_refusal(path, "crm") or "")
        check_nothing_is_kept("crm")
    else:
        assert words_of_refusal(path, "crm") is None
        check_rows(hostile, "crm")
    check_nothing_is_left_over()


def test_the_command_tells_of_every_hostile_file_in_words(
    app: Flask, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    make_service()
    for number, hostile in enumerate(HOSTILE):
        with subtests.test(hostile.name):
            check_command(app, hostile, hostile.write(tmp_path), f"source-{number}")
    check_nothing_is_left_over()


def check_command(app: Flask, hostile: Hostile, path: Path, source: str) -> None:
    ran = app.test_cli_runner().invoke(args=["contacts", "import", str(path), "--source", source])
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    assert "\x1b" not in ran.output
    if words := hostile.refused or hostile.unmapped:
        assert ran.exit_code == 1
        assert words in ran.output
        check_nothing_is_kept(source)
        return
    assert ran.exit_code == 0, ran.output
    assert f"{hostile.good:,} new, 0 known already, {hostile.rejected:,} faulty" in ran.output
    for line, _, words in hostile.faults:
        assert f"line {line}" in ran.output
        assert words in ran.output
    check_rows(hostile, source)


def test_the_page_tells_of_every_hostile_file_in_words(
    app: Flask, client: FlaskClient, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    make_service()
    sign_in(client, make_user())
    for number, hostile in enumerate(HOSTILE):
        if not hostile.huge:
            with subtests.test(hostile.name):
                check_page(app, client, hostile, hostile.write(tmp_path), f"source-{number}")
    check_nothing_is_left_over()


def check_page(app: Flask, client: FlaskClient, hostile: Hostile, path: Path, source: str) -> None:
    with path.open("rb") as file:
        sent = client.post("/contacts", data={"file": (file, "hostile.csv"), "source": source})
    if sent.status_code == 422:
        assert hostile.refused
        assert hostile.refused in text_of(sent)
        check_nothing_is_kept(source)
        return
    assert sent.status_code == 303, text_of(sent)
    run_waiting(app)
    page = client.get(sent.location)
    words = text_of(page)
    assert page.status_code == 200
    assert not [script for script in soup(page).find_all("script") if not script.get("src")]
    if hostile.unmapped:
        assert "Which column is which" in words
    elif hostile.refused:
        assert "The file was not loaded." in words
        assert hostile.refused in words
        check_nothing_is_kept(source)
    else:
        assert f"Loaded: {hostile.good} new contacts." in words
        assert all(told in words for _, _, told in hostile.faults)
        check_rows(hostile, source)


@pytest.mark.parametrize("hostile", HUGE, ids=lambda hostile: hostile.name)
def test_a_huge_line_is_refused_without_being_held_in_memory(app: Flask, tmp_path: Path, hostile: Hostile) -> None:
    path = hostile.write(tmp_path)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=hostile.refused), transaction():
            upload(path, path.name, "crm", make_services=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000

"""The pages of contact files: upload, mapping, progress, faults to take home."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from surveys.contacts.intake import claim, note_progress
from surveys.contacts.models import BatchState, Contact, ImportBatch, SourceMapping
from surveys.core.db import db
from surveys.core.queue import run_waiting
from surveys.people.roles import Role
from tests.contacts.hostile import HEADER, fields, text
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

THEIRS = ("Nr", "Wann", "Amt", "Weg", "Handy", "=cmd()", "Sprache", "Gruppe", "Ort")
CHOSEN = dict(zip(HEADER, THEIRS, strict=True))


@pytest.fixture
def staff(app: Flask, client: FlaskClient) -> FlaskClient:
    make_service()
    return sign_in(client, make_user())


def send(client: FlaskClient, content: str, name: str = "contacts.csv", **more: str) -> TestResponse:
    form = {"file": FileStorage(io.BytesIO(content.encode()), name), "source": "crm"} | more
    body, length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post("/contacts", input_stream=body, content_length=length, content_type=kind)


def work(app: Flask) -> None:
    """Let the worker do what waits; the pages after it read the database anew."""
    run_waiting(app)
    db.session.rollback()


def references() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Contact.external_ref).order_by(Contact.id)))


def test_a_file_is_uploaded_loaded_and_listed(app: Flask, staff: FlaskClient) -> None:
    sent = send(staff, text(fields("A1"), fields("B2", channel="pigeon")))
    assert sent.status_code == 303
    assert "Waiting for a worker" in text_of(staff.get(sent.location))
    work(app)
    page = text_of(staff.get(sent.location))
    assert "Loaded: 1 new contacts." in page
    assert "Not a channel. Use one of: phone," in page
    assert "contacts.csv crm" in text_of(staff.get("/contacts"))


def test_an_unknown_service_is_made_where_the_box_is_ticked(app: Flask, staff: FlaskClient) -> None:
    send(staff, text(fields("A1", service="Dragons")))
    send(staff, text(fields("B2", service="Dragons")), make_services="y")
    work(app)
    assert references() == ["B2"]


def test_a_person_maps_unknown_columns_once_and_it_is_remembered_for_the_source(app: Flask, staff: FlaskClient) -> None:
    sent = send(staff, text(fields("A1"), header=THEIRS))
    page = staff.get(sent.location)
    assert "Which column is which" in text_of(page)
    assert [option["value"] for option in soup(page).select("#service option")] == ["", *THEIRS]
    assert staff.post(sent.location, data=CHOSEN).status_code == 303
    work(app)
    assert references() == ["A1"]
    send(staff, text(fields("B2"), header=THEIRS))
    work(app)
    assert references() == ["A1", "B2"]
    other = send(staff, text(fields("C3"), header=THEIRS), source="telephony")
    assert "Which column is which" in text_of(staff.get(other.location))


def test_a_second_mapping_takes_the_place_of_the_first(app: Flask, staff: FlaskClient) -> None:
    first = send(staff, text(fields("A1"), header=THEIRS))
    staff.post(first.location, data=CHOSEN)
    moved = ("No", *THEIRS[1:])
    second = send(staff, text(fields("B2"), header=moved))
    page = staff.get(second.location)
    chosen = [option["value"] for option in soup(page).select("#service option[selected]")]
    assert chosen == ["Amt"]
    staff.post(second.location, data=CHOSEN | {"source_ref": "No"})
    work(app)
    assert references() == ["A1", "B2"]
    remembered = db.session.scalars(sa.select(SourceMapping)).one()
    assert remembered.mapping == CHOSEN | {"source_ref": "No"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"channel": ""}, "no column for: channel"),
        ({"channel": "Amt"}, "“Amt” is chosen twice"),
        ({"channel": "Dragon"}, "Not a valid choice"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_words(
    app: Flask, staff: FlaskClient, wrong: dict[str, str], words: str
) -> None:
    sent = send(staff, text(fields("A1"), header=THEIRS))
    answer = staff.post(sent.location, data=CHOSEN | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer)
    work(app)
    assert references() == []


def test_a_file_that_is_loaded_cannot_be_mapped_again(app: Flask, staff: FlaskClient) -> None:
    sent = send(staff, text(fields("A1")))
    work(app)
    answer = staff.post(sent.location, data=dict(zip(HEADER, HEADER, strict=True)))
    assert answer.status_code in (409, 422)
    assert "This file is being loaded already." in text_of(answer)
    assert references() == ["A1"]


def test_faults_are_taken_home_as_csv_that_no_spreadsheet_runs(app: Flask, staff: FlaskClient) -> None:
    bad = [fields(f"A{n}", email="x") for n in range(60)]
    sent = send(staff, text(*bad, fields("=cmd()", team="=cmd()"), header=THEIRS))
    staff.post(sent.location, data=CHOSEN)
    work(app)
    assert "The first 50 faults." in text_of(staff.get(sent.location))
    download = staff.get(sent.location + "/faults.csv")
    assert download.mimetype == "text/csv"
    head, *rows = csv.reader(io.StringIO(download.get_data(as_text=True)))
    assert head == ["line", "column", "what to do"]
    assert [(line, column) for line, column, _ in rows] == [(str(n + 2), "'=cmd()") for n in range(60)]


def test_progress_is_told_to_the_pages_script(app: Flask, staff: FlaskClient) -> None:
    sent = send(staff, text(fields("A1")))
    assert staff.get(sent.location + "/progress").json == {"state": "queued", "progress": 0}
    batch_id = db.session.scalars(sa.select(ImportBatch.id)).one()
    claim(batch_id)
    note_progress(batch_id, 1, 2)
    assert staff.get(sent.location + "/progress").json == {"state": "reading", "progress": 50}
    assert "50% read" in text_of(staff.get(sent.location))


def test_a_file_larger_than_the_limit_is_refused_and_not_kept(app: Flask, staff: FlaskClient) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = settings.model_copy(update={"import_max_mb": 1})
    try:
        sent = send(staff, text(fields("A1")) + "x,y\n" * 300_000)
    finally:
        app.extensions["settings"] = settings
    assert sent.status_code == 422
    assert "The file is larger than 1 MB. Export a shorter period." in text_of(sent)
    assert db.session.scalars(sa.select(ImportBatch)).all() == []


def test_a_request_beyond_every_limit_is_cut_off(app: Flask, staff: FlaskClient) -> None:
    limit = app.config["MAX_CONTENT_LENGTH"]
    app.config["MAX_CONTENT_LENGTH"] = 1000
    try:
        sent = send(staff, text(fields("A1")) + "x,y\n" * 1000)
    finally:
        app.config["MAX_CONTENT_LENGTH"] = limit
    assert sent.status_code == 413
    assert "That is too large" in text_of(sent)


@pytest.mark.parametrize("source", ["", "CRM One", "crm\r\nx", "../crm"])
def test_a_source_must_be_a_short_name(staff: FlaskClient, source: str) -> None:
    sent = send(staff, text(fields("A1")), source=source)
    assert sent.status_code == 422
    assert db.session.scalars(sa.select(ImportBatch)).all() == []


def test_an_upload_without_a_file_says_to_select_one(staff: FlaskClient) -> None:
    sent = staff.post("/contacts", data={"source": "crm"})
    assert sent.status_code == 422
    assert "Select a CSV file" in text_of(sent)


@pytest.mark.parametrize("path", ["", "/faults.csv", "/progress"])
def test_a_file_that_is_not_there_is_not_found(staff: FlaskClient, path: str) -> None:
    assert staff.get(f"/contacts/files/999{path}").status_code == 404


def test_what_a_file_holds_is_shown_as_text_and_never_run(app: Flask, staff: FlaskClient) -> None:
    evil = "<img src=x onerror=alert(1)>"
    header = tuple(evil if column == "phone" else column for column in HEADER)
    sent = send(staff, text(fields("A1"), header=header), name=f"{evil}.csv")
    work(app)
    for page in (staff.get(sent.location), staff.get("/contacts")):
        assert not soup(page).find_all("img", onerror=True)
        assert "onerror" in text_of(page)


def test_only_those_who_may_load_contacts_come_in(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert client.get("/contacts").status_code == 403
    assert send(client, text(fields("A1"))).status_code == 403
    assert db.session.scalars(sa.select(ImportBatch)).all() == []


def test_a_refused_file_says_so_on_its_page(app: Flask, staff: FlaskClient) -> None:
    sent = send(staff, text(fields("A1")) + '"open')
    work(app)
    assert "The file was not loaded. Line 3: a quotation mark" in text_of(staff.get(sent.location))
    assert db.session.scalars(sa.select(ImportBatch.state)).all() == [BatchState.REFUSED]

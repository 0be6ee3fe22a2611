"""Files come in once, whole or not at all, and every row is accounted for."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.contacts.intake import MOST_NEW_SERVICES, faults_of, load_batch, upload
from surveys.contacts.models import BatchState, Contact, ImportBatch, ImportChunk
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.people.models import AuditEntry, Service
from tests.makers.contacts import load_path, load_rows, row, write_csv
from tests.makers.people import make_service


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.rows, batch.accepted, batch.rejected, batch.known


def references() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Contact.external_ref).order_by(Contact.id)))


def test_the_same_file_twice_adds_nothing(app: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1"), row("B2")])
    assert counts(load_path(path)) == (2, 2, 0, 0)
    assert counts(load_path(path)) == (2, 0, 0, 2)
    assert references() == ["A1", "B2"]


def test_a_corrected_file_adds_only_what_was_missing(app: Flask, tmp_path: Path) -> None:
    assert counts(load_rows(tmp_path, [row("A1"), row("B2", channel="pigeon"), row("C3")])) == (3, 2, 1, 0)
    batch = load_rows(tmp_path, [row("A1"), row("B2"), row("C3")])
    assert counts(batch) == (3, 1, 0, 2)
    assert list(faults_of(batch.id)) == []
    assert references() == ["A1", "C3", "B2"]


def test_a_reference_is_one_contact_within_its_source_only(app: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1")])
    load_path(path, source="crm")
    assert counts(load_path(path, source="telephony")) == (1, 1, 0, 0)


def test_a_known_contact_is_never_changed_by_a_later_file(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1", team="North")])
    load_rows(tmp_path, [row("A1", team="South")])
    assert db.session.scalars(sa.select(Contact.team)).all() == ["North"]


def test_a_reference_repeated_in_a_file_is_a_fault_even_where_it_is_known_already(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1")])
    batch = load_rows(tmp_path, [row("A1"), row("B2"), row("A1"), row("A1")])
    assert counts(batch) == (4, 1, 2, 1)
    told = [(line, column) for line, column, message in faults_of(batch.id) if "as line 2" in message]
    assert told == [(4, "source_ref"), (5, "source_ref")]


def test_a_service_is_made_only_by_a_good_row_and_only_where_the_uploader_says_so(app: Flask, tmp_path: Path) -> None:
    rows = [row("A1", service="Parking"), row("B2", service="Mistyped", channel="pigeon"), row("C3", service="PARKING")]
    assert counts(load_rows(tmp_path, rows, make_services=False)) == (3, 0, 3, 0)
    assert db.session.scalars(sa.select(Service.slug)).all() == []
    assert counts(load_rows(tmp_path, rows, make_services=True)) == (3, 2, 1, 0)
    assert db.session.execute(sa.select(Service.slug, Service.name)).all() == [("parking", "Parking")]


def test_a_file_that_is_refused_makes_no_service(app: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1", service="parking")])
    path.write_text(path.read_text() + '"open')
    assert load_path(path).state is BatchState.REFUSED
    assert db.session.scalars(sa.select(Service.id)).all() == []


def test_a_column_of_free_text_is_not_taken_for_hundreds_of_services(app: Flask, tmp_path: Path) -> None:
    batch = load_rows(tmp_path, [row(f"A{n}", service=f"words {n}") for n in range(MOST_NEW_SERVICES + 1)])
    assert batch.state is BatchState.REFUSED
    assert "Check which of its columns holds the service" in (batch.refusal or "")
    assert db.session.scalars(sa.select(Service.id)).all() == []


def test_a_new_service_is_named_in_one_visible_line(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1", service="Bulky\n\u202ewaste " + "x" * 90)])
    (name,) = db.session.scalars(sa.select(Service.name))
    assert name == ("Bulky waste " + "x" * 90)[:80]


def test_a_stored_file_is_let_go_once_it_is_loaded(app: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1")])
    with transaction():
        batch_id = upload(path, path.name, "crm", make_services=True).id
    path.unlink()
    stored = sa.select(sa.func.count()).select_from(ImportChunk)
    assert db.session.scalar(stored) == 1
    assert counts(load_batch(batch_id)) == (1, 1, 0, 0)
    assert db.session.scalar(stored) == 0


def test_every_file_leaves_its_fingerprint_and_its_counts_in_the_audit_trail(app: Flask, tmp_path: Path) -> None:
    batch = load_rows(tmp_path, [row("A1"), row("B2", channel="pigeon")])
    subject = f"batch:{batch.id}"
    told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in told] == ["contacts file received", "contacts file loaded"]
    assert told[0].details["sha256"] == told[1].details["sha256"] == batch.sha256
    assert (told[1].details["accepted"], told[1].details["rejected"]) == (1, 1)


@pytest.mark.parametrize("filename", ["../../etc/passwd", "a\0b.csv", "\udcff.csv", "x" * 500, "", "\n"])
def test_any_filename_becomes_a_name_that_can_be_shown(app: Flask, tmp_path: Path, filename: str) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1")])
    with transaction():
        batch = upload(path, filename, "crm", make_services=True)
        assert batch.filename.isprintable()
        assert 0 < len(batch.filename) <= 120
        assert "/" not in batch.filename


@pytest.mark.parametrize("source", ["", "CRM one", "crm!", "x" * 41, "é", "crm\0"])
def test_a_source_is_a_short_plain_name(app: Flask, tmp_path: Path, source: str) -> None:
    path = write_csv(tmp_path / "a.csv", [row("A1")])
    with pytest.raises(Refused, match="Source must be a short name"), transaction():
        upload(path, path.name, source, make_services=True)


@pytest.mark.parametrize("way", [str.encode, lambda text: text.encode("utf-16"), lambda text: text.encode("cp1252")])
def test_what_stands_in_the_file_stands_in_the_contact(app: Flask, tmp_path: Path, way: Callable[[str], bytes]) -> None:
    make_service()
    header = "source_ref;occurred_at;service;channel;phone;email;language;team;area"
    line = "A1;31/07/2025 09:30;Parking;Face to face;07700 900123;Some.Body@Example.com;cy;“Café”;Ward £1"
    path = tmp_path / "a.csv"
    path.write_bytes(way(f"{header}\r\n{line}\r\n"))
    assert counts(load_path(path)) == (1, 1, 0, 0)
    contact = db.session.scalars(sa.select(Contact)).one()
    assert contact.occurred_at.isoformat() == "2025-07-31T08:30:00+00:00"
    assert (contact.day.isoformat(), contact.channel, contact.language) == ("2025-07-31", "face_to_face", "cy")
    assert (contact.phone, contact.phone_kind, contact.email) == ("+447700900123", "mobile", "some.body@example.com")
    assert (contact.team, contact.area) == ("“Café”", "Ward £1")

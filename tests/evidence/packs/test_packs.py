"""Packs by the queue and by the command line: asked for, made once, kept for good, and known again."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.core.refusals import NotFound, Refused
from surveys.evidence.files.models import MadeFile, WorkState
from surveys.evidence.files.stored import pieces
from surveys.evidence.packs.asking import (
    STALE,
    ask_for_pack,
    build_pack,
    built_with,
    claim,
    find_pack,
    note,
    packs,
    unfinished,
)
from surveys.evidence.packs.models import EvidencePack
from surveys.evidence.seals.signing import ANNOUNCED
from surveys.people.audit import breaks, record
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.rates.months import Month
from tests.evidence.made import load_some, seal
from tests.makers.answers import answer, draw_and_send
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

YESTERDAY = today() - timedelta(days=1)
FIRST, LAST = Month.of(YESTERDAY), Month.of(today())
PERIOD = {"first": str(FIRST), "last": str(LAST)}


@pytest.fixture
def sealed(app: Flask, tmp_path: Path) -> Flask:
    """Contacts of yesterday, drawn, asked, answered by some, and sealed."""
    load_some(tmp_path, 6)
    for number, token in enumerate(draw_and_send()[:4]):
        answer(token, ("very_satisfied", "fairly_dissatisfied")[number % 2])
    seal(today(), now())
    return app


def ask_one(first: Month = FIRST, last: Month = LAST) -> int:
    with transaction():
        return ask_for_pack(first, last, None, now()).id


def pack_of(number: int) -> EvidencePack:
    db.session.rollback()
    db.session.expire_all()
    return find_pack(number)


def archive_of(number: int) -> bytes:
    file_id = pack_of(number).file_id
    assert file_id is not None
    return b"".join(pieces(file_id))


def entries(action: str) -> list[AuditEntry]:
    query = sa.select(AuditEntry).where(AuditEntry.action == action)
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def test_a_pack_is_cut_off_at_the_newest_entry_and_the_signing_key_is_told_before_it(sealed: Flask) -> None:
    pack = pack_of(ask_one())
    (announced,) = entries(ANNOUNCED)
    (asked,) = entries("evidence pack asked for")
    assert announced.id <= pack.cutoff < asked.id
    assert (pack.starts_on, pack.ends_on) == (FIRST.first, LAST.last)
    assert asked.details == {"cutoff": pack.cutoff, **PERIOD}


def test_a_worker_builds_it_and_the_audit_trail_has_both_digests(sealed: Flask) -> None:
    number = ask_one()
    run_waiting(sealed)
    pack, content = pack_of(number), archive_of(number)
    (built,) = entries("evidence pack built")
    assert (pack.state, pack.progress) == (WorkState.DONE, 100)
    assert built.details["sha256"] == hashlib.sha256(content).hexdigest()
    assert built.details["manifest_sha256"] == pack.manifest_sha256
    assert built_with(pack.manifest_sha256 or "") == number
    assert built_with("0" * 64) is None
    assert list(breaks()) == []


def test_the_same_period_and_cutoff_give_the_same_bytes_whatever_came_after(sealed: Flask) -> None:
    number = ask_one()
    run_waiting(sealed)
    first = pack_of(number)
    same = {name: getattr(first, name) for name in ("starts_on", "ends_on", "cutoff", "cutoff_at")}
    with transaction():
        record("something else", "nobody")
        again = EvidencePack(**same, state=WorkState.QUEUED, asked_at=now())
        db.session.add(again)
        db.session.flush()
        second = again.id
    build_pack(second, sealed.extensions["settings"])
    assert archive_of(second) == archive_of(number)


def test_two_workers_do_not_build_the_same_pack(sealed: Flask) -> None:
    number = ask_one()
    assert claim(number, now())
    assert not claim(number, now())
    build_pack(number, sealed.extensions["settings"])
    assert pack_of(number).state is WorkState.RUNNING


def test_a_pack_whose_worker_died_is_found_and_built(sealed: Flask) -> None:
    number = ask_one()
    assert unfinished(now()) == [number]
    claim(number, now())
    assert unfinished(now()) == []
    assert unfinished(now() + STALE * 2) == [number]
    assert claim(number, now() + STALE * 2)
    assert pack_of(number).tries == 2


def test_a_worker_that_tells_of_itself_keeps_its_pack(sealed: Flask) -> None:
    number = ask_one()
    claim(number, now() - STALE * 2)
    note(number, 40, "Reading")
    assert unfinished(now()) == []
    assert (pack_of(number).progress, pack_of(number).step) == (40, "Reading")


def test_what_stopped_three_workers_is_given_up_in_words(sealed: Flask) -> None:
    number = ask_one()
    for waits in (8, 6, 4):
        assert claim(number, now() - STALE * waits)
    build_pack(number, sealed.extensions["settings"])
    assert pack_of(number).state is WorkState.FAILED
    assert "Ask whoever runs this installation" in (pack_of(number).refusal or "")
    assert len(entries("evidence pack not built")) == 1


def test_a_refusal_while_building_is_kept_in_words(sealed: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Refused("Something stands against it.")

    monkeypatch.setitem(build_pack.__globals__, "build", refuse)
    number = ask_one()
    run_waiting(sealed)
    assert (pack_of(number).state, pack_of(number).refusal) == (WorkState.FAILED, "Something stands against it.")


def test_a_pack_of_nothing_sealed_or_of_a_period_not_begun_is_refused(app: Flask, tmp_path: Path) -> None:
    with transaction(), pytest.raises(Refused, match="Nothing has been sealed yet"):
        ask_for_pack(FIRST, LAST, None, now())
    load_some(tmp_path, 2)
    answer(draw_and_send()[0])
    seal(today(), now())
    with transaction(), pytest.raises(Refused, match="Choose a period that has begun"):
        ask_for_pack(LAST.plus(2), LAST.plus(2), None, now())
    with transaction(), pytest.raises(Refused, match="must end after it begins"):
        ask_for_pack(LAST, FIRST.plus(-1), None, now())


def test_a_list_for_some_months_has_the_packs_that_lie_within_them(sealed: Flask) -> None:
    number = ask_one()
    assert [pack.id for pack in packs(FIRST, LAST)] == [number]
    assert [pack.id for pack in packs(FIRST.plus(1))] == []
    assert [pack.id for pack in packs(None, LAST.plus(-1))] == []
    with pytest.raises(NotFound):
        find_pack(number + 1)


def test_a_pack_that_was_built_cannot_lose_its_file(sealed: Flask) -> None:
    number = ask_one()
    run_waiting(sealed)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.delete(MadeFile))
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.update(EvidencePack).values(file_id=None))
    assert archive_of(number)


def test_the_pages_ask_show_progress_and_hand_over(sealed: Flask, client: FlaskClient) -> None:
    user = make_user()
    sign_in(client, user)
    waiting = client.post("/evidence/new", data=PERIOD, follow_redirects=True)
    assert "Waiting for a worker" in text_of(waiting)
    assert client.get("/evidence/1/progress").json == {"progress": 0, "words": "Waiting for a worker", "running": True}
    assert client.post("/evidence/1/download").status_code == 404
    run_waiting(sealed)
    ready, digest = text_of(client.get("/evidence/1")), pack_of(1).manifest_sha256 or ""
    assert digest in ready
    taken = client.post("/evidence/1/download")
    assert taken.data == archive_of(1)
    (entry,) = entries("evidence pack downloaded")
    assert (entry.actor, entry.subject) == (f"user:{user.id}", "pack:1")
    assert entry.details["sha256"] == hashlib.sha256(taken.data).hexdigest()
    assert "Ready" in text_of(client.get("/evidence"))
    assert client.get("/evidence/1/download").status_code == 405


def test_the_form_tells_what_cannot_be_made(client: FlaskClient) -> None:
    sign_in(client, make_user())
    wrong = client.post("/evidence/new", data={"first": "2026-03", "last": "2026-02"})
    assert (wrong.status_code, "Last month must be the first month or later" in text_of(wrong)) == (422, True)
    early = client.post("/evidence/new", data={"first": "2026-03", "last": "2026-03"})
    assert (early.status_code, "Nothing has been sealed yet" in text_of(early)) == (422, True)


@pytest.mark.parametrize(
    ("role", "reads", "makes"),
    [(Role.ADMINISTRATOR, 200, 200), (Role.ASSESSOR, 200, 403), (Role.MANAGER, 403, 403), (Role.OFFICER, 403, 403)],
)
def test_assessors_read_packs_and_administrators_make_them(
    client: FlaskClient, role: Role, reads: int, makes: int
) -> None:
    sign_in(client, make_user(role))
    assert client.get("/evidence").status_code == reads
    assert client.get("/evidence/new").status_code == makes
    assert client.post("/evidence/new", data=PERIOD).status_code == (422 if makes == 200 else 403)


def test_the_commands_build_a_pack_and_know_it_again(sealed: Flask, tmp_path: Path) -> None:
    out, run = tmp_path / "pack.zip", sealed.test_cli_runner()
    period = ["--from", FIRST.first.isoformat(), "--to", date.isoformat(today())]
    built = run.invoke(args=["evidence", "build", *period, "--out", str(out)])
    assert built.exit_code == 0, built.output
    assert hashlib.sha256(out.read_bytes()).hexdigest() in built.output
    checked = run.invoke(args=["evidence", "check", str(out)])
    assert checked.exit_code == 0, checked.output
    assert "The audit trail has it as pack 1." in checked.output


def test_the_command_knows_a_changed_pack_and_a_file_that_is_none(sealed: Flask, tmp_path: Path) -> None:
    out, run = tmp_path / "pack.zip", sealed.test_cli_runner()
    period = ["--from", FIRST.first.isoformat(), "--to", date.isoformat(today())]
    run.invoke(args=["evidence", "build", *period, "--out", str(out)])
    changed = tmp_path / "changed.zip"
    with ZipFile(out) as whole, ZipFile(changed, "w") as other:
        for name in whole.namelist():
            content = whole.read(name)
            other.writestr(name, content + b"\n" if name.endswith("/MANIFEST") else content)
    answer_ = run.invoke(args=["evidence", "check", str(changed)])
    assert answer_.exit_code == 1
    assert "knows no pack with this MANIFEST" in answer_.output
    (tmp_path / "other.zip").write_bytes(b"no archive")
    none = run.invoke(args=["evidence", "check", str(tmp_path / "other.zip")])
    assert (none.exit_code, "This file is no ZIP archive" in none.output) == (1, True)
    early = run.invoke(args=["evidence", "build", "--from", "2001-01-01", "--to", "2000-01-01", "--out", str(out)])
    assert (early.exit_code, "must end after it begins" in early.output) == (1, True)

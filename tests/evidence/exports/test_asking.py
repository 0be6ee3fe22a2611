"""Exports by the queue: made once, accounted for in the audit trail, and gone after a week."""

import csv
import hashlib
from io import StringIO

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.evidence.exports import asking as exports
from surveys.evidence.exports.asking import KEPT, Grants, ask_for_export, claim, facts_of, file_of, find_export, let_go
from surveys.evidence.exports.models import ExportKind
from surveys.evidence.files.models import FilePiece, MadeFile, WorkState
from surveys.evidence.packs.asking import STALE
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.evidence.exporting import EVERYTHING, ask_one, asked, content_of, export_of, make_one
from tests.makers.people import make_service, make_user
from tests.rates.made import make_response

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def user(app: Flask) -> int:
    """Somebody who asks, and three responses to ask for."""
    service = make_service().id
    with transaction():
        for _ in range(3):
            make_response(service)
    return make_user().id


def acts() -> list[tuple[str, str]]:
    query = sa.select(AuditEntry.action, AuditEntry.subject).where(AuditEntry.action.startswith("export"))
    return [(action, subject) for action, subject in db.session.execute(query.order_by(AuditEntry.id))]


def test_a_worker_makes_the_file_and_the_audit_trail_has_its_rows_and_digest(user: int) -> None:
    number = make_one(user)
    content = content_of(number)
    assert len(list(csv.DictReader(StringIO(content.decode())))) == 3
    facts = facts_of([number])[number]
    assert (facts.rows, facts.replaced, facts.size) == (3, 0, len(content))
    assert facts.sha256 == hashlib.sha256(content).hexdigest() == file_of(export_of(number)).sha256
    assert file_of(export_of(number)).name == "answers-2026-03-01-to-2026-03-31.csv"
    assert acts() == [("export asked for", f"export:{number}"), ("export made", f"export:{number}")]
    assert list(breaks()) == []


def test_the_audit_trail_has_what_was_asked_for_as_codes(user: int) -> None:
    make_one(user, channels=frozenset({Channel.WEB}))
    details = db.session.scalars(sa.select(AuditEntry.details).where(AuditEntry.action == "export asked for")).one()
    assert details["kind"] == "answers"
    assert details["channels"] == ["web"]
    assert details["first"] == "2026-03-01"


@pytest.mark.parametrize("kind", ExportKind)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_kind_is_made_in_each_form(user: int, kind: ExportKind, form: str) -> None:
    number = make_one(user, kind, form)
    assert export_of(number).state is WorkState.DONE
    assert content_of(number)[:2] == (b"PK" if form == "xlsx" else b"se")


def test_two_workers_do_not_make_the_same_file(user: int) -> None:
    number = ask_one(user)
    assert claim(number, now())
    assert not claim(number, now())


def test_what_a_dead_worker_left_is_found_and_made_again(user: int) -> None:
    number = ask_one(user)
    claim(number, now() - STALE * 2)
    assert exports.unfinished(now()) == [number]
    exports.make_export(number)
    assert export_of(number).state is WorkState.DONE
    assert export_of(number).tries == 2


def test_a_worker_that_tells_of_itself_is_left_alone(user: int) -> None:
    number = ask_one(user)
    claim(number, now() - STALE * 2)
    exports.note(number)
    assert exports.unfinished(now()) == []


def test_what_stopped_three_workers_is_given_up_in_words(user: int) -> None:
    number = ask_one(user)
    for waits in (8, 6, 4):
        assert claim(number, now() - STALE * waits)
    exports.make_export(number)
    assert export_of(number).state is WorkState.FAILED
    assert "Ask whoever runs this installation" in (export_of(number).refusal or "")
    assert exports.unfinished(now()) == []


def test_nobody_fills_the_database_by_asking_again_and_again(user: int) -> None:
    for _ in range(5):
        ask_one(user)
    with pytest.raises(Conflict, match="5 exports of yours are still being made"):
        ask_one(user)


def test_files_go_after_a_week_and_what_they_were_stays(user: int) -> None:
    number = make_one(user)
    with transaction():
        assert let_go(now() + KEPT - STALE) == 0
        assert let_go(now() + KEPT + STALE) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MadeFile)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FilePiece)) == 0
    assert facts_of([number])[number].rows == 3
    with pytest.raises(Gone, match="kept for 7 days"):
        file_of(export_of(number))


def test_a_grant_for_one_service_exports_that_one(user: int) -> None:
    service, other = make_service("bins", "Bins").id, make_service("tax", "Tax").id
    mine = Grants(frozenset({service}), frozenset({service}))
    with transaction():
        export = ask_for_export(ExportKind.ANSWERS, "csv", asked(), mine, user, now())
        assert export.asked["services"] == [service]
        with pytest.raises(Refused, match="does not cover all of these services"):
            ask_for_export(ExportKind.ANSWERS, "csv", asked(services=frozenset({service, other})), mine, user, now())


def test_comments_leave_only_with_whoever_may_read_them(user: int) -> None:
    without = Grants(None, frozenset())
    with transaction(), pytest.raises(Refused, match="leave the comments out"):
        ask_for_export(ExportKind.ANSWERS, "csv", asked(comments=True), without, user, now())


def test_an_export_is_its_asker_s_alone_and_only_while_their_account_covers_it(user: int) -> None:
    number, other = ask_one(user), make_user(Role.MANAGER, email="other@example.gov.uk").id
    assert find_export(number, user, EVERYTHING).id == number
    for who, grants in ((other, EVERYTHING), (user, Grants(frozenset({1}), None))):
        with pytest.raises(NotFound, match="no such export of yours"):
            find_export(number, who, grants)


def test_a_file_that_was_made_cannot_be_deleted_under_its_export(user: int) -> None:
    number = make_one(user)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.delete(MadeFile))
    assert content_of(number)

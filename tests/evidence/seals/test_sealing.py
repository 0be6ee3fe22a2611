"""Every day is sealed once, in order, with all that closed on it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from proof.leaves import digest_of
from surveys.answers.erasure import erase
from surveys.answers.models import Answer, Mode, Response
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.evidence.seals import rows as sealed_rows
from surveys.evidence.seals import sealing
from surveys.evidence.seals.models import DaySeal, ResponseSeal, Sealed
from surveys.invitations.models import Invitation
from surveys.people.models import AuditEntry
from tests.evidence.made import SEALED_AT, SEALED_TO, later, load_some, make_sealed, seal, words
from tests.makers.answers import answer, draw_and_send, invited_token
from tests.makers.people import make_service
from tests.rates.made import AT, make_response

pytestmark = pytest.mark.usefixtures("app")


def day_seal(day: date, kind: Sealed = Sealed.ANSWERS) -> DaySeal:
    db.session.rollback()
    return db.session.scalars(sa.select(DaySeal).where(DaySeal.kind == kind, DaySeal.day == day)).one()


def entry_of(found: DaySeal) -> AuditEntry:
    return db.session.get_one(AuditEntry, found.entry)


def test_a_day_s_answers_are_in_the_audit_chain_as_one_digest() -> None:
    make_sealed(3)
    found = day_seal(date(2026, 3, 11))
    leaves = db.session.scalars(sa.select(ResponseSeal.leaf).order_by(ResponseSeal.leaf)).all()
    assert (found.count, found.digest) == (3, digest_of(leaves))
    assert entry_of(found).action == "answers sealed"
    assert entry_of(found).details == {"rule": 1, "count": 3, "digest": found.digest, "months": {"2026-03": 3}}


def test_days_without_answers_are_sealed_too_and_none_twice() -> None:
    make_sealed()
    days = db.session.scalars(sa.select(DaySeal.day).where(DaySeal.kind == Sealed.ANSWERS).order_by(DaySeal.day)).all()
    assert days == [date(2026, 3, 11) + timedelta(days=n) for n in range(4)]
    assert seal() == 0


def test_an_installation_without_answers_seals_nothing() -> None:
    assert seal() == 0


def test_an_open_response_waits_until_it_closes() -> None:
    service = make_service().id
    with transaction():
        make_response(service)
        kiosk = make_response(service, mode=Mode.KIOSK)
        db.session.get_one(Response, kiosk).completed_at = None
    seal(date(2026, 3, 12), SEALED_AT)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ResponseSeal)) == 1
    seal(date(2026, 3, 13), SEALED_AT)
    sealed = dict(db.session.execute(sa.select(ResponseSeal.response_id, ResponseSeal.day)).all())
    assert sealed[kiosk] == date(2026, 3, 13)


def test_what_came_after_its_day_was_sealed_is_sealed_next_and_told_as_late() -> None:
    make_sealed(2)
    housing = make_service("housing", "Housing").id
    with transaction():
        make_response(housing)
    seal(SEALED_TO + timedelta(days=1), later(days=5))
    found = day_seal(SEALED_TO + timedelta(days=1))
    assert found.count == 1
    assert entry_of(found).details["late"] == 1
    assert words() == []


def test_a_link_that_was_answered_in_part_closes_when_it_expires(tmp_path: Path, client: FlaskClient) -> None:
    answer(invited_token(tmp_path), completes=False)
    seal(today(), now())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ResponseSeal)) == 0
    expires = db.session.scalars(sa.select(Invitation.expires_at)).one().date()
    seal(expires, now())
    assert db.session.scalars(sa.select(ResponseSeal.day)).one() == expires


def test_own_words_are_no_part_of_a_seal_and_erasing_them_leaves_it_whole(tmp_path: Path) -> None:
    number = answer(invited_token(tmp_path))
    with transaction():
        db.session.add(Answer(response_id=number, question="why", words="because", unread=True, given_at=AT))
    seal(today(), now())
    invitation = db.session.scalars(sa.select(Response.invitation_id)).one()
    assert invitation is not None
    with transaction():
        erase(invitation, now())
    assert words() == []
    assert db.session.scalar(sa.select(sa.func.count()).where(Answer.words.is_not(None))) == 0


def test_every_draw_of_a_day_is_sealed_selected_or_not(tmp_path: Path) -> None:
    load_some(tmp_path, 4)
    draw_and_send()
    seal(today(), now())
    assert day_seal(today(), Sealed.DRAWS).count == 4
    assert words() == []


def test_a_day_of_many_batches_is_sealed_whole(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    for module in (sealing, sealed_rows):
        monkeypatch.setattr(module, "AT_ONCE", 3)
    make_sealed(8)
    assert day_seal(date(2026, 3, 11)).count == 8
    assert words() == []

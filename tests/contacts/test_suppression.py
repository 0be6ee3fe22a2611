"""Stop is kept once under each address, the first moment stands, and no way of saying it leaves an address behind."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from surveys.contacts.models import ContactPoint, PointKind, Stop
from surveys.contacts.suppression import START_UNDOES, has_stopped, mark_unusable, opt_in, opt_out
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.opt_outs import read_address
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

Found = TypeVar("Found")
FIRST = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
PHONE, MAILBOX = (PointKind.PHONE, b"p" * 16), (PointKind.EMAIL, b"e" * 16)


def within(act: Callable[[], Found]) -> Found:
    with transaction():
        return act()


def points() -> dict[bytes, tuple[datetime | None, Stop | None, datetime | None]]:
    db.session.rollback()
    found = db.session.scalars(sa.select(ContactPoint).execution_options(populate_existing=True))
    return {point.address_hash: (point.opted_out_at, point.opted_out_by, point.unusable_at) for point in found}


def acts() -> list[tuple[str, dict[str, object]]]:
    db.session.rollback()
    ours = ("surveys stopped", "surveys allowed again", "address marked unusable")
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action.in_(ours)).order_by(AuditEntry.id))
    return [(entry.action, entry.details) for entry in entries]


@pytest.mark.parametrize("how", Stop)
def test_every_way_of_saying_stop_keeps_one_row_for_each_address(app: Flask, how: Stop) -> None:
    assert within(lambda: opt_out([PHONE, MAILBOX, PHONE], FIRST, how)) == 2
    assert points() == {PHONE[1]: (FIRST, how, None), MAILBOX[1]: (FIRST, how, None)}
    assert acts() == [("surveys stopped", {"how": how.value})]


def test_the_first_moment_and_way_stand(app: Flask) -> None:
    within(lambda: opt_out([PHONE], FIRST, Stop.PAGE))
    assert within(lambda: opt_out([PHONE, MAILBOX], LATER, Stop.REPLY)) == 1
    assert within(lambda: opt_out([PHONE, MAILBOX], LATER, Stop.OFFICER)) == 0
    assert points() == {PHONE[1]: (FIRST, Stop.PAGE, None), MAILBOX[1]: (LATER, Stop.REPLY, None)}
    assert [details["how"] for _, details in acts()] == ["page", "reply"]


def test_a_point_that_was_asked_before_is_the_one_that_stops(app: Flask) -> None:
    within(lambda: db.session.add(ContactPoint(address_hash=PHONE[1], kind=PointKind.PHONE, last_invited_at=FIRST)))
    within(lambda: opt_out([PHONE], LATER, Stop.PAGE))
    point = db.session.scalars(sa.select(ContactPoint)).one()
    assert (point.last_invited_at, point.opted_out_at) == (FIRST, LATER)


def test_an_unusable_address_is_no_stop_and_keeps_its_first_moment(app: Flask) -> None:
    assert within(lambda: mark_unusable([MAILBOX], FIRST, Stop.BOUNCE)) == 1
    assert within(lambda: mark_unusable([MAILBOX], LATER)) == 0
    assert points() == {MAILBOX[1]: (None, None, FIRST)}
    assert not has_stopped([MAILBOX])
    within(lambda: opt_out([MAILBOX], LATER, Stop.PAGE))
    assert points() == {MAILBOX[1]: (LATER, Stop.PAGE, FIRST)}


@pytest.mark.parametrize("how", Stop)
def test_start_takes_back_what_the_person_may_take_back_by_text(app: Flask, how: Stop) -> None:
    within(lambda: opt_out([PHONE], FIRST, how))
    assert within(lambda: opt_in([PHONE, MAILBOX], LATER, Stop.REPLY)) == (how in START_UNDOES)
    assert has_stopped([PHONE]) is (how not in START_UNDOES)
    assert (("surveys allowed again", {"how": "reply"}) in acts()) is (how in START_UNDOES)


def test_start_without_a_stop_before_it_changes_and_tells_nothing(app: Flask) -> None:
    assert within(lambda: opt_in([PHONE], LATER, Stop.REPLY)) == 0
    assert (points(), acts()) == ({}, [])


def test_a_stop_of_no_address_is_nothing(app: Flask) -> None:
    assert within(lambda: opt_out([], FIRST, Stop.PAGE)) == 0
    assert (points(), acts()) == ({}, [])


def test_who_has_stopped_is_known_by_any_of_their_addresses(app: Flask) -> None:
    within(lambda: opt_out([PHONE], FIRST, Stop.PAGE))
    assert [has_stopped([PHONE, MAILBOX]), has_stopped([MAILBOX]), has_stopped([])] == [True, False, False]


def test_the_database_takes_no_other_way_of_stopping(app: Flask) -> None:
    insert = "INSERT INTO contact_points (address_hash, kind, opted_out_by) VALUES (:hash, 'phone', 'a whim')"
    with pytest.raises(IntegrityError, match="opted_out_by"), transaction():
        db.session.execute(sa.text(insert), {"hash": b"x" * 16})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("07700 900123", (PointKind.PHONE, "+447700900123")),
        ("+44 (0)7700 900123", (PointKind.PHONE, "+447700900123")),
        ("020 7946 0000", (PointKind.PHONE, "+442079460000")),
        (" Jo@Example.com ", (PointKind.EMAIL, "jo@example.com")),
        ("jo@example", None),
        ("07700", None),
        ("Jo Bloggs", None),
    ],
)
def test_an_address_is_read_as_a_person_says_it(typed: str, found: tuple[PointKind, str] | None) -> None:
    assert read_address(typed) == found


@pytest.mark.parametrize("typed", ["07700 900123", "Jo@Example.com"])
def test_an_officer_stops_surveys_for_a_caller_after_confirming(app: Flask, client: FlaskClient, typed: str) -> None:
    sign_in(client, make_user(Role.OFFICER, service=make_service()))
    _, address = read_address(typed) or pytest.fail("unreadable")
    assert text_of(client.get("/opt-outs"))
    asked = client.post("/opt-outs", data={"address": typed})
    assert "Is this right?" in text_of(asked)
    assert address in text_of(asked)
    assert points() == {}
    confirm = soup(asked).find("input", {"name": "address"})
    assert confirm is not None
    done = client.post("/opt-outs", data={"address": confirm["value"], "confirmed": "yes"})
    assert (done.status_code, done.location) == (303, "/opt-outs")
    assert "Surveys stopped." in text_of(client.get("/opt-outs"))
    ((found, (at, how, _)),) = points().items()
    assert (found, how) == (address_hash(address, address_key()), Stop.OFFICER)
    assert at is not None
    assert acts() == [("surveys stopped", {"how": "officer"})]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.actor.startswith("user:")
    assert address not in f"{entry.subject} {entry.details}"


@pytest.mark.parametrize("typed", ["", "Jo Bloggs", "07700", "jo@", "x" * 300])
def test_an_address_that_cannot_be_read_is_asked_for_again(app: Flask, client: FlaskClient, typed: str) -> None:
    sign_in(client, make_user(Role.OFFICER))
    for data in ({"address": typed}, {"address": typed, "confirmed": "yes"}):
        answer = client.post("/opt-outs", data=data)
        assert answer.status_code == 422
        error = soup(answer).select_one(".invalid-feedback")
        assert error is not None
        assert "phone number or email address" in error.get_text().lower()
    assert points() == {}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.ASSESSOR])
def test_who_does_not_take_calls_may_not_stop_surveys(app: Flask, client: FlaskClient, role: Role) -> None:
    sign_in(client, make_user(role))
    assert client.post("/opt-outs", data={"address": "07700 900123", "confirmed": "yes"}).status_code == 403
    assert points() == {}

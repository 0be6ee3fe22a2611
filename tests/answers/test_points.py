"""The administrator's kiosks and posters: added, given addresses, closed, each act in the audit trail."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from surveys.answers.models import CollectionPoint, PointKind
from surveys.answers.points import POSTER_LETTERS, change_address, close_point, find_point
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.points import make_point, path_of, rate
from tests.pages import soup, text_of


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user())


def audited() -> list[tuple[str, str]]:
    db.session.rollback()
    told = sa.select(AuditEntry.action, AuditEntry.subject).where(AuditEntry.action.like("collection point%"))
    return [
        (entry.action, entry.subject.partition(":")[0]) for entry in db.session.execute(told.order_by(AuditEntry.id))
    ]


def new(**given: str) -> dict[str, str]:
    return {"kind": "kiosk", "place": "Neuadd y Dref", "channel": "face_to_face"} | given


def test_a_new_kiosk_shows_the_address_that_enrols_a_device(administrator: FlaskClient) -> None:
    service = make_service().id
    added = administrator.post("/points/new", data=new(service_id=str(service)))
    assert added.status_code == 303
    page = administrator.get(added.location)
    point = db.session.scalars(sa.select(CollectionPoint)).one()
    assert path_of(point) in text_of(page)
    assert len(soup(page).select("[role=img][aria-label] svg.qr")) == 1
    assert administrator.get(path_of(point)).status_code == 200
    assert audited() == [("collection point added", "point")]


def test_the_audit_trail_does_not_repeat_what_was_typed(administrator: FlaskClient) -> None:
    service = make_service().id
    administrator.post("/points/new", data=new(service_id=str(service), place="Beside Jo Bloggs"))
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "collection point added")).one()
    assert entry.details == {"kind": "kiosk", "service": service, "channel": "face_to_face"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place": ""}, "Enter the place"),
        ({"place": "   "}, "Enter"),
        ({"place": "x" * 81}, "Place must be 80 characters or less"),
        ({"kind": ""}, "Select a kiosk or a poster"),
    ],
)
def test_a_refused_point_says_what_to_do(administrator: FlaskClient, change: dict[str, str], words: str) -> None:
    service = make_service().id
    page = administrator.post("/points/new", data=new(service_id=str(service)) | change)
    assert page.status_code == 422
    assert words in text_of(page)
    assert audited() == []


def test_without_a_service_the_form_says_to_add_one(administrator: FlaskClient) -> None:
    page = administrator.post("/points/new", data=new())
    assert page.status_code == 422
    assert "add one first" in text_of(page)


def test_the_list_tells_answers_those_in_doubt_and_the_last(administrator: FlaskClient, app: Flask) -> None:
    path = path_of(make_point(place="Central Library"))
    make_point(PointKind.POSTER, place="Bus station")
    for _ in range(2):
        rate(app.test_client(), path)
    rows = {str(row.th.get_text()): row for row in soup(administrator.get("/points")).select("tbody tr") if row.th}
    assert [cell.get_text() for cell in rows["Central Library"].select("td.number")] == ["2", "1"]
    assert "None yet" in rows["Bus station"].get_text()


def test_a_new_address_ends_the_old_one_at_once(administrator: FlaskClient) -> None:
    point = make_point()
    number, old = point.id, path_of(point)
    assert administrator.post(f"/points/{number}/address").status_code == 303
    assert administrator.get(old).status_code == 404
    fresh = path_of(find_point(number))
    assert fresh != old
    assert administrator.get(fresh).status_code == 200
    assert audited()[-1] == ("collection point given a new address", "point")


def test_a_closed_point_stays_closed_and_shows_no_address(administrator: FlaskClient) -> None:
    point = make_point(PointKind.POSTER)
    number, path = point.id, path_of(point)
    assert administrator.post(f"/points/{number}/close").status_code == 303
    assert administrator.get(path).status_code == 410
    assert path not in text_of(administrator.get(f"/points/{number}"))
    assert administrator.post(f"/points/{number}/address").status_code == 409
    assert administrator.get(f"/points/{number}/poster.pdf").status_code == 410
    assert "Closed" in text_of(administrator.get("/points"))
    administrator.post(f"/points/{number}/close")
    assert [action for action, _ in audited()] == ["collection point added", "collection point closed"]


def test_a_closed_point_gets_no_address_below_the_pages_either(app: Flask) -> None:
    point = make_point()
    with transaction():
        close_point(find_point(point.id))
    with pytest.raises(Conflict), transaction():
        change_address(find_point(point.id))


def test_looking_at_points_and_taking_a_poster_changes_nothing(administrator: FlaskClient) -> None:
    number = make_point(PointKind.POSTER).id
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    for path in ("/points", "/points/new", f"/points/{number}", f"/points/{number}/poster.pdf"):
        assert administrator.get(path).status_code == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == before


def test_the_database_holds_no_address(app: Flask) -> None:
    for kind in PointKind:
        point = make_point(kind)
        token = path_of(point).rpartition("/")[2]
        row = db.session.execute(sa.select(CollectionPoint.__table__).where(CollectionPoint.id == point.id)).one()
        assert token not in str(tuple(row))


def test_a_poster_s_code_is_short_and_of_letters_that_cannot_be_mistaken(app: Flask) -> None:
    code = path_of(make_point(PointKind.POSTER)).rpartition("/")[2]
    assert len(code) == 8
    assert set(code) <= set(POSTER_LETTERS)
    assert not set(POSTER_LETTERS) & set("aeiouly0123456789")


def test_a_point_is_somewhere(app: Flask) -> None:
    point = make_point()
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.update(CollectionPoint).where(CollectionPoint.id == point.id).values(place=""))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_manage_points(client: FlaskClient, role: Role) -> None:
    number = make_point().id
    sign_in(client, make_user(role))
    assert client.get("/points").status_code == 403
    assert client.post(f"/points/{number}/close").status_code == 403


def test_an_administrator_of_one_service_does_not_manage_points(client: FlaskClient) -> None:
    service = make_service()
    sign_in(client, make_user(Role.ADMINISTRATOR, service=service))
    assert client.get("/points").status_code == 403

"""Users and services are kept on pages of the administrator's, and each change is recorded."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.people.accounts import add_service, add_user, change_user, slug_of
from surveys.people.models import Grant, Service, User
from surveys.people.roles import Role
from tests.makers.people import PASSWORD, make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import Browser, acts, last_entry

NEW_USER = {
    "name": "Ann Officer",
    "email": "ann@example.gov.uk",
    "password": "quite another set of words",
    "grants": ["officer:all"],
    "active": "y",
}


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user())


def find(email: str) -> User:
    db.session.rollback()
    return db.session.scalars(sa.select(User).where(User.email == email)).one()


def error_beside(response: TestResponse, field: str) -> str:
    assert response.status_code == 422
    found = soup(response).find(attrs={"name": field})
    assert found is not None
    return " ".join(found.parent.get_text(" ").split())


def test_an_added_user_can_sign_in_and_is_on_the_list(administrator: FlaskClient, browser: Browser) -> None:
    assert administrator.post("/users/new", data=NEW_USER).location == "/users"
    assert "Ann Officer" in text_of(administrator.get("/users"))
    entry = last_entry()
    assert (entry.action, entry.details) == ("user added", {"roles": ["officer:all"]})
    answer = browser().post("/sign-in", data={"email": NEW_USER["email"], "password": NEW_USER["password"]})
    assert answer.status_code == 302


def test_the_audit_trail_has_no_names_or_addresses(administrator: FlaskClient) -> None:
    administrator.post("/users/new", data=NEW_USER)
    entry = last_entry()
    told = f"{entry.actor} {entry.subject} {entry.details}"
    assert "Ann" not in told
    assert "@" not in told


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"name": ""}, "name", "Enter a name"),
        ({"name": "x" * 81}, "name", "Name is too long"),
        ({"email": ""}, "email", "Enter an email address"),
        ({"email": "ann"}, "email", "like name@example.gov.uk"),
        ({"email": "ann@" + "x" * 260 + ".uk"}, "email", "like name@example.gov.uk"),
        ({"email": "administrator@example.gov.uk"}, "email", "There is already a user with this email address."),
        ({"email": "Administrator@Example.gov.uk "}, "email", "There is already a user with this email address."),
        ({"password": "short"}, "password", "12 characters or more"),
        ({"grants": []}, "grants", "Choose at least one role"),
        ({"grants": ["king:all"]}, "grants", "is not a valid choice"),
        ({"grants": ["manager:99"]}, "grants", "is not a valid choice"),
    ],
)
def test_a_user_that_cannot_be_is_refused_beside_the_field(
    administrator: FlaskClient, change: dict[str, object], field: str, words: str
) -> None:
    assert words in error_beside(administrator.post("/users/new", data=NEW_USER | change), field)
    assert "user added" not in acts()[2:]


def test_a_changed_user_keeps_the_password_when_none_is_given(administrator: FlaskClient, browser: Browser) -> None:
    manager, service = make_user(Role.MANAGER), make_service()
    grants = ["reviewer:all", f"manager:{service.id}"]
    form = {"name": "New Name", "email": "ignored@example.gov.uk", "grants": grants, "active": "y"}
    assert administrator.post(f"/users/{manager.id}", data=form).location == "/users"
    changed = find("manager@example.gov.uk")
    assert changed.name == "New Name"
    assert {(grant.role, grant.service_id) for grant in changed.grants} == {
        (Role.REVIEWER, None),
        (Role.MANAGER, service.id),
    }
    entry = last_entry()
    assert entry.action == "user changed"
    assert entry.details["before"] == ["manager:all"]
    assert entry.details["after"] == sorted([f"manager:{service.id}", "reviewer:all"])
    sign_in(browser(), changed)


def test_the_form_of_a_user_shows_what_it_has_now(administrator: FlaskClient) -> None:
    manager = make_user(Role.MANAGER, service=make_service())
    page = soup(administrator.get(f"/users/{manager.id}"))
    chosen = [option["value"] for option in page.select("select[name=grants] option[selected]")]
    assert chosen == [f"manager:{manager.grants[0].service_id}"]


def test_a_password_given_by_an_administrator_ends_the_users_sessions(
    administrator: FlaskClient, browser: Browser
) -> None:
    manager = make_user(Role.MANAGER)
    theirs = sign_in(browser(), manager)
    form = {
        "name": "M",
        "email": manager.email,
        "grants": ["manager:all"],
        "active": "y",
        "password": "brand new words",
    }
    administrator.post(f"/users/{manager.id}", data=form)
    assert acts()[-2:] == ["user changed", "password set"]
    assert theirs.get("/account").status_code == 302


def test_a_weak_password_given_to_a_user_changes_nothing(administrator: FlaskClient) -> None:
    manager = make_user(Role.MANAGER)
    form = {"name": "Other", "email": manager.email, "grants": ["officer:all"], "active": "y", "password": "short"}
    assert "12 characters" in error_beside(administrator.post(f"/users/{manager.id}", data=form), "password")
    kept = find("manager@example.gov.uk")
    assert (kept.name, [grant.role for grant in kept.grants]) == ("Some Body", [Role.MANAGER])


@pytest.mark.parametrize("change", [{"active": ""}, {"grants": ["manager:all"]}])
def test_the_last_administrator_stays_one(administrator: FlaskClient, change: dict[str, object]) -> None:
    user = find("administrator@example.gov.uk")
    form = {"name": "Me", "email": user.email, "grants": ["administrator:all"], "active": "y"} | change
    response = administrator.post(f"/users/{user.id}", data={name: value for name, value in form.items() if value})
    assert "This is the only administrator" in error_beside(response, "grants")
    assert administrator.get("/users").status_code == 200


def test_an_administrator_of_one_service_or_one_who_is_closed_does_not_count(administrator: FlaskClient) -> None:
    last = find("administrator@example.gov.uk")
    make_user(Role.ADMINISTRATOR, email="one@example.gov.uk", service=make_service())
    closed = make_user(Role.ADMINISTRATOR, email="closed@example.gov.uk")
    with transaction():
        change_user(closed, "Closed", False, [(Role.ADMINISTRATOR, None)])
    with pytest.raises(Refused, match="only administrator"), transaction():
        change_user(find(last.email), "Me", True, [(Role.MANAGER, None)])


def test_with_another_administrator_one_may_go(administrator: FlaskClient) -> None:
    make_user(email="second@example.gov.uk")
    with transaction():
        change_user(find("administrator@example.gov.uk"), "Me", False, [(Role.ADMINISTRATOR, None)])
    assert not find("administrator@example.gov.uk").active


def test_the_same_grant_twice_is_one(administrator: FlaskClient) -> None:
    with transaction():
        add_user("twice@example.gov.uk", "Twice", PASSWORD, [(Role.MANAGER, None), (Role.MANAGER, None)])
    assert len(find("twice@example.gov.uk").grants) == 1


@pytest.mark.parametrize("service", [None, 1])
def test_the_database_keeps_no_grant_twice(administrator: FlaskClient, service: int | None) -> None:
    number = service and make_service().id
    user_id = make_user(Role.MANAGER).id
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add_all([Grant(user_id=user_id, role=Role.OFFICER, service_id=number) for _ in range(2)])


@pytest.mark.parametrize("path", ["/users/99999", "/services/99999"])
def test_what_is_not_there_is_not_found(administrator: FlaskClient, path: str) -> None:
    assert administrator.get(path).status_code == 404


def test_a_service_is_added_and_changed_and_recorded(administrator: FlaskClient) -> None:
    form = {"name": "Council tax", "slug": "council-tax", "area": "Finance", "active": "y"}
    assert administrator.post("/services/new", data=form).location == "/services"
    added = {"slug": "council-tax", "name": "Council tax", "area": "Finance", "active": True}
    assert (last_entry().action, last_entry().details) == ("service added", added)
    number = db.session.scalars(sa.select(Service.id)).one()
    administrator.post(f"/services/{number}", data={"name": "Council Tax", "slug": "other", "area": ""})
    changed = {"slug": "council-tax", "name": "Council Tax", "area": "", "active": False}
    before = {"name_before": "Council tax", "area_before": "Finance", "active_before": True}
    assert (last_entry().action, last_entry().details) == ("service changed", changed | before)
    assert "Council Tax council-tax Not in use" in text_of(administrator.get("/services"))


@pytest.mark.parametrize("slug", ["Council", "council tax", "-tax", "tax-", "a--b", "x" * 61, "parking", ""])
def test_a_short_name_that_cannot_be_is_refused(administrator: FlaskClient, slug: str) -> None:
    make_service()
    response = administrator.post("/services/new", data={"name": "X", "slug": slug, "active": "y"})
    assert error_beside(response, "slug")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Service)) == 1


def test_a_short_name_with_a_line_end_is_refused(administrator: FlaskClient) -> None:
    with pytest.raises(Refused), transaction():
        add_service("parking\n", "Parking")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Council Tax", "council-tax"), ("  Parking & permits ", "parking-permits"), ("(!)", ""), ("x" * 90, "x" * 60)],
)
def test_a_short_name_is_made_of_what_a_file_says(name: str, slug: str) -> None:
    assert slug_of(name) == slug

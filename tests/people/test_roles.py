"""What each role may do, door by door, and for which services."""

from io import BytesIO

import pytest
from flask import Flask
from flask_login import login_user
from werkzeug.routing import Rule

from surveys import DOORS
from surveys.people.guards import allowed, services_allowed
from surveys.people.models import User
from surveys.people.roles import COUNCIL_WIDE, ROLES, Permission, Role
from tests.makers.people import make_service, make_user, sign_in
from tests.people.conftest import Browser

OPEN = {"public", "signed in"}
GUARDS = {door.blueprint.name: door.guard.name for door in DOORS}
# Acts without a page of their own: a POST alone does them, or shows what they show.
POSTED_ONLY = {Permission.READ_RAW_COMMENTS, Permission.APPROVE_IMPROVEMENTS}
# Says in words that there is nothing to print yet.
NOTHING_YET = {"/improvements/poster.pdf"}
COUNCIL_PAGES = ("/contacts", "/users", "/services", "/audit", "/invitations")


def guarded_pages(app: Flask) -> list[tuple[Rule, str, Permission]]:
    """Each console page that a browser can open, with an address of it and what it asks for."""
    found = []
    for rule in app.url_map.iter_rules():
        guard = GUARDS.get(rule.endpoint.split(".")[0], "public")
        if "GET" in (rule.methods or ()) and guard not in OPEN:
            with app.test_request_context():
                _, path = rule.build(dict.fromkeys(rule.arguments, 1)) or ("", "")
            found.append((rule, path, Permission(guard)))
    return found


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_exactly_the_doors_of_its_permissions(app: Flask, browser: Browser, role: Role) -> None:
    make_service()
    client = sign_in(browser(), make_user(role))
    pages = guarded_pages(app)
    assert {permission for _, _, permission in pages} == set(Permission) - POSTED_ONLY
    for rule, path, permission in pages:
        status = client.get(path, follow_redirects=True).status_code
        if permission not in ROLES[role]:
            assert status == 403, path
        elif rule.arguments:
            assert status in (200, 404), path
        else:
            assert status == (422 if path in NOTHING_YET else 200), path


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_home_and_an_account(browser: Browser, role: Role) -> None:
    client = sign_in(browser(), make_user(role))
    assert [client.get(path).status_code for path in ("/", "/account")] == [200, 200]


def test_who_is_not_signed_in_is_led_to_the_door_from_every_page(app: Flask, browser: Browser) -> None:
    client = browser()
    for path in [*(path for _, path, _ in guarded_pages(app)), "/", "/account"]:
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (302, f"/sign-in?next={path}")


def test_a_form_is_guarded_like_its_page(app: Flask, browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.MANAGER))
    posted = 0
    for rule in app.url_map.iter_rules():
        guard = GUARDS.get(rule.endpoint.split(".")[0], "public")
        if "POST" in (rule.methods or ()) and guard not in OPEN and Permission(guard) not in ROLES[Role.MANAGER]:
            with app.test_request_context():
                _, path = rule.build(dict.fromkeys(rule.arguments, 1)) or ("", "")
            assert client.post(path).status_code == 403, path
            posted += 1
    assert posted >= 6


def test_who_may_load_contacts_may_send_a_large_file(browser: Browser) -> None:
    client = sign_in(browser(), make_user())
    files = b'--x\r\nContent-Disposition: form-data; name="other"; filename="a.csv"\r\n\r\n' + b"a" * 2_000_000
    kind = "multipart/form-data; boundary=x"
    answer = client.post("/contacts", input_stream=BytesIO(files + b"\r\n--x--"), content_type=kind)
    assert answer.status_code == 422


def test_only_an_administrator_may_change_users_services_and_rates_or_load_contacts() -> None:
    changing = {
        Permission.MANAGE_USERS,
        Permission.MANAGE_SERVICES,
        Permission.PLAN_SAMPLING,
        Permission.LOAD_CONTACTS,
    }
    assert {role for role, permissions in ROLES.items() if permissions & changing} == {Role.ADMINISTRATOR}
    assert changing <= COUNCIL_WIDE


def test_every_role_is_in_the_table() -> None:
    assert set(ROLES) == set(Role)
    assert all(ROLES.values())


def allowed_to(app: Flask, user: User, permission: Permission) -> tuple[bool, frozenset[int] | None]:
    with app.test_request_context():
        login_user(user)
        return allowed(permission), services_allowed(permission)


def test_a_role_for_all_services_is_for_all_of_them(app: Flask) -> None:
    make_service()
    assert allowed_to(app, make_user(Role.MANAGER), Permission.READ_RATES) == (True, None)


def test_a_role_for_one_service_is_for_that_one(app: Flask) -> None:
    make_service("libraries", "Libraries")
    parking = make_service()
    manager = make_user(Role.MANAGER, service=parking)
    assert allowed_to(app, manager, Permission.READ_RATES) == (True, frozenset({parking.id}))


def test_a_permission_that_no_role_gives_is_for_no_service(app: Flask) -> None:
    assert allowed_to(app, make_user(Role.OFFICER), Permission.READ_RATES) == (False, frozenset())


def test_a_role_of_another_kind_does_not_widen_the_services(app: Flask) -> None:
    """An assessor of everything who manages parking reads the rates of everything, an officer does not."""
    parking = make_service()
    manager = make_user(Role.MANAGER, service=parking)
    both = make_user(Role.OFFICER, email="both@example.gov.uk")
    both.grants.append(manager.grants[0])
    assert allowed_to(app, both, Permission.READ_RATES)[1] == frozenset({parking.id})
    assert allowed_to(app, both, Permission.EXPLAIN_DRAW)[1] is None


def test_an_administrator_of_one_service_does_not_administer_the_council(app: Flask, browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.ADMINISTRATOR, service=make_service()))
    assert {path: client.get(path).status_code for path in COUNCIL_PAGES} == dict.fromkeys(COUNCIL_PAGES, 403)
    assert client.get("/sampling").status_code == 200


def test_a_refusal_says_what_the_account_may_not_do(browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.OFFICER))
    assert "Your account may not change users. Ask an administrator" in client.get("/users").text

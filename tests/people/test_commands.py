"""flask people and flask services."""

from click.testing import Result
from flask import Flask

from surveys.core.db import db
from surveys.people.roles import Role
from tests.makers.people import PASSWORD, make_service, make_user, sign_in
from tests.people.conftest import Browser, acts
from tests.people.test_users import find

EMAIL = "ann@example.gov.uk"


def run(app: Flask, *words: str, typed: str | None = None) -> Result:
    """The command as it runs in a process of its own: in its own application context."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=list(words), input=typed)


def add(app: Flask, *more: str, email: str = EMAIL, password: str = PASSWORD) -> Result:
    return run(app, "people", "add", email, "--name", "Ann", "--password", password, *more)


def test_a_user_is_added_and_can_sign_in(app: Flask, browser: Browser) -> None:
    result = add(app, "--role", "administrator")
    assert (result.exit_code, result.output) == (0, "User added.\n")
    assert acts() == ["user added"]
    assert sign_in(browser(), find(EMAIL)).get("/users").status_code == 200


def test_name_and_password_are_asked_for_and_the_password_is_not_shown(app: Flask) -> None:
    result = run(app, "people", "add", EMAIL, "--role", "manager", typed=f"Ann\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert find(EMAIL).name == "Ann"


def test_roles_are_given_for_the_services_named(app: Flask) -> None:
    parking, libraries = make_service(), make_service("libraries", "Libraries")
    result = add(app, "--role", "manager", "--role", "officer", "--service", "parking", "--service", "libraries")
    assert result.exit_code == 0, result.output
    assert {(grant.role, grant.service_id) for grant in find(EMAIL).grants} == {
        (role, service.id) for role in (Role.MANAGER, Role.OFFICER) for service in (parking, libraries)
    }


def test_a_service_that_is_not_there_is_told_with_those_that_are(app: Flask) -> None:
    make_service()
    result = add(app, "--role", "manager", "--service", "parkin")
    assert result.exit_code == 1
    assert "There is no service “parkin”. There are: parking." in result.output


def test_what_cannot_be_added_exits_with_words(app: Flask) -> None:
    make_user(Role.MANAGER, email=EMAIL)
    for result, words in (
        (add(app, "--role", "manager"), "There is already a user with this email address."),
        (add(app, "--role", "manager", email="ann"), "like name@example.gov.uk"),
        (add(app, "--role", "manager", "--name", "x" * 81, email="b@example.gov.uk"), "80 characters or less"),
        (add(app, "--role", "manager", email="other@example.gov.uk", password="short"), "12 characters or more"),
    ):
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert words in result.output
    assert add(app, "--role", "king").exit_code == 2
    assert acts() == ["user added"]


def test_a_service_is_added_once(app: Flask) -> None:
    assert run(app, "services", "add", "parking", "--name", "Parking").output == "Service added.\n"
    again = run(app, "services", "add", "parking", "--name", "Parking")
    assert (again.exit_code, again.output) == (1, "Error: There is already a service with this short name.\n")
    assert acts() == ["service added"]

"""A session is new at sign-in, ends when idle, old, signed out or revoked, and rides in a careful cookie."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys import create_app
from surveys.core.assets import asset_url
from surveys.core.db import db, transaction
from surveys.core.settings import read_settings
from surveys.people.accounts import change_user
from surveys.people.models import User
from surveys.people.passwords import PER_ACCOUNT
from surveys.people.roles import Role
from tests.makers.people import PASSWORD, make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import Browser, acts

NEW = "quite another set of words"
NINE = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as time:
        yield time


@pytest.fixture
def user(app: Flask) -> User:
    return make_user()


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def change_own(client: FlaskClient, current: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    response = client.post("/account", data={"current": current, "new": new})
    return response.status_code, text_of(response)


def test_what_was_in_the_session_before_is_gone_after_signing_in(client: FlaskClient, user: User) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client, user)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] == f"{user.id}.1"


def test_an_idle_session_ends(client: FlaskClient, user: User, clock: time_machine.Traveller) -> None:
    sign_in(client, user)
    clock.shift(timedelta(minutes=60))
    assert is_in(client)
    clock.shift(timedelta(minutes=60, seconds=1))
    assert not is_in(client)


def test_a_session_in_use_goes_on_until_it_is_old(
    client: FlaskClient, user: User, clock: time_machine.Traveller
) -> None:
    sign_in(client, user)
    for _ in range(24):
        assert is_in(client)
        clock.shift(timedelta(minutes=30))
    assert is_in(client)
    clock.shift(timedelta(seconds=1))
    assert not is_in(client)


def test_a_session_without_its_times_is_none(client: FlaskClient, user: User) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = f"{user.id}.1"
    assert not is_in(client)


@pytest.mark.parametrize("ticket", ["", "1", "1.", ".1", "x.1", "1.2", "999999.1", "-1.1"])
def test_a_ticket_that_is_nobodys_lets_nobody_in(
    client: FlaskClient, user: User, ticket: str, clock: time_machine.Traveller
) -> None:
    with client.session_transaction() as session:
        session.update(_user_id=ticket.replace("1", str(user.id), 1), began=NINE.timestamp(), used=NINE.timestamp())
    assert not is_in(client)


def test_signing_out_ends_the_session_and_is_recorded(client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    assert client.post("/sign-out").location == "/sign-in"
    assert not is_in(client)
    assert acts()[-1] == "signed out"


def test_a_link_cannot_sign_anybody_out(client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(browser: Browser, user: User) -> None:
    here, there = sign_in(browser(), user), sign_in(browser(), user)
    status, _ = change_own(here)
    assert status == 302
    assert "Password changed. Your other sessions have ended." in text_of(here.get("/account"))
    assert is_in(here)
    assert not is_in(there)
    assert acts()[-1] == "password set"
    answer = browser().post("/sign-in", data={"email": user.email, "password": NEW})
    assert answer.status_code == 302


def test_a_wrong_current_password_changes_nothing_and_counts_as_a_failed_try(client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    for _ in range(PER_ACCOUNT):
        status, words = change_own(client, current="not the password")
        assert status == 422
        assert "Current password is not right. Check it and try again." in words
    assert change_own(client)[0] == 429
    assert "password set" not in acts()


def test_a_weak_new_password_is_refused_beside_its_field(client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    response = client.post("/account", data={"current": PASSWORD, "new": "short"})
    assert response.status_code == 422
    field = soup(response).find("input", {"name": "new"})
    assert field is not None
    assert "Password must be 12 characters or more" in field.parent.get_text()
    assert is_in(client)


def test_a_closed_account_is_out_at_once(client: FlaskClient, user: User) -> None:
    manager = make_user(Role.MANAGER)
    sign_in(client, manager)
    with transaction():
        change_user(manager, manager.name, False, [(Role.MANAGER, None)])
    assert not is_in(client)


def test_a_role_taken_away_is_gone_at_the_next_page(client: FlaskClient, user: User) -> None:
    other = make_user(email="second@example.gov.uk")
    sign_in(client, other)
    assert client.get("/users").status_code == 200
    with transaction():
        change_user(other, other.name, True, [(Role.MANAGER, None)])
    assert client.get("/users").status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: FlaskClient, user: User) -> None:
    response = client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    cookies = response.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert cookies[0].startswith("fairly=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookies[0].split("; "))


def test_nobody_is_remembered_beyond_the_session(client: FlaskClient, user: User) -> None:
    client.set_cookie("remember_token", f"{user.id}.1|forged")
    assert not is_in(client)
    sign_in(client, user)
    assert all(cookie.key != "remember_token" or "forged" in cookie.value for cookie in client._cookies.values())


def test_an_asset_that_others_may_keep_carries_no_cookie(app: Flask, client: FlaskClient, user: User) -> None:
    sign_in(client, user)
    response = client.get(asset_url("console.css"))
    assert "public" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_in_production_the_cookie_is_for_this_host_over_https_only(tmp_path: Path) -> None:
    public = create_app(
        read_settings(
            instance_dir=tmp_path,
            database_url="",
            queue_url="",
            public_url="https://surveys.example.gov.uk",
            secret_key="qV7m2xR9tB4kLw8ZpY3sNc6HdJ1fGa5E0uTi",
            sms_sender="none",
            email_sender="none",
        )
    )
    response = public.test_client().get("/sign-in", base_url="https://surveys.example.gov.uk")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-fairly=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    with public.app_context():
        db.engine.dispose()


def test_a_form_over_https_needs_its_token_and_no_referer(
    app: Flask, client: FlaskClient, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our pages tell browsers to send no Referer, so a form that wanted one could never be sent."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    site = "https://surveys.example.gov.uk"
    token = soup(client.get("/sign-in", base_url=site)).find("input", {"name": "csrf_token"})
    assert token is not None
    form = {"email": user.email, "password": PASSWORD}
    assert client.post("/sign-in", data=form, base_url=site).status_code == 400
    assert client.post("/sign-in", data=form | {"csrf_token": str(token["value"])}, base_url=site).status_code == 302

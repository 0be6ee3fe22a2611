"""The door: who comes in, what the others are told, and the brake on guessing."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people import passwords
from surveys.people.accounts import change_user
from surveys.people.models import SignInFailure, User
from surveys.people.passwords import PER_ACCOUNT, PER_CALLER, note_failure
from surveys.people.roles import Role
from surveys.people.sign_in import own_address
from surveys.people.tasks import forget_failures
from tests.makers.people import PASSWORD, make_user
from tests.pages import soup, text_of
from tests.people.conftest import Browser, acts, last_entry

EMAIL = "administrator@example.gov.uk"
WRONG = "Email address or password is not right. Check both and try again."


def attempt(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **given: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password}, environ_overrides=given)


def failures() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(SignInFailure)) or 0


def fail(times: int, email: str, caller: str) -> None:
    with transaction():
        for _ in range(times):
            note_failure(email, caller)


def test_the_right_password_opens_the_console(client: FlaskClient) -> None:
    user = make_user()
    response = attempt(client)
    assert (response.status_code, response.location) == (302, "/")
    assert client.get("/users").status_code == 200
    entry = last_entry()
    assert (entry.action, entry.actor, entry.subject) == ("signed in", f"user:{user.id}", f"user:{user.id}")
    assert user.last_seen_at is not None


def test_an_email_address_may_be_typed_in_capitals_and_with_spaces(client: FlaskClient) -> None:
    make_user()
    assert attempt(client, f"  {EMAIL.upper()} ").status_code == 302


def test_who_is_signed_in_is_not_asked_again(client: FlaskClient) -> None:
    make_user()
    attempt(client)
    assert client.get("/sign-in").location == "/"


def test_wrong_unknown_and_closed_accounts_are_told_the_same(client: FlaskClient) -> None:
    make_user()
    closed = make_user(Role.MANAGER)
    with transaction():
        change_user(closed, closed.name, False, [(Role.MANAGER, None)])
    tries = [(EMAIL, "not the password"), ("nobody@example.gov.uk", PASSWORD), (closed.email, PASSWORD)]
    answers = [attempt(client, email, password) for email, password in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert all(WRONG in text_of(answer) for answer in answers)
    assert {answer.text.replace(email, "") for (email, _), answer in zip(tries, answers, strict=True)} == {
        answers[0].text.replace(EMAIL, "")
    }
    assert client.get("/users").status_code == 302
    assert "signed in" not in acts()


def test_an_unknown_account_costs_as_much_checking_as_a_known_one(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            checked.append(str(hash).rsplit("$", 2)[0])
            return super().verify(hash, password)  # type: ignore[return-value]

    monkeypatch.setattr(passwords, "hasher", Counting(time_cost=2, memory_cost=64))
    make_user()
    attempt(client, password="not the password")
    attempt(client, "nobody@example.gov.uk")
    assert len(checked) == 2
    assert checked[0] == checked[1]
    assert checked[0] == "$argon2id$v=19$m=64,t=2,p=4"


def test_a_failed_try_is_kept_though_nobody_came_in(client: FlaskClient) -> None:
    attempt(client, "nobody@example.gov.uk")
    assert failures() == 2
    kept = db.session.scalars(sa.select(SignInFailure.tried_hash)).all()
    assert all(len(one) == 16 and b"nobody" not in one for one in kept)


def test_an_empty_form_says_what_to_enter_and_is_no_try(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={})
    assert response.status_code == 422
    assert "Enter your email address" in text_of(response)
    assert failures() == 0


def test_an_account_is_shut_for_a_quarter_of_an_hour_after_too_many_failures(client: FlaskClient) -> None:
    make_user()
    with time_machine.travel(datetime(2026, 5, 1, 9, tzinfo=UTC), tick=False) as time:
        fail(PER_ACCOUNT - 1, EMAIL, "192.0.2.1")
        assert attempt(client, password="not the password").status_code == 422
        refused = attempt(client)
        assert refused.status_code == 429
        assert "Too many tries. Wait 15 minutes" in text_of(refused)
        time.shift(timedelta(minutes=15, seconds=1))
        assert attempt(client).status_code == 302


def test_a_shut_account_does_not_shut_the_others(client: FlaskClient) -> None:
    make_user()
    fail(PER_ACCOUNT, "other@example.gov.uk", "192.0.2.1")
    assert attempt(client).status_code == 302


def test_a_caller_is_shut_out_whatever_account_it_tries(client: FlaskClient) -> None:
    make_user()
    for number in range(PER_CALLER):
        fail(1, f"user{number}@example.gov.uk", "192.0.2.1")
    assert attempt(client, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert attempt(client, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_refused_try_is_not_counted_again(client: FlaskClient) -> None:
    fail(PER_ACCOUNT, EMAIL, "192.0.2.1")
    before = failures()
    assert attempt(client).status_code == 429
    assert failures() == before


def test_coming_in_forgets_the_failures_of_the_account_only(client: FlaskClient) -> None:
    make_user()
    fail(PER_ACCOUNT - 1, EMAIL, "127.0.0.1")
    attempt(client)
    assert failures() == PER_ACCOUNT - 1
    assert attempt(client, password="not the password").status_code == 422


def test_old_failures_are_let_go_of(app: Flask) -> None:
    with transaction():
        db.session.add_all(
            [SignInFailure(tried_hash=b"x", at=now() - timedelta(minutes=minutes)) for minutes in (0, 59, 61, 9999)]
        )
    forget_failures()
    assert failures() == 2


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "//[",
        "http://[::1",
        "",
    ],
)
def test_a_sign_in_leads_nowhere_but_to_this_site(wanted: str) -> None:
    assert own_address(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/users", "/audit?before=3", "/rates.csv?from=2026-01-01&to=2026-02-01"])
def test_a_sign_in_leads_back_to_where_it_was_asked_for(wanted: str) -> None:
    assert own_address(wanted) == wanted


def test_the_form_remembers_where_to_go(client: FlaskClient) -> None:
    make_user()
    door = client.get("/audit?before=3").location
    form = soup(client.get(door)).find("form", action=lambda action: action != "/sign-out")
    assert form is not None
    assert form.get("action") in (None, "", door)
    answer = client.post(door, data={"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/audit?before=3"


def test_a_hostile_link_to_the_door_leads_home(client: FlaskClient) -> None:
    make_user()
    answer = client.post("/sign-in?next=//evil.example/users", data={"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/"


def test_an_address_with_a_control_letter_is_just_not_right(client: FlaskClient, browser: Browser) -> None:
    for email in ("a\x00b@example.gov.uk", "é" * 100, "' OR 1=1 --"):
        assert attempt(browser(), email).status_code in (400, 422)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 0

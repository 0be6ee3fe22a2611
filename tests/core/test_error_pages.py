"""Refusals and failures reach people as a page and programs as JSON, never as a stack trace."""

import json
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask, redirect, request
from flask.testing import FlaskClient
from werkzeug.exceptions import abort

from surveys.core import refusals
from surveys.core.db import db
from surveys.people.models import Service
from surveys.people.roles import Role
from tests.core.conftest import MakeApp, breaking
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

STATUSES = [
    (refusals.Refused, 422),
    (refusals.NotFound, 404),
    (refusals.NotAllowed, 403),
    (refusals.Conflict, 409),
    (refusals.TooMany, 429),
    (refusals.TooLarge, 413),
    (refusals.Gone, 410),
]
JSON = {"Accept": "application/json"}


class StaleFile(refusals.Conflict):
    """A refusal of some package's own."""


@pytest.mark.parametrize(("kind", "status"), [*STATUSES, (StaleFile, 409)])
def test_a_refusal_is_a_page_with_its_words(make_app: MakeApp, kind: type[refusals.Refused], status: int) -> None:
    response = breaking(make_app(), kind("Choose <another> file.")).test_client().get("/healthz")
    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert "Choose <another> file." in text_of(response)


@pytest.mark.parametrize(("kind", "status"), [*STATUSES, (refusals.SignInNeeded, 401)])
def test_a_program_gets_the_refusal_as_json(make_app: MakeApp, kind: type[refusals.Refused], status: int) -> None:
    response = breaking(make_app(), kind("Choose another file.")).test_client().get("/healthz", headers=JSON)
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.get_json()["what_to_do"] == "Choose another file."


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/hooks/nothing"])
def test_programs_doors_always_speak_json(make_app: MakeApp, path: str) -> None:
    response = make_app().test_client().get(path, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (404, "application/json")


def test_a_browser_that_also_takes_json_gets_a_page(make_app: MakeApp) -> None:
    accept = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"
    assert make_app().test_client().get("/nothing", headers={"Accept": accept}).mimetype == "text/html"


def test_who_is_not_signed_in_is_led_to_the_door_and_back(make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get("/audit?before=3").location == "/sign-in?next=/audit?before%3D3"
    assert client.get("/audit").location == "/sign-in?next=/audit"
    assert client.get("/audit", headers=JSON).status_code == 401


def test_a_form_sent_without_signing_in_is_refused_and_not_led_away(make_app: MakeApp) -> None:
    app = make_app()
    app.config["WTF_CSRF_ENABLED"] = False
    response = app.test_client().post("/users/new", data={"name": "Jane"})
    assert response.status_code == 401
    assert "Sign in" in text_of(response)


def test_a_page_that_is_not_there_says_what_to_check(make_app: MakeApp) -> None:
    response = make_app().test_client().get("/nothing")
    assert response.status_code == 404
    assert "If you typed the web address, check it is correct." in text_of(response)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
def test_a_number_no_row_can_have_is_a_page_that_is_not_there(make_app: MakeApp, number: int) -> None:
    assert make_app().test_client().get(f"/users/{number}").status_code == 404


def test_a_method_that_is_not_taken_is_told_with_those_that_are(make_app: MakeApp) -> None:
    response = make_app().test_client().delete("/healthz")
    assert response.status_code == 405
    assert "Go back and use the buttons" in text_of(response)
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}


PART = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
TOO_MUCH = {
    "a long form": ("application/x-www-form-urlencoded", b"email=" + b"a" * 1_000_000),
    "a file": ("multipart/form-data; boundary=x", PART % (b"a", b'; filename="a"', b"a" * 1_000_000) + b"--x--"),
    "many parts": ("multipart/form-data; boundary=x", PART % (b"a", b"", b"a") * 1500 + b"--x--"),
}


@pytest.mark.parametrize(("kind", "body"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_more_than_a_public_form_holds_is_refused(make_app: MakeApp, kind: str, body: bytes) -> None:
    response = make_app().test_client().post("/sign-in", input_stream=BytesIO(body), content_type=kind)
    assert response.status_code == 413
    assert "Send a smaller file." in text_of(response)


def test_a_file_of_somebody_not_let_in_is_not_even_read(make_app: MakeApp) -> None:
    read: list[int] = []

    class Watched(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            read.append(size or 0)
            return super().read(size)

    response = (
        make_app()
        .test_client()
        .post("/contacts", input_stream=Watched(b"x" * 5_000_000), content_type="multipart/form-data; boundary=x")
    )
    assert (response.status_code, read) == (401, [])


def test_a_form_without_its_token_says_to_reload_and_changes_nothing(make_app: MakeApp) -> None:
    response = make_app().test_client().post("/sign-in", data={"email": "a@example.gov.uk", "password": "b"})
    assert response.status_code == 400
    assert "The page was open for too long. Go back, reload it and try again." in text_of(response)


def test_a_failure_shows_and_logs_nothing_of_its_text(make_app: MakeApp, capfd: pytest.CaptureFixture[str]) -> None:
    app = breaking(make_app(), ValueError("jane.resident@example.com lives at 1 High Street"))
    response = app.test_client().get("/healthz?token=unspoken")
    assert response.status_code == 500
    assert "Try again later." in text_of(response)
    told = capfd.readouterr().err
    line = json.loads(told.strip().splitlines()[-1])
    assert (line["error"], line["endpoint"]) == ("ValueError", "health.alive")
    assert line["place"].startswith("conftest.py:")
    for secret in ("jane", "High Street", "unspoken", "Traceback"):
        assert secret not in response.text + told


def test_a_failure_of_a_programs_door_is_json(make_app: MakeApp) -> None:
    response = breaking(make_app(), ValueError("inside")).test_client().get("/healthz", headers=JSON)
    assert (response.status_code, response.get_json()["error"]) == (500, "There is a problem with the service")


def test_any_other_status_has_words_too(make_app: MakeApp) -> None:
    app = make_app()
    app.view_functions["health.alive"] = lambda: abort(int(request.args["status"]))
    for status in (400, 406, 415, 418, 501):
        response = app.test_client().get(f"/healthz?status={status}")
        assert response.status_code == status
        assert text_of(response)


def test_a_redirect_is_not_an_error(make_app: MakeApp) -> None:
    app = make_app()
    app.view_functions["health.alive"] = lambda: abort(redirect("/elsewhere"))
    assert app.test_client().get("/healthz").location == "/elsewhere"


def test_a_database_that_is_away_is_told_even_to_those_signed_in(make_app: MakeApp) -> None:
    app = make_app(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": "1.1", "began": 4e9, "used": 4e9})
    response = client.get("/users")
    assert response.status_code == 503
    assert "Try again in a few minutes." in text_of(response)


def test_a_full_pool_is_told_as_away(make_app: MakeApp) -> None:
    app = breaking(make_app(), sa.exc.TimeoutError("QueuePool limit"))
    assert app.test_client().get("/healthz").status_code == 503


def test_a_row_the_database_refuses_is_a_failure_without_its_values(
    app: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    def add_twice() -> str:
        db.session.add_all([Service(slug="jane-resident", name="x", area="", active=True) for _ in range(2)])
        db.session.flush()
        return "added"

    before = app.view_functions["health.alive"]
    app.view_functions["health.alive"] = add_twice
    try:
        response = app.test_client().get("/healthz")
    finally:
        app.view_functions["health.alive"] = before
    assert response.status_code == 500
    assert "jane-resident" not in response.text + capfd.readouterr().err


def test_text_with_a_nul_is_refused_and_not_a_failure(app: Flask) -> None:
    form = {"email": "a\x00b@example.gov.uk", "password": "four random words here"}
    assert app.test_client().post("/sign-in", data=form).status_code in (400, 422)


@pytest.mark.parametrize("path", ["/nothing", "/cases/999"])
def test_staff_are_refused_within_the_console(client: FlaskClient, path: str) -> None:
    sign_in(client, make_user(Role.MANAGER))
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/cases"' in response.text
    assert 'href="/users"' not in response.text


def test_a_resident_s_page_is_refused_as_residents_see_it_whoever_is_signed_in(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert 'href="/cases"' not in client.get("/s/nothing").text

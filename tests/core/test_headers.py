"""Every kind of response carries the security headers."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.headers import FIXED, NOT_FOUND, script_nonce
from tests.core.conftest import MakeApp, breaking

EVERYWHERE = {**FIXED, NOT_FOUND[0]: NOT_FOUND[1]}
KINDS = {
    "a page": "/sign-in",
    "json": "/healthz",
    "a page that is not there": "/no/such/page",
    "a redirect": "/users",
    "an asset": "/assets/x/resident.css",
    "a packaged asset": "/bootstrap/static/css/bootstrap.min.css",
}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_response_has_the_headers(make_app: MakeApp, path: str) -> None:
    response = make_app().test_client().get(path, buffered=True)
    assert response.status_code in (200, 302, 404)
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe-inline" not in policy
    assert "nonce" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_failure_has_the_headers_too(make_app: MakeApp) -> None:
    response = breaking(make_app(), ValueError("inside")).test_client().get("/healthz")
    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "Content-Security-Policy" in response.headers


def test_a_nonce_stands_in_the_policy_only_where_a_script_asks_and_is_new_each_time(make_app: MakeApp) -> None:
    app = make_app()
    app.view_functions["health.alive"] = lambda: {"nonce": script_nonce()}
    client, seen = app.test_client(), set()
    for _ in range(3):
        response = client.get("/healthz")
        nonce = response.get_json()["nonce"]
        assert f"script-src 'self' 'nonce-{nonce}';" in response.headers["Content-Security-Policy"]
        assert re.fullmatch(r"[\w-]{22}", nonce)
        seen.add(nonce)
    assert len(seen) == 3


def test_pages_are_not_kept_by_anybody(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_https_is_insisted_on_in_production_only(make_app: MakeApp, app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers
    public = make_app(
        queue_url="",
        public_url="https://surveys.example.gov.uk",
        secret_key="qV7m2xR9tB4kLw8ZpY3sNc6HdJ1fGa5E0uTi",
        sms_sender="none",
        email_sender="none",
    )
    assert public.test_client().get("/healthz").headers["Strict-Transport-Security"].startswith("max-age=31536000")

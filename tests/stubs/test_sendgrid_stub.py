"""The stub takes and refuses what SendGrid's mail/send would."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from tests.stubs.running import RunningStub, running_stub

OFF = {name: {"enable": False} for name in ("click_tracking", "open_tracking", "subscription_tracking")}
PLAIN = {"type": "text/plain", "value": "How was it?"}
HTML = {"type": "text/html", "value": "<p>How was it?</p>"}


@pytest.fixture(scope="module")
def stub() -> Iterator[RunningStub]:
    with running_stub(thread=True) as stub:
        yield stub


def mail(**given: Any) -> dict[str, Any]:
    usual = {
        "personalizations": [{"to": [{"email": "Jo@example.com"}], "custom_args": {"c": "corr-1"}}],
        "from": {"email": "surveys@council.example", "name": "Council"},
        "subject": "How was it?",
        "content": [PLAIN, HTML],
        "tracking_settings": OFF,
    }
    return {**usual, **given}


def post(stub: RunningStub, body: object, key: str = "SG.the-key") -> urllib3.BaseHTTPResponse:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return urllib3.request("POST", f"{stub.address}/v3/mail/send", body=json.dumps(body), headers=headers)


def test_a_mail_is_accepted_with_an_id_and_a_line_in_the_ledger(stub: RunningStub) -> None:
    answer = post(stub, mail())
    kept = stub.messages()[-1]
    assert (answer.status, answer.data) == (202, b"")
    assert (kept.id, kept.address) == (answer.headers["X-Message-Id"], "jo@example.com")
    assert (kept.body, kept.correlation) == ("How was it?", "corr-1")


def test_another_key_is_refused(stub: RunningStub) -> None:
    assert post(stub, mail(), key="SG.another").status == 401


def test_sandbox_mode_checks_and_sends_nothing(stub: RunningStub) -> None:
    before = len(stub.messages())
    assert post(stub, mail(mail_settings={"sandbox_mode": {"enable": True}})).status == 200
    assert len(stub.messages()) == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"personalizations": []}, "personalizations"),
        ({"personalizations": [{"to": []}]}, "personalizations.0.to"),
        ({"personalizations": [{"to": [{"email": "nobody"}]}]}, "personalizations.0.to.email"),
        ({"personalizations": [{"to": [{"email": "a@b.example"}], "custom_args": {"c": 1}}]},
         "personalizations.0.custom_args"),
        ({"custom_args": "c=1"}, "custom_args"),
        ({"from": {}}, "from.email"),
        ({"subject": ""}, "subject"),
        ({"content": [HTML, PLAIN]}, "content"),
        ({"content": [{"type": "text/plain", "value": ""}]}, "content.0.value"),
        ({"headers": {"Subject": "x"}}, "headers.Subject"),
        ({"headers": {"X-One": 1}}, "headers"),
        ({"tracking_settings": {}}, "tracking_settings.click_tracking.enable"),
        ({"tracking": False}, "tracking"),
    ],
)  # fmt: skip
def test_what_sendgrid_would_not_take_is_refused_by_its_field(
    stub: RunningStub, given: dict[str, Any], field: str
) -> None:
    answer = post(stub, mail(**given))
    assert answer.status == 400
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("body", [[], "mail", 7, None, {"personalizations": "x", "content": "y"}])
def test_what_is_no_mail_at_all_is_refused(stub: RunningStub, body: object) -> None:
    assert post(stub, body).status == 400


def test_tracking_is_let_be_where_it_is_not_to_be_checked() -> None:
    with running_stub(thread=True, faults={"tracking_must_be_off": False}) as stub:
        assert post(stub, mail(tracking_settings={})).status == 202

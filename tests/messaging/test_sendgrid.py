"""SendGrid's official client against a fake on the wire: every answer becomes one of four outcomes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from surveys.messaging import http_pool
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Message, NotSent, Rejected, Sent, Uncertain
from surveys.messaging.sendgrid_email import SendGridEmail, wait_asked
from tests.messaging.wire import Reply, closed_port, provider_that

STOP = "https://surveys.example/stop/" + "a" * 60
EMAIL = Message(
    Medium.EMAIL,
    "a@example.com",
    "Ateb: https://surveys.example/s/abc ŵ",
    "corr-1",
    "Eich cyswllt\r\nBcc: x",
    "<p>ŵ</p>",
    STOP,
)
MOMENT = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
TAKEN = Reply(202, "", headers={"X-Message-Id": "14c5d75ce93"})


def sender(url: str, sandbox: bool = False) -> SendGridEmail:
    return SendGridEmail("SG.key", url, "surveys@barset.example", "Barset Council", sandbox)


def outcome(reply: Reply) -> Sent:
    with provider_that(reply) as provider:
        found = sender(provider.url).send(EMAIL)
        assert len(provider.requests) == 1, "the client must never try again by itself"
        return found


def sent_body(message: Message = EMAIL, sandbox: bool = False) -> dict[str, Any]:
    with provider_that(TAKEN) as provider:
        sender(provider.url, sandbox).send(message)
    body: dict[str, Any] = json.loads(provider.requests[0].text)
    return body


def faults(*fields: str) -> str:
    return json.dumps(
        {"errors": [{"message": "in SendGrid's words", "field": field, "help": None} for field in fields]}
    )


def test_an_email_goes_out_as_sendgrid_wants_it() -> None:
    with provider_that(TAKEN) as provider:
        assert sender(provider.url).send(EMAIL) == Accepted("14c5d75ce93")
    (request,) = provider.requests
    assert (request.method, request.path, request.bearer) == ("POST", "/v3/mail/send", "SG.key")
    assert json.loads(request.text) == {
        "personalizations": [{"to": [{"email": "a@example.com"}], "custom_args": {"correlation": "corr-1"}}],
        "from": {"email": "surveys@barset.example", "name": "Barset Council"},
        "subject": "Eich cyswllt Bcc: x",
        "content": [
            {"type": "text/plain", "value": EMAIL.body},
            {"type": "text/html", "value": "<p>ŵ</p>"},
        ],
        "headers": {
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{STOP}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        "mail_settings": {"sandbox_mode": {"enable": False}},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
        },
    }


def test_an_email_without_html_or_a_way_to_stop_has_no_empty_parts() -> None:
    body = sent_body(Message(Medium.EMAIL, "a@example.com", "words", "corr-1", "A subject"))
    assert [part["type"] for part in body["content"]] == ["text/plain"]
    assert list(body["headers"]) == ["Auto-Submitted"]


def test_the_sandbox_is_asked_for_where_the_settings_say_so() -> None:
    assert sent_body(sandbox=True)["mail_settings"] == {"sandbox_mode": {"enable": True}}
    assert outcome(Reply(200, "")) == Accepted("corr-1")


def test_the_base_address_may_have_a_path() -> None:
    with provider_that(TAKEN) as provider:
        sender(f"{provider.url}/proxy/").send(EMAIL)
    assert provider.requests[0].path == "/proxy/v3/mail/send"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (TAKEN, Accepted("14c5d75ce93")),
        (Reply(400, faults("content")), Rejected("400")),
        (Reply(400, faults("personalizations.0.to.0.email")), Rejected("400", "unusable")),
        (Reply(400, faults("from.email")), NotSent("400", stops_run=True)),
        (Reply(400, "<html>"), Rejected("400")),
        (Reply(400, "[]"), Rejected("400")),
        (Reply(400, '{"errors": [42]}'), Rejected("400")),
        (Reply(400, '{"errors": [{"field": null}]}'), Rejected("400")),
        (Reply(401, faults("")), NotSent("401", stops_run=True)),
        (Reply(403, faults("from")), NotSent("403", stops_run=True)),
        (Reply(404, ""), NotSent("404", stops_run=True)),
        (Reply(408, ""), Uncertain("408")),
        (Reply(413, "<html>nginx</html>"), Rejected("413")),
        (Reply(415, ""), Rejected("415")),
        (Reply(422, ""), Rejected("422")),
        (Reply(429, ""), NotSent("429")),
        (Reply(429, "", headers={"Retry-After": "17"}), NotSent("429", retry_after=17.0)),
        (Reply(500, faults("")), Uncertain("500")),
        (Reply(502, ""), Uncertain("502")),
        (Reply(503, ""), Uncertain("503")),
        (Reply(302, "", headers={"Location": "http://127.0.0.1:9/"}), Uncertain("302")),
        (Reply(204, ""), Uncertain("204")),
        (Reply(drops=True), Uncertain("connection-lost")),
    ],
)
def test_each_answer_of_the_provider_is_one_of_four_outcomes(reply: Reply, expected: Sent) -> None:
    assert outcome(reply) == expected


def test_a_provider_that_says_nothing_leaves_it_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_pool, "READ_SECONDS", 0.2)
    assert outcome(Reply(hangs=True)) == Uncertain("timed-out")


def test_a_connection_that_never_stood_carried_nothing() -> None:
    assert sender(f"http://127.0.0.1:{closed_port()}").send(EMAIL) == NotSent("not-connected")


def test_one_sender_serves_many_threads_and_mixes_nothing_up() -> None:
    emails = [Message(Medium.EMAIL, f"n{n}@example.com", "words", f"corr-{n}", "A subject") for n in range(40)]
    with provider_that(*[TAKEN] * 40) as provider:
        shared = sender(provider.url)
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(shared.send, emails)) == {Accepted("14c5d75ce93")}
    people = [json.loads(request.text)["personalizations"][0] for request in provider.requests]
    assert sorted((p["to"][0]["email"], p["custom_args"]["correlation"]) for p in people) == sorted(
        (email.recipient, email.correlation) for email in emails
    )
    assert len({request.peer for request in provider.requests}) <= 8


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "999999"}, 3600.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"X-RateLimit-Reset": str(int(MOMENT.timestamp()) + 12)}, 12.0),
        ({"X-RateLimit-Reset": "12"}, 0.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT", "X-RateLimit-Reset": "12"}, 0.0),
    ],
)
def test_the_wait_that_is_asked_for_is_kept_within_reason(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_asked(headers, MOMENT) == seconds


def test_nobody_can_be_asked_about_an_email() -> None:
    assert sender("http://127.0.0.1:1").find(EMAIL, MOMENT) == CannotTell()

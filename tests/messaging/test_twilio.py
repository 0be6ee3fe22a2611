"""Twilio's official client against a fake on the wire: every answer becomes one of four outcomes."""

import pytest

from surveys.messaging import http_pool
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sent, Uncertain
from surveys.messaging.twilio_sms import TwilioSms
from tests.messaging.wire import Reply, closed_port, created, problem, provider_that, refused

ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "0" * 32
SMS = Message(Medium.SMS, "+447700900001", "Council: answer 1 question – diolch", "corr-1")


def sender(url: str, status_url: str = "") -> TwilioSms:
    return TwilioSms(ACCOUNT, "the-token", SERVICE, url, status_url)


def outcome(reply: Reply) -> Sent:
    with provider_that(reply) as provider:
        found = sender(provider.url).send(SMS)
        assert len(provider.requests) == 1, "the client must never try again by itself"
        return found


def test_a_message_goes_out_as_twilio_wants_it() -> None:
    with provider_that(created("SM7")) as provider:
        assert sender(provider.url).send(SMS) == Accepted("SM7")
    (request,) = provider.requests
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert (request.account, request.secret) == (ACCOUNT, "the-token")
    assert request.form == {
        "To": "+447700900001",
        "Body": "Council: answer 1 question – diolch",
        "MessagingServiceSid": SERVICE,
        "ValidityPeriod": "14400",
    }


def test_the_base_address_may_have_a_path() -> None:
    with provider_that(created()) as provider:
        sender(f"{provider.url}/proxy/").send(SMS)
    assert provider.requests[0].path == f"/proxy/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_the_receipt_address_carries_the_correlation() -> None:
    with provider_that(created()) as provider:
        sender(provider.url, "https://surveys.example/hooks/twilio/status").send(SMS)
    assert (
        provider.requests[0].form["StatusCallback"]
        == "https://surveys.example/hooks/twilio/status?c=corr-1#rc=3&rp=5xx,ct,rt"
    )


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (created("SM9"), Accepted("SM9")),
        (refused(400, 21610), Rejected("21610", "opted_out")),
        (refused(400, 21211), Rejected("21211", "unusable")),
        (refused(400, 21614), Rejected("21614", "unusable")),
        (refused(400, 21617), Rejected("21617")),
        (refused(400, 99999), Rejected("99999")),
        (refused(400, 21611), NotSent("21611")),
        (refused(429, 20429), NotSent("20429")),
        (Reply(429, ""), NotSent("429")),
        (refused(401, 20003), NotSent("20003", stops_run=True)),
        (refused(404, 20404), NotSent("20404", stops_run=True)),
        (refused(400, 21212), NotSent("21212", stops_run=True)),
        (refused(400, 21408), NotSent("21408", stops_run=True)),
        (refused(400, 21606), NotSent("21606", stops_run=True)),
        (refused(400, 21608), NotSent("21608", stops_run=True)),
        (Reply(403, "<html>Forbidden</html>"), NotSent("403", stops_run=True)),
        (refused(500, 20500), Uncertain("20500")),
        (refused(503, 20503), Uncertain("20503")),
        (Reply(502, "<html>Bad gateway</html>"), Uncertain("502")),
        (refused(400, 20500), Uncertain("20500")),
        (refused(500, 21211), Uncertain("21211")),
        (Reply(408, ""), Uncertain("408")),
        (Reply(302, "", headers={"Location": "http://127.0.0.1:9/"}), Uncertain("302")),
    ],
)
def test_each_answer_of_the_provider_is_one_of_four_outcomes(reply: Reply, expected: Sent) -> None:
    assert outcome(reply) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (problem(400, 21211), Rejected("21211", "unusable")),
        (problem(429, 20429), NotSent("20429")),
        (problem(401, 20003), NotSent("20003", stops_run=True)),
        (problem(500, 20500), Uncertain("20500")),
    ],
)
def test_the_newer_problem_bodies_are_understood_too(reply: Reply, expected: Sent) -> None:
    assert outcome(reply) == expected


@pytest.mark.parametrize("body", ["", "not json", "[]", "null", "42", '{"sid": null}', "{}", '{"sid": "SM1"'])
def test_a_success_in_words_that_cannot_be_read_is_uncertain(body: str) -> None:
    assert isinstance(outcome(Reply(201, body)), Uncertain)


@pytest.mark.parametrize("body", ["", "not json", "[]", "null", '{"code": "abc"}', '{"code": null}'])
def test_a_refusal_in_words_that_cannot_be_read_keeps_its_status(body: str) -> None:
    assert isinstance(outcome(Reply(400, body)), Rejected)
    assert isinstance(outcome(Reply(500, body)), Uncertain)


def test_a_provider_that_says_nothing_leaves_it_uncertain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_pool, "READ_SECONDS", 0.2)
    assert outcome(Reply(hangs=True)) == Uncertain("timed-out")


def test_a_connection_that_breaks_after_the_request_leaves_it_uncertain() -> None:
    assert outcome(Reply(drops=True)) == Uncertain("connection-lost")


def test_a_connection_that_never_stood_carried_nothing() -> None:
    assert sender(f"http://127.0.0.1:{closed_port()}").send(SMS) == NotSent("not-connected")


def test_a_connection_that_is_not_encrypted_as_expected_carried_nothing() -> None:
    with provider_that(created()) as provider:
        assert sender(provider.url.replace("http://", "https://")).send(SMS) == NotSent("not-connected")


def test_a_message_shown_in_a_log_or_a_trace_hides_the_person() -> None:
    assert "+447700900001" not in repr(SMS)
    assert "answer 1 question" not in repr(SMS)

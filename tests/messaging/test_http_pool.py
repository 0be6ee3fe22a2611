"""Connections are kept, shared by threads, and never try anything twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import urllib3

from surveys.messaging.http_pool import HttpPool, NeverStood, outcome_of_lost
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Sent
from surveys.messaging.twilio_http import target_of
from surveys.messaging.twilio_sms import TELL_AGAIN, TwilioSms
from tests.messaging.wire import Reply, closed_port, created, provider_that


def text(number: int) -> Message:
    return Message(Medium.SMS, f"+4477009{number:05}", "words", f"corr-{number}")


def test_one_connection_carries_message_after_message() -> None:
    with provider_that(*[created(f"SM{n}") for n in range(5)]) as provider:
        sender = TwilioSms("AC1", "token", "MG1", provider.url, "")
        assert [sender.send(text(n)) for n in range(5)] == [Accepted(f"SM{n}") for n in range(5)]
    assert len({request.peer for request in provider.requests}) == 1


def test_one_sender_serves_many_threads_and_mixes_nothing_up() -> None:
    threads = 8
    start = Barrier(threads)
    with provider_that(*[created(f"SM{n}") for n in range(64)]) as provider:
        sender = TwilioSms("AC1", "token", "MG1", provider.url, "https://a.uk/hooks", threads)

        def send_eight(first: int) -> list[Sent]:
            start.wait(10)
            return [sender.send(text(first * 8 + n)) for n in range(8)]

        with ThreadPoolExecutor(threads) as pool:
            outcomes = [outcome for some in pool.map(send_eight, range(threads)) for outcome in some]
    assert sorted(o.reference for o in outcomes if isinstance(o, Accepted)) == sorted(f"SM{n}" for n in range(64))
    assert sorted((r.form["To"], r.form["StatusCallback"]) for r in provider.requests) == [
        (f"+4477009{n:05}", f"https://a.uk/hooks?c=corr-{n}{TELL_AGAIN}") for n in range(64)
    ]
    assert len({request.peer for request in provider.requests}) <= threads


def test_a_connection_that_broke_is_replaced_for_the_next_message() -> None:
    with provider_that(Reply(drops=True), created("SM2")) as provider:
        sender = TwilioSms("AC1", "token", "MG1", provider.url, "")
        sender.send(text(1))
        assert sender.send(text(2)) == Accepted("SM2")
    assert len(provider.requests) == 2


def test_the_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    with provider_that(created("SM1")) as provider:
        assert TwilioSms("AC1", "token", "MG1", provider.url, "").send(text(1)) == Accepted("SM1")


@pytest.mark.parametrize("host", ["nobody.invalid", "127.0.0.1:1"])
def test_a_name_or_a_port_that_does_not_answer_carried_nothing(host: str) -> None:
    with pytest.raises(NeverStood) as lost:
        HttpPool(f"http://{host}").request("POST", "/", {}, b"words")
    assert outcome_of_lost(lost.value) == NotSent("not-connected")


def test_every_step_has_a_time_out() -> None:
    for scheme in ("http", "https"):
        timeout = HttpPool(f"{scheme}://127.0.0.1:1").pool.timeout
        assert isinstance(timeout, urllib3.Timeout)
        assert 0 < float(timeout.connect_timeout or 0) <= 10
        assert 0 < float(timeout.read_timeout or 0) <= 30


def test_a_path_and_its_query_reach_the_wire_whole() -> None:
    assert target_of("https://a/b.json", {"To": "+44 7", "DateSent>": "x"}) == "/b.json?To=%2B44+7&DateSent%3E=x"
    assert target_of("https://a/b.json?Page=1", {"n": [1, 2]}) == "/b.json?Page=1&n=1&n=2"
    assert target_of("https://a/b.json", None) == "/b.json"

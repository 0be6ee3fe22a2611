"""Asking Twilio whether an uncertain text is there: by the survey link among the texts to that number."""

from datetime import UTC, datetime

import pytest

from surveys.messaging import twilio_sms
from surveys.messaging.http_pool import READ_SECONDS
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import CannotTell, Found, Message, Missing, Search
from surveys.messaging.twilio_sms import TwilioSms
from tests.messaging.wire import Provider, Reply, closed_port, listing, provider_that, refused

LINK = "https://surveys.example/s/abcDEF123456"
TEXT = Message(Medium.SMS, "+447700900001", f"Council: answer 1 question: {LINK}. Diolch", "corr-1")
SINCE = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
ACCOUNT = "AC" + "0" * 32


def asked(provider: Provider, message: Message = TEXT) -> Search:
    return TwilioSms(ACCOUNT, "the-token", "MG1", provider.url, "").find(message, SINCE)


def found_in(*replies: Reply) -> Search:
    with provider_that(*replies) as provider:
        return asked(provider)


def test_it_asks_for_the_texts_to_that_number_since_the_try_and_sends_nothing() -> None:
    with provider_that(listing()) as provider:
        assert asked(provider) == Missing()
    (request,) = provider.requests
    assert (request.method, request.path) == ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert request.query == {"To": "+447700900001", "DateSent>": "2026-11-02T10:25:00Z", "PageSize": "100"}
    assert (request.account, request.secret) == (ACCOUNT, "the-token")


def test_a_text_with_the_survey_s_link_is_the_one() -> None:
    assert found_in(listing(("SM1", "another"), ("SM2", f"Trial account - see {LINK}"))) == Found("SM2")


@pytest.mark.parametrize("words", ["", f"{LINK}7", LINK[:-1], LINK.lower(), "https://surveys.example/s/"])
def test_a_text_with_another_link_is_not_the_one(words: str) -> None:
    assert found_in(listing(("SM1", words))) == Missing()


def test_every_page_is_read() -> None:
    second = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1&PageToken=PASM1"
    with provider_that(listing(("SM1", "x"), more=second), listing(("SM2", LINK))) as provider:
        assert asked(provider) == Found("SM2")
    assert provider.requests[1].query == {"Page": "1", "PageToken": "PASM1"}


def test_a_list_without_end_is_given_up_and_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio_sms, "MOST_LISTED", 4)
    page = listing(("SM1", "x"), ("SM2", "y"), more="/2010-04-01/again")
    with provider_that(*[page] * 9) as provider:
        assert asked(provider) == CannotTell()
    assert len(provider.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        refused(401, 20003),
        refused(429, 20429),
        refused(500, 20500),
        Reply(200, ""),
        Reply(200, "[]"),
        Reply(200, "null"),
        Reply(200, "{}"),
        Reply(200, '{"messages": null}'),
        Reply(200, '{"messages": [42]}'),
        Reply(drops=True),
    ],
)
def test_an_answer_that_is_no_list_proves_nothing(reply: Reply) -> None:
    assert found_in(reply) == CannotTell()


def test_a_provider_that_is_away_proves_nothing() -> None:
    assert asked(Provider([], url=f"http://127.0.0.1:{closed_port()}")) == CannotTell()
    assert READ_SECONDS <= 30


def test_a_message_without_a_link_cannot_be_told_from_others() -> None:
    with provider_that() as provider:
        assert asked(provider, Message(Medium.SMS, "+447700900001", "no link", "c")) == CannotTell()
    assert provider.requests == []

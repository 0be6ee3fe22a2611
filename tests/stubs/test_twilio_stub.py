"""The stub takes and refuses what Twilio's Messages API would, as the official client sees it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from surveys.core.clock import now
from tests.stubs.aimed import bare_client
from tests.stubs.ledger import Kind
from tests.stubs.running import RunningStub, running_stub

PERSON = "+447700900001"


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningStub]:
    with running_stub(thread=True, faults={"receipt_seconds": 0.0}) as stub:
        yield stub


@pytest.fixture
def stub(shared: RunningStub) -> RunningStub:
    """One stub for all: what is asked of it names what it just did."""
    shared.say(PERSON, "START")
    return shared


def client(stub: RunningStub, user: str = "", secret: str = "") -> Client:
    return bare_client(stub.address, stub.options, user, secret)


def send(stub: RunningStub, **given: Any) -> Any:
    chosen = {"to": PERSON, "body": "How was it?", "messaging_service_sid": stub.options.service, **given}
    return client(stub).messages.create(**{name: value for name, value in chosen.items() if value is not None})


def test_each_message_has_an_id_of_its_own_and_a_line_in_the_ledger(stub: RunningStub) -> None:
    sids = {send(stub, body=f"number {n}", status_callback="http://127.0.0.1:9/s?c=abc").sid for n in range(3)}
    kept = stub.messages()[-3:]
    assert {entry.id for entry in kept} == sids
    assert [(entry.address, entry.body, entry.correlation) for entry in kept] == [
        (PERSON, f"number {n}", "abc") for n in range(3)
    ]
    assert kept[0].order < kept[1].order < kept[2].order


def test_an_api_key_opens_the_account_too(stub: RunningStub) -> None:
    made = client(stub, stub.options.api_key, stub.options.api_secret).messages.create(
        to=PERSON, body="By key", messaging_service_sid=stub.options.service
    )
    assert made.status == "accepted"


def test_bad_credentials_are_refused(stub: RunningStub) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client(stub, secret="another").messages("SM1").fetch()
    assert (refused.value.status, refused.value.code) == (401, 20003)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "07700900001"}, 21211),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550009"}, 21614),
        ({"body": None}, 21602),
        ({"body": "a" * 1601}, 21617),
        ({"messaging_service_sid": None}, 21603),
        ({"messaging_service_sid": "MG" + "9" * 32}, 21701),
        ({"messaging_service_sid": None, "from_": "+447700900555"}, 21606),
        ({"status_callback": "https://my_host.example/status"}, 21609),
        ({"status_callback": "not an address"}, 21609),
        ({"validity_period": 36_001}, 20001),
        ({"max_price": 1}, 20001),
    ],
)
def test_what_twilio_would_not_take_is_refused_with_its_code(
    stub: RunningStub, given: dict[str, Any], code: int
) -> None:
    before = len(stub.messages())
    with pytest.raises(TwilioRestException) as refused:
        send(stub, **given)
    assert (refused.value.status, refused.value.code) == (400, code)
    assert len(stub.messages()) == before


def test_sixteen_hundred_characters_are_taken(stub: RunningStub) -> None:
    assert send(stub, body="ŵ" * 1600).sid


def test_a_number_that_said_stop_is_refused_until_it_says_start(stub: RunningStub) -> None:
    stub.say(PERSON, " stop ")
    with pytest.raises(TwilioRestException) as refused:
        send(stub)
    assert refused.value.code == 21610
    assert [entry.kind for entry in stub.ledger()][-2:] == [Kind.STOP, Kind.BLOCKED]
    stub.say(PERSON, "Start")
    assert send(stub).sid


def test_the_list_is_filtered_by_number_and_time_and_read_page_by_page(stub: RunningStub) -> None:
    to = "+447700900077"
    began = now()
    sids = [send(stub, to=to, body=f"page {n}").sid for n in range(7)]
    send(stub, to="+447700900078")
    listed = client(stub).messages.list(to=to, date_sent_after=began - timedelta(minutes=1), page_size=3)
    assert [message.sid for message in listed] == sids[::-1]
    assert client(stub).messages.list(to=to, date_sent_after=began + timedelta(hours=1)) == []


def test_one_message_is_read_by_its_id_with_how_it_ended(stub: RunningStub) -> None:
    sid = send(stub).sid
    stub.wait_for_hooks()
    found = client(stub).messages(sid).fetch()
    assert (found.sid, found.status, found.to) == (sid, "delivered", PERSON)
    assert stub.ledger(kind=Kind.STATE)[-1].state == "delivered"


def test_an_unknown_message_is_not_found(stub: RunningStub) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client(stub).messages("SM" + "9" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)

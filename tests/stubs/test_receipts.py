"""The stub's web hooks bear the providers' own signatures, and come twice, late, in disorder or never when told to."""

import json
from collections import Counter

import pytest
from sendgrid.helpers.eventwebhook import EventWebhook, EventWebhookHeader
from twilio.request_validator import RequestValidator

from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Message
from surveys.messaging.twilio_sms import TwilioSms
from tests.stubs.hooks import Hooks, Taken, listening
from tests.stubs.ledger import Kind
from tests.stubs.running import RunningStub, running_stub
from tests.stubs.signing import twilio_signature
from tests.stubs.test_sendgrid_stub import mail, post

PERSON = "+447700900001"


def text(stub: RunningStub, hooks: Hooks, count: int = 1) -> None:
    given = stub.options
    sender = TwilioSms(given.account, given.token, given.service, stub.address, f"{hooks.url}/hooks/twilio/status")
    for number in range(count):
        sender.send(Message(Medium.SMS, f"+447700{900_000 + number}", "How was it?", f"corr-{number}"))
    stub.wait_for_hooks()


def signed_by_twilio(taken: Taken) -> bool:
    valid: bool = RequestValidator("the-token").validate(taken.url, taken.form, taken.headers["X-Twilio-Signature"])
    return valid


def test_twilios_published_signature_comes_out() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "From": "+14158675309", "To": "+18005551212"}
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    given = twilio_signature("12345", url, {**form, "Caller": "+14158675309"})
    assert given == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_delivered_text_is_told_in_order_signed_and_with_its_correlation() -> None:
    with running_stub(thread=True) as stub, listening() as hooks:
        text(stub, hooks)
        (message,) = stub.messages()
    assert [taken.form["MessageStatus"] for taken in hooks.taken] == ["queued", "sent", "delivered"]
    assert {taken.form["MessageSid"] for taken in hooks.taken} == {message.id}
    assert {taken.url for taken in hooks.taken} == {f"{hooks.url}/hooks/twilio/status?c=corr-0"}
    assert all(signed_by_twilio(taken) for taken in hooks.taken)


@pytest.mark.parametrize(
    ("end", "status", "code"),
    [
        ("undelivered_30003", "undelivered", "30003"),
        ("undelivered_30005", "undelivered", "30005"),
        ("failed_30007", "failed", "30007"),
    ],
)
def test_a_text_that_does_not_arrive_is_told_with_its_code(end: str, status: str, code: str) -> None:
    with running_stub(thread=True, faults={end: 1.0}) as stub, listening() as hooks:
        text(stub, hooks)
        (state,) = stub.ledger(kind=Kind.STATE)
    assert (hooks.taken[-1].form["MessageStatus"], hooks.taken[-1].form["ErrorCode"]) == (status, code)
    assert (state.state, state.code) == (status, int(code))


def test_receipts_come_twice_backwards_or_never_when_told_to() -> None:
    def statuses(**faults: float) -> list[str]:
        with running_stub(thread=True, faults=faults) as stub, listening() as hooks:
            text(stub, hooks)
        return [taken.form["MessageStatus"] for taken in hooks.taken]

    assert Counter(statuses(receipt_duplicate=1.0)) == {"queued": 2, "sent": 2, "delivered": 2}
    assert statuses(receipt_reorder=1.0) == ["delivered", "sent", "queued"]
    assert statuses(receipt_lost=1.0) == []


def test_late_receipts_come_after_the_message_has_ended() -> None:
    with running_stub(thread=True, faults={"receipt_late": 1.0, "late_seconds": 0.2}) as stub, listening() as hooks:
        text(stub, hooks, 3)
        assert len(hooks.taken) == 9
        assert stub.state()["hooks"] == {"204": 9}


def test_a_refused_text_receipt_is_not_tried_again() -> None:
    with running_stub(thread=True) as stub, listening(500) as hooks:
        text(stub, hooks)
        assert stub.state()["hooks"] == {"204": 2, "500": 1}


def test_a_reply_is_signed_and_the_ledger_says_when_it_was_taken() -> None:
    with running_stub(thread=True) as stub, listening() as hooks:
        stub.aim(inbound=f"{hooks.url}/hooks/twilio/inbound")
        order = stub.say(PERSON, "Stop")
        stub.wait_for_hooks()
        told = stub.ledger(kind=Kind.TOLD)
    (taken,) = hooks.taken
    assert (taken.form["From"], taken.form["Body"], taken.form["OptOutType"]) == (PERSON, "Stop", "STOP")
    assert signed_by_twilio(taken)
    assert [(entry.address, entry.of) for entry in told] == [(PERSON, order)]


def test_a_reply_in_other_words_carries_no_opt_out() -> None:
    with running_stub(thread=True) as stub, listening() as hooks:
        stub.aim(inbound=hooks.url)
        stub.say(PERSON, "1 great, diolch")
        stub.wait_for_hooks()
    assert "OptOutType" not in hooks.taken[0].form
    assert hooks.taken[0].form["Body"] == "1 great, diolch"


def signed_by_sendgrid(taken: Taken, public_key: str) -> bool:
    hook = EventWebhook(public_key)
    signature = taken.headers[EventWebhookHeader.SIGNATURE]
    valid: bool = hook.verify_signature(taken.body.decode(), signature, taken.headers[EventWebhookHeader.TIMESTAMP])
    return valid


def test_email_events_are_signed_arrays_with_the_senders_arguments() -> None:
    with running_stub(thread=True) as stub, listening() as hooks:
        stub.aim(events=hooks.url)
        reference = post(stub, mail()).headers["X-Message-Id"]
        stub.wait_for_hooks()
    events = [event for taken in hooks.taken for event in json.loads(taken.body)]
    assert [(event["event"], event["c"]) for event in events] == [("processed", "corr-1"), ("delivered", "corr-1")]
    assert all(event["sg_message_id"].startswith(reference) for event in events)
    assert len({event["sg_event_id"] for event in events}) == 2
    assert all(signed_by_sendgrid(taken, stub.public_key) for taken in hooks.taken)


def test_refused_email_events_are_tried_again_with_the_same_ids() -> None:
    with running_stub(thread=True, faults={"failed_30007": 1.0}) as stub, listening(503) as hooks:
        stub.aim(events=hooks.url)
        post(stub, mail())
        stub.wait_for_hooks()
    first, second = hooks.taken
    assert first.body == second.body
    assert json.loads(first.body)[0]["event"] == "dropped"


def test_an_address_that_reported_spam_is_dropped_from_then_on() -> None:
    with running_stub(thread=True) as stub, listening() as hooks:
        stub.aim(events=hooks.url)
        stub.happen("spamreport", "jo@example.com", "ref-1", c="corr-1")
        post(stub, mail())
        stub.wait_for_hooks()
        assert stub.ledger(kind=Kind.STATE)[-1].state == "dropped"
    (event,) = json.loads(hooks.taken[0].body)
    assert (event["event"], event["c"], event["email"]) == ("spamreport", "corr-1", "jo@example.com")

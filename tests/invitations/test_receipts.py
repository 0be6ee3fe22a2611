"""Receipts move an invitation forward only, in any order and however often they are told."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.core.db import db, transaction
from surveys.invitations.models import MOVES, DeliveryEvent, InvitationState
from surveys.invitations.provider_events import TWILIO_STATES, Receipt, read_sendgrid, read_twilio
from surveys.invitations.receipt_tasks import forget_receipts
from surveys.invitations.receipts import RANKS, apply_receipt
from surveys.invitations.switch import pause_now
from surveys.messaging.models import Medium
from tests.invitations.made import MOMENT
from tests.invitations.told import (
    EMAIL,
    PHONE,
    SID,
    audited,
    event,
    make_invitation,
    read_back,
    status,
    stopped,
    unusable,
)

STATE = InvitationState


def twilio(told: str, code: int | None = None, sid: str = SID, correlation: str | None = None) -> Receipt:
    receipt = read_twilio(status(sid, told, code), correlation, MOMENT)
    assert receipt is not None
    return receipt


def sendgrid(told: str, number: int = 1, **more: object) -> Receipt:
    receipt = read_sendgrid(event(told, number, **more), MOMENT)
    assert receipt is not None
    return receipt


def tell(*receipts: Receipt) -> list[bool]:
    news = []
    for receipt in receipts:
        with transaction():
            news.append(apply_receipt(receipt, MOMENT + timedelta(minutes=5)))
    return news


def events() -> list[DeliveryEvent]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(DeliveryEvent).order_by(DeliveryEvent.id)))


@pytest.mark.parametrize(("told", "state"), sorted(TWILIO_STATES.items()))
def test_each_of_twilio_s_states_has_its_place(app: Flask, tmp_path: Path, told: str, state: InvitationState) -> None:
    number = make_invitation(tmp_path)
    tell(twilio(told))
    assert read_back(number).state is state


@pytest.mark.parametrize("told", ["receiving", "received", "something_new"])
def test_a_state_that_is_not_known_is_kept_and_moves_nothing(app: Flask, tmp_path: Path, told: str) -> None:
    number = make_invitation(tmp_path)
    assert tell(twilio(told)) == [True]
    assert (read_back(number).state, events()[0].event) == (STATE.SENT, told)


def test_a_receipt_told_twice_is_kept_once(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    assert tell(twilio("delivered"), twilio("delivered"), twilio("delivered")) == [True, False, False]
    assert [(e.event, e.invitation_id) for e in events()] == [("delivered", number)]


def test_a_kept_receipt_holds_no_address(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    tell(twilio("undelivered", 30003), sendgrid("bounce", reason=f"550 no such user {EMAIL}", ip="192.0.2.1"))
    kept = "".join(e.raw + e.provider_ref + e.dedupe_key + (e.error_code or "") for e in events())
    assert "7700900123" not in kept
    assert "example.com" not in kept
    assert "30003" in kept


def test_a_delivery_after_an_undelivered_text_wins_and_the_reverse_does_not(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    tell(twilio("undelivered", 30003))
    assert (read_back(number).state, read_back(number).reason) == (STATE.UNDELIVERED, "30003")
    tell(twilio("delivered"))
    assert (read_back(number).state, read_back(number).reason) == (STATE.DELIVERED, None)
    tell(twilio("failed", 30008), twilio("sent"))
    assert read_back(number).state is STATE.DELIVERED


def test_an_email_that_is_sent_back_after_its_delivery_did_not_arrive(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, medium=Medium.EMAIL, reference="msg1")
    tell(sendgrid("delivered", 1))
    assert read_back(number).state is STATE.DELIVERED
    tell(sendgrid("bounce", 2, type="bounce", status="5.1.1"), sendgrid("delivered", 3))
    assert (read_back(number).state, read_back(number).reason) == (STATE.UNDELIVERED, "5.1.1")


@pytest.mark.parametrize("state", [STATE.UNCERTAIN, STATE.CLAIMED, STATE.DUE])
@pytest.mark.parametrize("told", ["sent", "delivered", "undelivered"])
def test_a_receipt_repairs_a_row_whose_sending_is_in_doubt(
    app: Flask, tmp_path: Path, state: InvitationState, told: str
) -> None:
    number = make_invitation(tmp_path, state, reference=None)
    tell(twilio(told, correlation="c00000000001"))
    row = read_back(number)
    assert (row.state.value, row.provider_ref) == (told, SID)
    assert row.sent_at is not None
    assert events()[0].invitation_id == number


def test_a_row_that_the_provider_gave_no_name_takes_it_from_the_receipt(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, medium=Medium.EMAIL, reference="c00000000001")
    tell(sendgrid("delivered", correlation="c00000000001"))
    assert (read_back(number).state, read_back(number).provider_ref) == (STATE.DELIVERED, "msg1")


def test_a_receipt_of_a_second_message_for_one_invitation_moves_nothing_and_is_told(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = make_invitation(tmp_path)
    tell(twilio("undelivered", 30005, sid="SM" + "f" * 32, correlation="c00000000001"))
    assert read_back(number).state is STATE.SENT
    assert "two messages for one invitation" in capsys.readouterr().err
    assert not unusable(PHONE)


def test_a_receipt_for_no_known_message_is_kept_and_told(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(twilio("undelivered", 30005, correlation="nobodys-own")) == [True]
    assert [(e.provider_ref, e.invitation_id) for e in events()] == [(SID, None)]
    told = capsys.readouterr().err
    assert "no message that is known" in told
    assert "7700900123" not in told


def test_a_receipt_that_came_too_early_counts_when_it_comes_again(app: Flask, tmp_path: Path) -> None:
    tell(twilio("delivered"))
    number = make_invitation(tmp_path)
    assert tell(twilio("delivered"), twilio("delivered")) == [True, False]
    assert read_back(number).state is STATE.DELIVERED
    assert [e.invitation_id for e in events()] == [number]


@pytest.mark.parametrize("state", [STATE.REJECTED, STATE.NOT_SENT])
def test_a_receipt_for_a_row_that_was_ended_moves_it_only_as_the_table_of_moves_allows(
    app: Flask, tmp_path: Path, state: InvitationState, capsys: pytest.CaptureFixture[str]
) -> None:
    number = make_invitation(tmp_path, state)
    tell(twilio("delivered"))
    allowed = STATE.DELIVERED in MOVES[state]
    assert read_back(number).state is (STATE.DELIVERED if allowed else state)
    assert ("contradicts" in capsys.readouterr().err) is not allowed
    assert events()[0].invitation_id == number


@pytest.mark.parametrize(
    ("code", "way", "dead"),
    [(21610, "provider", False), (30005, None, True), (30006, None, True), (30003, None, False)],
)
def test_an_error_code_says_what_becomes_of_the_address(
    app: Flask, tmp_path: Path, code: int, way: str | None, dead: bool
) -> None:
    make_invitation(tmp_path)
    tell(twilio("undelivered", code))
    assert (stopped(PHONE), unusable(PHONE)) == (way, dead)
    assert (stopped(EMAIL), unusable(EMAIL)) == (way, False)


@pytest.mark.parametrize(
    ("told", "more", "way", "dead"),
    [
        ("processed", {}, None, False),
        ("deferred", {"response": "421 later"}, None, False),
        ("delivered", {}, None, False),
        ("bounce", {"type": "bounce", "status": "5.1.1"}, None, True),
        ("bounce", {"status": "5.0.0"}, None, True),
        ("bounce", {"type": "blocked", "status": "4.2.2"}, None, False),
        ("dropped", {"reason": "Bounced Address"}, None, True),
        ("dropped", {"reason": "Invalid"}, None, True),
        ("dropped", {"reason": "Unsubscribed Address"}, "provider", False),
        ("dropped", {"reason": "Spam Reporting Address"}, "spam_report", False),
        ("dropped", {"reason": "Spam Content (if spam checker app enabled)"}, None, False),
        ("spamreport", {}, "spam_report", False),
        ("unsubscribe", {}, "unsubscribe_header", False),
        ("group_unsubscribe", {"asm_group_id": 1}, "unsubscribe_header", False),
        ("group_resubscribe", {"asm_group_id": 1}, None, False),
        ("open", {}, None, False),
    ],
)
def test_an_event_says_what_becomes_of_the_mailbox(
    app: Flask, tmp_path: Path, told: str, more: dict[str, object], way: str | None, dead: bool
) -> None:
    make_invitation(tmp_path, medium=Medium.EMAIL, reference="msg1")
    assert tell(sendgrid(told, **more)) == [True]
    assert (stopped(EMAIL), unusable(EMAIL)) == (way, dead)
    assert (stopped(PHONE), unusable(PHONE)) == (way, False)


def test_what_a_receipt_does_to_an_address_is_audited_without_it(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    tell(twilio("undelivered", 21610), twilio("failed", 30005))
    acts = [act for act in audited() if "surveys" in act[0] or "address" in act[0]]
    assert [(action, details) for action, _, details in acts] == [
        ("surveys stopped", {"how": "provider"}),
        ("address marked unusable", {"how": "provider"}),
    ]
    assert "7700900123" not in str(acts)


@pytest.mark.parametrize("code", [30002, 30042])
def test_a_fault_of_the_account_pauses_all_sending(app: Flask, tmp_path: Path, code: int) -> None:
    make_invitation(tmp_path)
    tell(twilio("failed", code))
    found = pause_now()
    assert found is not None
    assert found.reason == f"sms:{code}"


def test_a_text_taken_for_spam_is_told_and_pauses_nothing(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_invitation(tmp_path)
    tell(twilio("undelivered", 30007))
    assert "look at its wording" in capsys.readouterr().err
    assert pause_now() is None


def test_ranks_cover_every_state_that_a_receipt_can_tell() -> None:
    told = set(TWILIO_STATES.values())
    assert all(set(ranks) == told for ranks in RANKS.values())


def test_receipts_are_let_go_after_30_days(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    tell(twilio("sent"))
    with time_machine.travel(MOMENT + timedelta(days=29), tick=False):
        forget_receipts()
        assert len(events()) == 1
    with time_machine.travel(MOMENT + timedelta(days=31), tick=False):
        forget_receipts()
        assert events() == []


MESSAGES = count(1)
# Each is all that is ever told of one message, with what it must come to.
TEXTS = [
    ([("queued", None), ("sending", None), ("sent", None), ("delivered", None)], "delivered"),
    ([("accepted", None), ("sent", None), ("undelivered", 30003), ("delivered", None)], "delivered"),
    ([("queued", None), ("sent", None), ("undelivered", 30005)], "undelivered"),
    ([("queued", None), ("failed", 30007)], "undelivered"),
    ([("sent", None), ("delivered", None), ("read", None)], "delivered"),
    ([("queued", None), ("sending", None)], "sent"),
]
EMAILS = [
    ([("processed", {}), ("deferred", {}), ("delivered", {})], "delivered"),
    ([("processed", {}), ("delivered", {}), ("bounce", {"status": "5.1.1"})], "undelivered"),
    ([("processed", {}), ("delivered", {}), ("spamreport", {}), ("unsubscribe", {})], "delivered"),
    ([("dropped", {"reason": "Bounced Address"})], "undelivered"),
    ([("processed", {}), ("deferred", {})], "sent"),
]


def one_told(texted: bool, what: str, more: Any, name: str, number: int, back: str) -> Receipt:
    """more: a text's error code, or what else stands in an email's event."""
    if texted:
        return twilio(what, more, f"SM{name}", back)
    return sendgrid(what, number, message=name, correlation=back, sg_event_id=f"{name}-{number}", **more)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data(), start=st.sampled_from([STATE.SENT, STATE.CLAIMED, STATE.UNCERTAIN, STATE.DUE]))
def test_any_order_and_any_repetition_of_a_message_s_receipts_ends_in_the_same_state(
    app: Flask, tmp_path: Path, drawn: st.DataObject, start: InvitationState
) -> None:
    texted, (story, end) = drawn.draw(
        st.one_of(st.tuples(st.just(True), st.sampled_from(TEXTS)), st.tuples(st.just(False), st.sampled_from(EMAILS)))
    )
    one = next(MESSAGES)
    name, back = f"R{one}", f"c{one:011}"
    told = [one_told(texted, what, more, name, number, back) for number, (what, more) in enumerate(story)]
    known = start is STATE.SENT and drawn.draw(st.booleans())
    reference = (f"SM{name}" if texted else name) if known else None
    medium = Medium.SMS if texted else Medium.EMAIL
    number = make_invitation(tmp_path, start, medium, reference, name=name, correlation=back)
    repeated = drawn.draw(st.lists(st.sampled_from(told), max_size=6))
    tell(*drawn.draw(st.permutations(told + repeated)))
    row = read_back(number)
    assert row.state.value == end
    assert row.provider_ref == (f"SM{name}" if texted else name)
    assert sum(e.invitation_id == number for e in events()) == len(story)

"""Receipts find what staff wrote as they find surveys, and never one for the other."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import PointKind, Stop
from surveys.contacts.suppression import opt_in
from surveys.core.db import transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.outbox import send_due
from surveys.invitations.provider_events import Receipt, read_sendgrid, read_twilio
from surveys.invitations.receipts import apply_receipt
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Uncertain
from tests.invitations.direct_made import make_message, make_resident, message_of, stands
from tests.invitations.made import MOMENT, Scripted
from tests.invitations.told import (
    PHONE,
    SID,
    by_twilio,
    event,
    make_invitation,
    read_back,
    status,
    stopped,
    unusable,
    with_providers,
)

LATER = MOMENT + timedelta(minutes=5)


def told(kind: str, code: int | None = None, correlation: str | None = None) -> Receipt:
    receipt = read_twilio(status(SID, kind, code), correlation, LATER)
    assert receipt is not None
    return receipt


def apply(*receipts: Receipt, hours: int = 0) -> list[bool]:
    news = []
    for receipt in receipts:
        with transaction():
            news.append(apply_receipt(receipt, LATER + timedelta(hours=hours)))
    return news


@pytest.fixture
def sent(app: Flask) -> int:
    """A text that its provider took under SID."""
    number = make_message()
    send_due(Scripted(lambda _message: Accepted(SID)).senders())
    return number


@pytest.mark.parametrize("order", list(permutations(("sent", "undelivered", "delivered"))))
def test_in_whatever_order_receipts_come_the_furthest_stands(sent: int, order: tuple[str, ...]) -> None:
    assert apply(*(told(kind) for kind in order)) == [True] * 3
    assert stands(sent) == ("delivered", None)


def test_of_a_survey_and_a_message_of_the_same_number_only_the_one_it_is_about_moves(
    sent: int, app: Flask, tmp_path: Path
) -> None:
    survey = make_invitation(tmp_path, reference="SM" + "f" * 32, phone="+447700900777")
    apply(told("delivered"))
    assert (stands(sent)[0], read_back(survey).state.value) == ("delivered", "sent")


@pytest.mark.parametrize("lost", [True, False])
def test_a_receipt_repairs_a_claim_or_a_doubt_by_what_it_brings_back(app: Flask, lost: bool) -> None:
    number = make_message()
    provider = Scripted(lambda _message: Uncertain("ReadTimeout"))
    send_due(provider.senders())
    correlation = message_of(number).correlation
    assert apply(told("delivered", correlation=correlation if lost else "c-unknown")) == [True]
    assert stands(number)[0] == ("delivered" if lost else "uncertain")
    assert message_of(number).provider_ref == (SID if lost else None)


def test_a_stop_told_by_the_provider_stops_surveys_and_messages(sent: int) -> None:
    apply(told("failed", 21610))
    assert (stopped(PHONE), stopped("a1@example.com")) == ("provider", "provider")


def test_a_receipt_told_again_after_start_stops_nobody_anew(sent: int) -> None:
    receipt = told("failed", 21610, message_of(sent).correlation)
    assert apply(receipt) == [True]
    with transaction():
        opt_in([(PointKind.PHONE, address_hash(PHONE, address_key()))], LATER, Stop.REPLY)
    assert apply(receipt, hours=1) == [False]
    assert stopped(PHONE) is None


def test_a_mailbox_that_is_not_there_is_kept_as_unusable(app: Flask) -> None:
    number = make_message(Medium.EMAIL, make_resident(None, "a1@example.com"))
    send_due(Scripted(lambda _message: Accepted("msg1")).senders())
    bounce = read_sendgrid(event("bounce", correlation=message_of(number).correlation), LATER)
    assert bounce is not None
    apply(bounce)
    assert (stands(number)[0], unusable("a1@example.com")) == ("undelivered", True)


def test_the_signed_door_takes_a_receipt_for_a_message_and_refuses_one_that_is_not_signed(
    sent: int, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", with_providers(app))
    path = f"/hooks/twilio/status?c={message_of(sent).correlation}"
    assert by_twilio(client, path, status(), token="another").status_code == 403
    assert stands(sent)[0] == "sent"
    assert by_twilio(client, path, status()).status_code == 204
    assert stands(sent)[0] == "delivered"

"""The doors for providers: what is signed is taken in, anything else is refused in JSON and leaves no trace."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.db import db
from surveys.core.settings import Settings
from surveys.invitations.models import DeliveryEvent, InboundReply, InvitationState
from surveys.messaging.models import Medium
from tests.invitations.made import MOMENT
from tests.invitations.told import (
    ACCOUNT,
    PHONE,
    SID,
    TOKEN,
    array,
    by_sendgrid,
    by_twilio,
    event,
    make_invitation,
    open_replies,
    read_back,
    status,
    stopped,
    text,
    url_of,
    with_providers,
)
from tests.invitations.told import EVENTS as SENDGRID
from tests.stubs.signing import EventKey, twilio_signature

STATUS, INBOUND, EVENTS = "/hooks/twilio/status", "/hooks/twilio/inbound", "/hooks/sendgrid/events"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def providers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", with_providers(app))


def traces() -> int:
    db.session.rollback()
    return sum(db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in (DeliveryEvent, InboundReply))


def post(client: FlaskClient, path: str, body: bytes, kind: str = FORM, **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, data=body, content_type=kind, headers=given)


def signed(client: FlaskClient, path: str, form: dict[str, str], **changed: str) -> TestResponse:
    """A form whose signature was made before it was changed."""
    signature = twilio_signature(TOKEN, url_of(client.application, path), form)
    return post(client, path, urlencode(form | changed).encode(), X_Twilio_Signature=signature)


# A key that is not the one SendGrid signs with.
OTHER = EventKey()


def test_a_signed_status_moves_its_invitation(client: FlaskClient, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    answer = by_twilio(client, STATUS, status())
    assert (answer.status_code, answer.data) == (204, b"")
    assert read_back(number).state is InvitationState.DELIVERED


def test_the_correlation_in_the_address_finds_an_uncertain_message(client: FlaskClient, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, InvitationState.UNCERTAIN, reference=None)
    assert by_twilio(client, f"{STATUS}?c=c00000000001", status(told="sent")).status_code == 204
    assert (read_back(number).state, read_back(number).provider_ref) == (InvitationState.SENT, SID)


def test_parameters_that_are_not_known_do_no_harm(client: FlaskClient, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    assert by_twilio(client, STATUS, status() | {"Brand new": "é", "RawDlrDoneDate": "2603101200"}).status_code == 204
    assert read_back(number).state is InvitationState.DELIVERED


def test_the_address_is_ours_whatever_host_the_request_claims(client: FlaskClient, app: Flask) -> None:
    headers = {
        "X-Twilio-Signature": twilio_signature(TOKEN, url_of(app, STATUS), status()),
        "X-Forwarded-Host": "x.gov.uk",
    }
    forged = {"X-Twilio-Signature": twilio_signature(TOKEN, "http://evil.example" + STATUS, status())}
    post_as = {"path": STATUS, "data": urlencode(status()), "content_type": FORM, "base_url": "http://evil.example"}
    assert client.post(**post_as, headers=headers).status_code == 204
    assert client.post(**post_as, headers=forged).status_code == 403


def test_a_second_token_is_believed_during_a_change(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_twilio(client, STATUS, status(), "the next token").status_code == 403
    settings: Settings = with_providers(app)
    both = Settings.model_validate(settings.model_dump() | {"twilio_auth_token_secondary": "the next token"})
    monkeypatch.setitem(app.extensions, "settings", both)
    assert [by_twilio(client, STATUS, status(), t).status_code for t in ("the next token", TOKEN)] == [204, 204]


def test_a_text_in_words_is_answered_by_nothing_and_waits(client: FlaskClient, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    answer = by_twilio(client, INBOUND, text("<b>1</b> & thanks"))
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.get_data(as_text=True).endswith("<Response />")
    assert [reply.words for reply in open_replies()] == ["<b>1</b> & thanks"]


def test_stop_is_heeded_and_answered_in_one_text(client: FlaskClient, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    answer = by_twilio(client, INBOUND, text("Stop"))
    assert "<Response><Message>Test Council: we will not send you any more" in answer.get_data(as_text=True)
    assert stopped(PHONE) == "reply"
    assert by_twilio(client, INBOUND, text("Stop")).get_data(as_text=True).endswith("<Response />")


@pytest.mark.parametrize("told", ["STOP", "HELP", "START", "stop"])
def test_what_twilio_has_answered_is_not_answered_again(client: FlaskClient, told: str) -> None:
    answer = by_twilio(client, INBOUND, text(told, OptOutType=told))
    assert answer.get_data(as_text=True).endswith("<Response />")
    assert stopped(PHONE) == ("provider" if told.upper() == "STOP" else None)


def test_signed_events_move_their_invitations(client: FlaskClient, tmp_path: Path, app: Flask) -> None:
    number = make_invitation(tmp_path, medium=Medium.EMAIL, reference="msg1")
    answer = by_sendgrid(client, array([event("processed", 1), event("delivered", 2), event("processed", 1)]))
    assert (answer.status_code, answer.data) == (204, b"")
    assert read_back(number).state is InvitationState.DELIVERED
    assert traces() == 2


def test_an_event_that_cannot_be_read_does_not_hold_up_the_others(client: FlaskClient, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, medium=Medium.EMAIL, reference="msg1")
    odd = [1, None, [], {}, "x", {"event": "delivered"}, event("delivered", 2) | {"sg_event_id": "a\0b"}]
    odd += [event("bounce", 3) | {"event": ["bounce"]}, event("x" * 99, 4), event("open", 5) | {"sg_message_id": {}}]
    assert by_sendgrid(client, array([*odd, event("delivered", 1, timestamp="yesterday")])).status_code == 204
    assert read_back(number).state is InvitationState.DELIVERED
    assert traces() == 1


def test_receipts_that_come_at_the_same_moment_do_not_undo_each_other(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, InvitationState.UNCERTAIN, reference=None)
    told = [("queued", None), ("sent", None), ("undelivered", 30005), ("delivered", None)] * 4

    def tell(one: tuple[str, int | None]) -> int:
        return by_twilio(app.test_client(), f"{STATUS}?c=c00000000001", status(SID, *one)).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(tell, told)) == {204}
    assert (read_back(number).state, read_back(number).provider_ref) == (InvitationState.DELIVERED, SID)
    assert traces() == 4


def test_a_large_array_of_events_is_taken_in(client: FlaskClient, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, medium=Medium.EMAIL, reference="msg1")
    many = [event("deferred", n) for n in range(60)]
    assert by_sendgrid(client, array([*many, event("delivered", 99)]) + b" " * 1_200_000).status_code == 204
    assert read_back(number).state is InvitationState.DELIVERED


SIGNATURE = "X-Twilio-Signature"
Forgery = Callable[[FlaskClient], TestResponse]
FORGED: dict[str, Forgery] = {
    "no signature": lambda c: post(c, STATUS, urlencode(status()).encode()),
    "empty signature": lambda c: post(c, STATUS, urlencode(status()).encode(), X_Twilio_Signature=""),
    "garbled signature": lambda c: post(c, STATUS, urlencode(status()).encode(), X_Twilio_Signature="\x7f!not base64"),
    "another token": lambda c: by_twilio(c, STATUS, status(), "another token"),
    "an empty token": lambda c: by_twilio(c, STATUS, status(), ""),
    "a changed status": lambda c: signed(c, STATUS, status(told="sent"), MessageStatus="delivered"),
    "a changed message": lambda c: signed(c, STATUS, status(), MessageSid="SM" + "c" * 32),
    "an added parameter": lambda c: signed(c, STATUS, status(), ErrorCode="21610"),
    "a lost query": lambda c: c.post(
        STATUS,
        data=urlencode(status()),
        content_type=FORM,
        headers={SIGNATURE: twilio_signature(TOKEN, url_of(c.application, f"{STATUS}?c=abc"), status())},
    ),
    "an added query": lambda c: c.post(
        f"{STATUS}?c=abc",
        data=urlencode(status()),
        content_type=FORM,
        headers={SIGNATURE: twilio_signature(TOKEN, url_of(c.application, STATUS), status())},
    ),
    "signed for another door": lambda c: c.post(
        INBOUND,
        data=urlencode(text("STOP")),
        content_type=FORM,
        headers={SIGNATURE: twilio_signature(TOKEN, url_of(c.application, STATUS), text("STOP"))},
    ),
    "another account": lambda c: by_twilio(c, STATUS, status() | {"AccountSid": "AC" + "9" * 32}),
    "no account": lambda c: by_twilio(c, STATUS, {"MessageSid": SID, "MessageStatus": "sent"}),
    "no message": lambda c: by_twilio(c, STATUS, {"AccountSid": ACCOUNT, "MessageStatus": "sent"}),
    "no status": lambda c: by_twilio(c, STATUS, {"AccountSid": ACCOUNT, "MessageSid": SID}),
    "a status in words": lambda c: by_twilio(c, STATUS, status(told="<script>")),
    "a message id with a nought": lambda c: by_twilio(c, STATUS, status(sid="SM\0" + "1" * 30)),
    "a message id that is too long": lambda c: by_twilio(c, STATUS, status(sid="SM" + "1" * 400)),
    "an empty form": lambda c: by_twilio(c, STATUS, {}),
    "json at the status door": lambda c: post(
        c, STATUS, b'{"MessageSid": "SM1"}', "application/json", X_Twilio_Signature="x"
    ),
    "a multipart form": lambda c: post(
        c, STATUS, b"--x\r\n\r\n", "multipart/form-data; boundary=x", X_Twilio_Signature="x"
    ),
    "bytes that are no text": lambda c: post(c, STATUS, b"\xff\xfe%%%=%00&&&;=", X_Twilio_Signature="AAAA"),
    "a sha-256 header without a key": lambda c: post(
        c,
        STATUS,
        urlencode(status()).encode(),
        X_Twilio_Signature=twilio_signature(TOKEN, url_of(c.application, STATUS), status()),
        X_Twilio_Webhooks_Signature_Settings="key=a,algorithm=HMAC_SHA256",
    ),
    "a forged stop": lambda c: by_twilio(c, INBOUND, text("STOP"), "another token"),
    "a text from nobody": lambda c: by_twilio(c, INBOUND, text("STOP", sender="")),
    "a text from a very long sender": lambda c: by_twilio(c, INBOUND, text("STOP", sender="+44" + "7" * 400)),
    "a text without words": lambda c: by_twilio(c, INBOUND, {k: v for k, v in text("").items() if k != "Body"}),
    "a text without an id": lambda c: by_twilio(c, INBOUND, text("STOP", sid="")),
    "events without a signature": lambda c: post(c, EVENTS, array([event("delivered")]), "application/json"),
    "events by another key": lambda c: by_sendgrid(c, array([event("delivered")]), key=OTHER),
    "events signed too long ago": lambda c: by_sendgrid(c, array([event("delivered")]), MOMENT.replace(hour=11)),
    "events signed in the future": lambda c: by_sendgrid(c, array([event("delivered")]), MOMENT.replace(hour=13)),
    "events with a garbled signature": lambda c: garbled(c, "X-Twilio-Email-Event-Webhook-Signature", "%%%"),
    "events with another's signature": lambda c: garbled(c, "X-Twilio-Email-Event-Webhook-Signature", "AAAA"),
    "events with a garbled timestamp": lambda c: garbled(c, "X-Twilio-Email-Event-Webhook-Timestamp", "soon"),
    "events with a changed timestamp": lambda c: garbled(c, "X-Twilio-Email-Event-Webhook-Timestamp", "1773144001"),
    "events without their last line end": lambda c: cut_short(c),
    "signed events that are no json": lambda c: by_sendgrid(c, b"event=delivered"),
    "signed events that are no array": lambda c: by_sendgrid(c, json.dumps(event("delivered")).encode()),
    "signed events that are no text": lambda c: by_sendgrid(c, b"\xff\xfe\x00"),
    "signed events in endless brackets": lambda c: by_sendgrid(c, b"[" * 200_000),
    "no events at all": lambda c: by_sendgrid(c, b""),
}


def garbled(client: FlaskClient, header: str, value: str) -> TestResponse:
    from_sendgrid = array([event("delivered")])
    headers = SENDGRID.headers(int(MOMENT.timestamp()), from_sendgrid) | {header: value}
    return client.post(EVENTS, data=from_sendgrid, content_type="application/json", headers=headers)


def cut_short(client: FlaskClient) -> TestResponse:
    body = array([event("delivered")])
    headers = SENDGRID.headers(int(MOMENT.timestamp()), body)
    return client.post(EVENTS, data=body.removesuffix(b"\r\n"), content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_or_mangled_webhook_is_refused_in_json_and_leaves_no_trace(
    client: FlaskClient, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    number = make_invitation(tmp_path)
    answer = FORGED[name](client)
    assert (answer.status_code, answer.mimetype) == (403, "application/json")
    assert traces() == 0
    assert stopped(PHONE) is None
    assert read_back(number).state is InvitationState.SENT
    told = capsys.readouterr().err
    assert "a webhook was refused" in told
    assert "7700900123" not in told
    assert "example.com" not in told


def test_the_table_of_forgeries_has_more_than_thirty() -> None:
    assert len(FORGED) > 30


@pytest.mark.parametrize("path", [STATUS, INBOUND, EVENTS])
def test_an_installation_without_providers_believes_nobody(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    none = {"twilio_account_sid": "", "twilio_auth_token": "", "sendgrid_webhook_public_key": ""}
    monkeypatch.setitem(app.extensions, "settings", Settings.model_validate(with_providers(app).model_dump() | none))
    forms = status() | text("STOP") | {"AccountSid": ""}
    assert by_twilio(client, path, forms, "").status_code == 403
    assert by_sendgrid(client, array([event("delivered")])).status_code == 403


@pytest.mark.parametrize(("path", "size"), [(STATUS, 70_000), (INBOUND, 70_000), (EVENTS, 2_100_000)])
def test_a_body_larger_than_a_provider_sends_is_not_read(client: FlaskClient, path: str, size: int) -> None:
    answer = post(client, path, b"Body=" + b"a" * size, X_Twilio_Signature="x")
    assert (answer.status_code, answer.mimetype) == (413, "application/json")


@pytest.mark.parametrize("path", [STATUS, INBOUND, EVENTS])
def test_looking_at_a_hook_does_nothing(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (405, "application/json")


def test_a_hook_needs_no_form_token(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert by_twilio(client, STATUS, status()).status_code == 204

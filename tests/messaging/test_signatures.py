"""Signatures of webhooks: the providers' published vectors hold, and nothing else does or raises."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveys.messaging.signatures import TwilioSecrets, key_of, sendgrid_signed, twilio_signed

# The vectors of Twilio's own validator.
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = MultiDict(
    {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
)
SIGNED = {"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
OURS = TwilioSecrets(("12345",))
BODY = b'{"property": "value", "boolean": true}'
BODY_HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
BODY_URL = f"{URL}&bodySHA256={BODY_HASH}"
BODY_SIGNED = {"X-Twilio-Signature": "a9nBmqA0ju/hNViExpshrM61xv4="}
SHARED = TwilioSecrets(("12345",), "webhooks_sharedkey_1", "shared secret")
BY_SHARED_KEY = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}

# The vector of SendGrid's own library.
PUBLIC_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dA"
    "fSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
)
SIGNATURE = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM="
TIMESTAMP = "1600112502"
EVENT = {
    "email": "hello@world.com",
    "event": "dropped",
    "reason": "Bounced Address",
    "sg_event_id": "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
    "sg_message_id": "LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
    "smtp-id": "<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>",
    "timestamp": 1600112492,
}
EVENTS = (json.dumps([EVENT], sort_keys=True, separators=(",", ":")) + "\r\n").encode()
THEN = datetime.fromtimestamp(1600112502, UTC)


def sendgrid(timestamp: str = TIMESTAMP, signature: str = SIGNATURE) -> dict[str, str]:
    return {
        "X-Twilio-Email-Event-Webhook-Signature": signature,
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
    }


def signed(url: str, form: MultiDict[str, str], key: str, algorithm: str) -> str:
    words = url + "".join(n + v for n in sorted(set(form)) for v in sorted(set(form.getlist(n))))
    return base64.b64encode(hmac.digest(key.encode(), words.encode(), algorithm)).decode()


def test_twilio_s_published_form_vector_holds() -> None:
    assert twilio_signed(URL, FORM, SIGNED, OURS)


def test_twilio_s_published_json_vector_holds() -> None:
    assert twilio_signed(BODY_URL, BODY, BODY_SIGNED, OURS)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        (URL.replace("https", "http"), FORM),
        (URL.replace("mycompany", "other"), FORM),
        (URL.replace("myapp", "other"), FORM),
        (URL.split("?")[0], FORM),
        ("https://mycompany.com/myapp.php?bar=2&foo=1", FORM),
        (URL, MultiDict(FORM) | {"Extra": "1"}),
        (URL, MultiDict({k: v for k, v in FORM.items() if k != "To"})),
        (URL, MultiDict(FORM) | {"Digits": "12345"}),
        (URL, MultiDict()),
    ],
)
def test_anything_changed_on_the_way_breaks_twilio_s_signature(url: str, form: MultiDict[str, str]) -> None:
    assert not twilio_signed(url, form, SIGNED, OURS)


@pytest.mark.parametrize(
    "signature", [None, "", " ", "RSOY", "?", "é" * 28, "\x00" * 28, "=" * 28, SIGNED["X-Twilio-Signature"].lower()]
)
def test_a_missing_or_garbled_signature_is_not_valid_and_raises_nothing(signature: str | None) -> None:
    assert not twilio_signed(URL, FORM, {} if signature is None else {"X-Twilio-Signature": signature}, OURS)


def test_a_repeated_name_counts_each_of_its_values_once_in_order() -> None:
    form = MultiDict([("To", "b"), ("To", "a"), ("To", "b"), ("From", "c")])
    assert twilio_signed(URL, form, {"X-Twilio-Signature": signed(URL, form, "12345", "sha1")}, OURS)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (BODY_URL, BODY + b" "),
        (URL, BODY),
        (f"{URL}&bodySHA256=", BODY),
        (f"{URL}&bodySHA256=é", BODY),
        (BODY_URL, b"\xff\xfe"),
        (BODY_URL, b""),
    ],
)
def test_a_body_is_believed_only_where_its_digest_is_in_the_signed_address(url: str, body: bytes) -> None:
    headers = {"X-Twilio-Signature": signed(url, MultiDict(), "12345", "sha1")}
    assert not twilio_signed(url, body, headers, OURS)


def test_both_tokens_are_believed_while_they_are_changed_over() -> None:
    new = TwilioSecrets(("new token", "12345"))
    assert twilio_signed(URL, FORM, SIGNED, new)
    assert twilio_signed(URL, FORM, {"X-Twilio-Signature": signed(URL, FORM, "new token", "sha1")}, new)
    assert not twilio_signed(URL, FORM, SIGNED, TwilioSecrets(("new token", "")))


@pytest.mark.parametrize("secrets", [TwilioSecrets(), TwilioSecrets(("", "")), TwilioSecrets(("",), "", "")])
def test_without_a_token_nothing_is_believed_not_even_what_an_empty_key_signs(secrets: TwilioSecrets) -> None:
    for algorithm, headers in (
        ("sha1", {}),
        ("sha256", {"X-Twilio-Webhooks-Signature-Settings": "key=,algorithm=HMAC_SHA256"}),
    ):
        assert not twilio_signed(URL, FORM, headers | {"X-Twilio-Signature": signed(URL, FORM, "", algorithm)}, secrets)


def test_a_shared_key_signs_with_sha_256_where_one_is_configured() -> None:
    headers = BY_SHARED_KEY | {"X-Twilio-Signature": signed(URL, FORM, "shared secret", "sha256")}
    assert twilio_signed(URL, FORM, headers, SHARED)
    assert not twilio_signed(URL, FORM, headers, OURS)


@pytest.mark.parametrize(
    ("settings", "key", "algorithm"),
    [
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", "12345", "sha256"),
        ("algorithm=HMAC_SHA256", "12345", "sha256"),
        ("key=webhooks_sharedkey_2,algorithm=HMAC_SHA256", "shared secret", "sha256"),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA1", "shared secret", "sha1"),
        ("key=webhooks_sharedkey_1", "shared secret", "sha1"),
        ("algorithm=HMAC_SHA1", "shared secret", "sha1"),
        ("algorithm=HMAC_MD5", "12345", "md5"),
        ("algorithm=", "12345", "sha1"),
        ("algorithm=none", "12345", "sha1"),
    ],
)
def test_a_header_cannot_pair_a_key_with_another_algorithm(settings: str, key: str, algorithm: str) -> None:
    headers = {
        "X-Twilio-Webhooks-Signature-Settings": settings,
        "X-Twilio-Signature": signed(URL, FORM, key, algorithm),
    }
    assert not twilio_signed(URL, FORM, headers, SHARED)


@given(st.text(), st.text(), st.binary(max_size=50))
def test_no_garbage_raises(header: str, settings: str, body: bytes) -> None:
    headers = {"X-Twilio-Signature": header, "X-Twilio-Webhooks-Signature-Settings": settings} | sendgrid(
        header, settings
    )
    assert not twilio_signed(BODY_URL, FORM, headers, SHARED)
    assert not twilio_signed(BODY_URL, body, headers, SHARED)
    assert not sendgrid_signed(PUBLIC_KEY, headers, body, THEN)
    assert key_of(header) is None


def test_sendgrid_s_published_vector_holds() -> None:
    assert sendgrid_signed(PUBLIC_KEY, sendgrid(), EVENTS, THEN)


@pytest.mark.parametrize(
    "body", [EVENTS.removesuffix(b"\r\n"), EVENTS + b" ", EVENTS.replace(b"dropped", b"bounced"), b"[]", b""]
)
def test_a_changed_body_breaks_sendgrid_s_signature(body: bytes) -> None:
    assert not sendgrid_signed(PUBLIC_KEY, sendgrid(), body, THEN)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "!!!",
        "AAAA",
        SIGNATURE[:-4],
        SIGNATURE[:-1],
        SIGNATURE + "AAAA",
        "é",
        base64.b64encode(b"\x30\x06" * 9).decode(),
    ],
)
def test_a_garbled_sendgrid_signature_is_not_valid_and_raises_nothing(signature: str) -> None:
    assert not sendgrid_signed(PUBLIC_KEY, sendgrid(signature=signature), EVENTS, THEN)


@pytest.mark.parametrize(
    "timestamp", ["", "1600112503", "-1600112502", "1600112502.0", "16e8", "٣", "9" * 400, " 1600112502"]
)
def test_a_changed_or_garbled_timestamp_is_not_valid(timestamp: str) -> None:
    assert not sendgrid_signed(PUBLIC_KEY, sendgrid(timestamp), EVENTS, THEN)


@pytest.mark.parametrize(
    ("seconds", "valid"), [(600, True), (601, False), (-600, True), (-601, False), (86_400, False)]
)
def test_an_old_event_is_not_valid_however_well_it_is_signed(seconds: int, valid: bool) -> None:
    assert sendgrid_signed(PUBLIC_KEY, sendgrid(), EVENTS, THEN + timedelta(seconds=seconds)) is valid


def der(key: ec.EllipticCurvePrivateKey) -> str:
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(spki).decode()


def test_only_the_configured_key_is_believed() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    signature = base64.b64encode(other.sign(TIMESTAMP.encode() + EVENTS, ec.ECDSA(hashes.SHA256()))).decode()
    assert sendgrid_signed(der(other), sendgrid(signature=signature), EVENTS, THEN)
    assert not sendgrid_signed(PUBLIC_KEY, sendgrid(signature=signature), EVENTS, THEN)


@pytest.mark.parametrize("key", ["", "garbage", "AAAA", PUBLIC_KEY[:-8], "é"])
def test_without_a_readable_key_nothing_is_believed(key: str) -> None:
    assert not sendgrid_signed(key, sendgrid(), EVENTS, THEN)


def test_a_key_on_another_curve_is_none() -> None:
    assert key_of(der(ec.generate_private_key(ec.SECP384R1()))) is None


def test_secrets_do_not_show_in_words() -> None:
    assert "12345" not in repr(SHARED)
    assert "shared secret" not in repr(SHARED)

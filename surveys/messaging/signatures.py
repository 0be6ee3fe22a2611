"""Who sent a webhook: Twilio's and SendGrid's signatures, checked. Pure; what cannot be checked is not valid."""

import base64
import hmac
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator
from werkzeug.datastructures import Headers, MultiDict

TWILIO_SIGNATURE = "X-Twilio-Signature"
TWILIO_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
SENDGRID_SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
SENDGRID_TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
WINDOW_SECONDS = 600


@dataclass(frozen=True)
class TwilioSecrets:
    """What may sign for our account: its tokens (two while they are changed over), and a shared key by its id."""

    tokens: tuple[str, ...] = field(default=(), repr=False)
    shared_key_id: str = ""
    shared_key: str = field(default="", repr=False)

    def for_algorithm(self, algorithm: str, key_id: str) -> tuple[str, ...]:
        """SHA-1 is for the account's tokens, SHA-256 for the shared key: a header cannot pair them otherwise."""
        if algorithm == HMAC_SHA1 and not key_id:
            return tuple(token for token in self.tokens if token)
        named = bool(self.shared_key and self.shared_key_id) and key_id == self.shared_key_id
        return (self.shared_key,) if algorithm == HMAC_SHA256 and named else ()


def twilio_signed(
    url: str,
    sent: MultiDict[str, str] | bytes,
    headers: Headers | Mapping[str, str],
    secrets: TwilioSecrets,
) -> bool:
    """Whether Twilio signed this request to url, the address as configured there with its query.

    sent is the form, or the raw body of any other kind: that has to be vouched for by bodySHA256 in the address.
    """
    signature = headers.get(TWILIO_SIGNATURE)
    if not signature:
        return False
    if isinstance(sent, bytes) and not body_fits(url, sent):
        return False
    params = MultiDict() if isinstance(sent, bytes) else sent
    algorithm, key_id = signing_of(headers.get(TWILIO_SETTINGS))
    keys = secrets.for_algorithm(algorithm, key_id)
    return any(RequestValidator(key).validate(url, params, signature, algorithm) for key in keys)


def signing_of(header: str | None) -> tuple[str, str]:
    """(algorithm, id of the key) of the header that comes with a shared key; SHA-1 and no key without it."""
    parts = dict(part.strip().partition("=")[::2] for part in (header or "").split(","))
    return parts.get("algorithm", HMAC_SHA1), parts.get("key", "")


def body_fits(url: str, body: bytes) -> bool:
    told = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
    return hmac.compare_digest(sha256(body).hexdigest(), told.encode("ascii", "replace").decode())


def sendgrid_signed(public_key: str, headers: Headers | Mapping[str, str], body: bytes, moment: datetime) -> bool:
    """Whether SendGrid signed this body: ECDSA on P-256 with SHA-256 over the timestamp and the raw bytes.

    public_key is base64 of the key's DER, as the console shows it. SendGrid leaves the age to the reader.
    """
    key = key_of(public_key)
    timestamp, signature = headers.get(SENDGRID_TIMESTAMP, ""), headers.get(SENDGRID_SIGNATURE, "")
    if key is None or not lately(timestamp, moment):
        return False
    try:
        key.verify(base64.b64decode(signature, validate=True), timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    except (NotBase64, ValueError, InvalidSignature):
        return False
    return True


def lately(timestamp: str, moment: datetime) -> bool:
    """Whether a moment in seconds since 1970 lies within the window about this one."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(int(timestamp) - moment.timestamp()) <= WINDOW_SECONDS


@cache
def key_of(public_key: str) -> ec.EllipticCurvePublicKey | None:
    """The key, or None where it is none on P-256."""
    try:
        key = serialization.load_der_public_key(base64.b64decode(public_key, validate=True))
    except (NotBase64, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1) else None

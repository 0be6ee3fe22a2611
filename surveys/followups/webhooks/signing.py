"""Signatures of messages to other systems, as Standard Webhooks 1.0.0 has them (symmetric, v1)."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """As people are shown it: a prefix and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def rotated(secret: str) -> str:
    """A new secret, and the newest of those before it: both sign, so that the other side can change in its own time."""
    return f"{new_secret()} {secrets_in(secret)[0]}"


def secrets_in(secret: str) -> list[str]:
    """The newest first."""
    return secret.split()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 of id.timestamp.body, in base64 after its version."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode("ascii")


def signed_headers(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """at: of this try. One signature for each secret in force."""
    timestamp = int(at.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(one, message_id, timestamp, body) for one in secrets_in(secret)),
    }

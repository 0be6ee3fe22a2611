"""The key that packs are signed with: Ed25519, made from the secret, its public half in the audit chain."""

import base64
import hashlib
from datetime import datetime

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from surveys.core.db import db, lock
from surveys.core.tokens import key_for
from surveys.people.audit import record
from surveys.people.models import AuditEntry

PURPOSE = "evidence signatures"
ANNOUNCED = "signing key announced"


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key_for(PURPOSE))


def public_key() -> str:
    """The 32 bytes of the public key, in base64."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def fingerprint(key: str) -> str:
    """SHA-256 of the public key's bytes, in hex: short enough to be read out."""
    return hashlib.sha256(base64.b64decode(key)).hexdigest()


def sign(content: bytes) -> str:
    """The signature of these bytes, in base64. Ed25519 gives the same signature each time (RFC 8032)."""
    return base64.b64encode(signing_key().sign(content)).decode()


def announce(moment: datetime) -> None:
    """Put the public key into the audit chain, once for each key: a pack signed by another is then seen to be."""
    lock("signing key")
    key = public_key()
    newest = db.session.scalar(
        sa.select(AuditEntry.details).where(AuditEntry.action == ANNOUNCED).order_by(AuditEntry.id.desc()).limit(1)
    )
    if newest is None or newest.get("key") != key:
        record(ANNOUNCED, "evidence", actor="system", at=moment, key=key, fingerprint=fingerprint(key))

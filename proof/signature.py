"""The signature on MANIFEST: Ed25519 (RFC 8032), checked where a library for it is there."""

import base64

from proof.folder import Pack
from proof.report import Report

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    LIBRARY = False
else:
    LIBRARY = True

SIGNATURE = "Signature"


def check_signature(pack: Pack, report: Report, announced: str | None) -> None:
    """announced: the public key that the audit chain says packs are signed with."""
    key = pack.text("proof/signing-key.txt").strip()
    if announced is None:
        report.fails(SIGNATURE, "the audit chain announces no signing key")
    elif key != announced:
        report.fails(SIGNATURE, "the pack's key is not the one that the audit chain announces")
    if not LIBRARY:
        report.cannot(SIGNATURE, "Python's package `cryptography` is not here: install it and run this again")
        return
    try:
        signature = base64.b64decode(pack.text("MANIFEST.sig").strip(), validate=True)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(announced or key))
        public.verify(signature, pack.text("MANIFEST").encode())
    except (InvalidSignature, ValueError):
        report.fails(SIGNATURE, "MANIFEST is not what the council signed")
    else:
        report.holds(SIGNATURE, "MANIFEST is what the council's key signed (Ed25519)")

"""The providers' signatures, made here from their documents and not with the libraries that check them."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urldefrag

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def twilio_signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """X-Twilio-Signature of a form posted to this address, its fragment left out."""
    words = urldefrag(url).url + "".join(name + form[name] for name in sorted(form))
    return b64encode(hmac.digest(token.encode(), words.encode(), "sha1")).decode()


class EventKey:
    """SendGrid's key pair for its event web hook."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())

    @property
    def public(self) -> str:
        """Base64 of SPKI DER, as SendGrid's console shows it."""
        found = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(found).decode()

    def headers(self, timestamp: int, body: bytes) -> dict[str, str]:
        """The two headers that go with this body."""
        signature = self.private.sign(str(timestamp).encode() + body, ec.ECDSA(SHA256()))
        return {
            "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": str(timestamp),
        }

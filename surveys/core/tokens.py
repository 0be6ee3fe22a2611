"""Keys derived from the one secret, short opaque tokens, and keyed hashes of addresses."""

import hashlib
import hmac
from collections.abc import Callable
from functools import cache, lru_cache

from flask import current_app

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
TOKEN_LENGTH = 12
ADDRESS_HASH_BYTES = 16


@cache
def derive(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no two uses of the secret share a key."""
    return hmac.digest(secret.encode(), b"fairly/1/" + purpose.encode(), hashlib.sha256)


def key_for(purpose: str) -> bytes:
    return derive(current_app.extensions["settings"].secret_key.get_secret_value(), purpose)


def address_key() -> bytes:
    """The key of address hashes: ADDRESS_KEY, or one derived from SECRET_KEY.

    Opt-outs are found by it for as long as the service runs, so it must never change.
    """
    given: str = current_app.extensions["settings"].address_key.get_secret_value()
    return derive(given, "addresses") if given else key_for("addresses")


def address_hash(address: str, key: bytes) -> bytes:
    """The keyed hash of a normalised phone number or mailbox: 16 bytes of HMAC-SHA256."""
    return hmac.digest(key, address.encode(), hashlib.sha256)[:ADDRESS_HASH_BYTES]


@lru_cache(maxsize=64)
def keyed_hasher(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA256 under one key, for many messages: the key's two blocks are hashed once (RFC 2104).

    OpenSSL's one-shot function looks the algorithm up each time, which costs more than the hashing.
    """
    block = (key if len(key) <= 64 else hashlib.sha256(key).digest()).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block))
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in block))

    def hashed(message: bytes) -> bytes:
        within, around = inner.copy(), outer.copy()
        within.update(message)
        around.update(within.digest())
        return around.digest()

    return hashed


def base58(number: bytes, length: int) -> str:
    left, letters = int.from_bytes(number, "big"), []
    for _ in range(length):
        left, place = divmod(left, 58)
        letters.append(ALPHABET[place])
    return "".join(letters)


def token_for(purpose: str, number: int) -> str:
    """The token of one row: 12 letters of base 58, about 70 bits, the same each time it is made.

    It is derived, not stored: the database keeps its digest only, and a link can still be written again.
    """
    return base58(hmac.digest(key_for(purpose), str(number).encode(), hashlib.sha256), TOKEN_LENGTH)


def token_digest(token: str) -> bytes:
    """What the database keeps of a token."""
    return keyed_hasher(key_for("token digests"))(token.encode())


def seal(purpose: str, words: str) -> str:
    """A proof that this installation wrote these words, for a form field."""
    return keyed_hasher(key_for(purpose))(words.encode()).hex()[:32]


def seal_holds(purpose: str, words: str, given: str) -> bool:
    return hmac.compare_digest(seal(purpose, words), given.encode("ascii", "replace").decode())

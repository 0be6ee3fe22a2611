"""The arithmetic of the draw, in plain values: anybody can do it again with nothing but this page.

u = HMAC-SHA256(period key, source | external_ref) / 2^256, and a contact is selected when u < rate.
"""

import hashlib
import hmac
from fractions import Fraction

WHOLE = 10_000
# Of the rules by which contacts are left out, and their order: who changes the draw's statement counts it up.
RULES_VERSION = 1
ALWAYS = b"\xff" * 33
BLOCK = 64


def commitment_of(key: bytes) -> str:
    """SHA-256 of the period key, in hex: published before the period, checked after it."""
    return hashlib.sha256(key).hexdigest()


def draw_number(key: bytes, source: str, external_ref: str) -> bytes:
    """The 32 bytes of the contact's keyed hash."""
    return hmac.digest(key, f"{source}|{external_ref}".encode(), hashlib.sha256)


def as_fraction(number: bytes) -> Fraction:
    """u: the number as a share of 2^256, exactly."""
    return Fraction(int.from_bytes(number, "big"), 2**256)


def threshold(rate: int) -> bytes:
    """The least 32-byte number that is not selected at this rate (in ten-thousandths).

    Bytes compare as numbers do, so `number < threshold(rate)` is `u < rate / 10000`, exactly. A rate of one is
    33 bytes that are above every number.
    """
    if not 0 <= rate <= WHOLE:
        raise ValueError("a rate is between 0 and 10,000 ten-thousandths")
    if rate == WHOLE:
        return ALWAYS
    return (-(-rate * 2**256 // WHOLE)).to_bytes(32, "big")


def pads(key: bytes) -> tuple[bytes, bytes]:
    """(inner, outer) key blocks of HMAC (RFC 2104): for databases that hash but have no HMAC."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def percent(rate: int) -> str:
    """A rate in ten-thousandths as people read it: 2500 is 25%, 1250 is 12.5%."""
    return f"{rate / 100:.2f}".rstrip("0").rstrip(".") + "%"

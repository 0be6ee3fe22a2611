"""The arithmetic of the draw against exact fractions and the standard's own vectors."""

import hashlib
import hmac
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.sampling.rules import WHOLE, as_fraction, commitment_of, draw_number, pads, percent, threshold

RATES = st.integers(0, WHOLE)
NUMBERS = st.binary(min_size=32, max_size=32)


@given(NUMBERS, RATES)
@example(b"\xff" * 32, 10_000)
@example(b"\xff" * 32, 9_999)
@example(b"\0" * 32, 0)
@example(b"\0" * 32, 1)
def test_bytes_below_the_threshold_are_exactly_the_numbers_below_the_rate(number: bytes, rate: int) -> None:
    assert (number < threshold(rate)) == (as_fraction(number) < Fraction(rate, WHOLE))


@given(RATES)
def test_the_threshold_is_the_first_number_that_is_not_selected(rate: int) -> None:
    border = threshold(rate)
    if rate in (0, WHOLE):
        assert border == (b"\0" * 32 if rate == 0 else b"\xff" * 33)
        return
    below = (int.from_bytes(border, "big") - 1).to_bytes(32, "big")
    assert as_fraction(below) < Fraction(rate, WHOLE) <= as_fraction(border)


@given(RATES, RATES)
def test_a_higher_rate_selects_whatever_a_lower_rate_selects(one: int, other: int) -> None:
    assert (threshold(one) <= threshold(other)) == (one <= other)


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_a_rate_that_is_no_share_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 10,000"):
        threshold(rate)


def test_the_number_is_hmac_sha256_of_source_and_reference() -> None:
    # RFC 4231, test case 2, with its words cut at the bar: HMAC-SHA256("Jefe", "what do ya want for nothing?").
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert hmac.new(b"Jefe", b"what do ya want for nothing?", hashlib.sha256).hexdigest() == expected
    assert draw_number(b"Jefe", "crm", "A1") == rfc_2104(b"Jefe", b"crm|A1")


@given(st.binary(min_size=32, max_size=32), st.text(max_size=40))
def test_the_number_equals_the_definition_of_hmac(key: bytes, reference: str) -> None:
    assert draw_number(key, "crm", reference) == rfc_2104(key, f"crm|{reference}".encode())


def rfc_2104(key: bytes, words: bytes) -> bytes:
    """H(K xor opad, H(K xor ipad, text)), as the standard writes it."""
    block = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + words).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).digest()


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_hashing_behind_the_pads_is_hmac(key: bytes, words: bytes) -> None:
    inner, outer = pads(key)
    by_pads = hashlib.sha256(outer + hashlib.sha256(inner + words).digest()).digest()
    assert by_pads == hmac.digest(key, words, hashlib.sha256)


def test_the_commitment_is_sha256_of_the_key_in_hex() -> None:
    assert commitment_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("rate", "words"),
    [(0, "0%"), (1, "0.01%"), (1250, "12.5%"), (2500, "25%"), (9999, "99.99%"), (10_000, "100%")],
)
def test_a_rate_is_read_as_a_percentage(rate: int, words: str) -> None:
    assert percent(rate) == words

"""The hasher of bulk loads and the hash of single addresses are one and the same."""

import pytest

from surveys.contacts.addresses import address_hasher
from surveys.core.tokens import address_hash


@pytest.mark.parametrize("key", [b"k", b"k" * 32, b"k" * 64, b"k" * 65, b"k" * 200], ids=len)
@pytest.mark.parametrize("address", ["+447700900123", "someone@example.com", "dwyn’r@example.com", ""])
def test_addresses_hash_the_same_one_at_a_time_and_in_bulk(address: str, key: bytes) -> None:
    hashed = address_hasher(key)
    assert hashed(address) == hashed(address) == address_hash(address, key)

"""Tokens, digests, seals and address hashes: the same each time, and never one for another."""

import re

import pytest
from flask import Flask

from surveys.core import tokens
from tests.core.conftest import MakeApp


def test_a_token_is_the_same_each_time_it_is_made(app: Flask) -> None:
    assert tokens.token_for("survey links", 7) == tokens.token_for("survey links", 7)


def test_tokens_differ_by_row_and_by_purpose(app: Flask) -> None:
    made = {tokens.token_for(purpose, number) for purpose in ("survey links", "receipts") for number in range(2000)}
    assert len(made) == 4000


def test_a_token_is_twelve_letters_that_cannot_be_mistaken(app: Flask) -> None:
    made = [tokens.token_for("survey links", number) for number in range(500)]
    assert all(re.fullmatch(r"[1-9A-HJ-NP-Za-km-z]{12}", token) for token in made)
    assert set("".join(made)) == set(tokens.ALPHABET)
    assert len(tokens.ALPHABET) == 58


def test_a_token_has_seventy_bits() -> None:
    assert 58**tokens.TOKEN_LENGTH > 2**70


def test_base_58_counts_its_lowest_place_first() -> None:
    assert tokens.base58((58 + 2).to_bytes(2, "big"), 3) == "321"


def test_the_database_keeps_a_digest_and_not_the_token(app: Flask) -> None:
    token = tokens.token_for("survey links", 7)
    digest = tokens.token_digest(token)
    assert digest == tokens.token_digest(token)
    assert len(digest) == 32
    assert token.encode() not in digest
    assert tokens.token_digest(token[:-1] + "1") != digest


def test_another_installation_makes_other_tokens(make_app: MakeApp) -> None:
    made = set()
    for secret in ("one", "two"):
        with make_app(secret_key=secret).app_context():
            made |= {tokens.token_for("survey links", 7), tokens.seal("forms", "words")}
    assert len(made) == 4


def test_each_purpose_has_a_key_of_its_own(app: Flask) -> None:
    keys = {tokens.key_for(purpose) for purpose in ("addresses", "survey links", "token digests", "sign-in failures")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_without_an_address_key_addresses_are_hashed_under_the_secret(make_app: MakeApp) -> None:
    with make_app(secret_key="one").app_context():
        first = tokens.address_key()
        assert first == tokens.key_for("addresses")
    with make_app(secret_key="two").app_context():
        assert tokens.address_key() != first


def test_with_an_address_key_opt_outs_are_found_after_the_secret_has_changed(make_app: MakeApp) -> None:
    found = set()
    for secret in ("one", "two"):
        with make_app(secret_key=secret, address_key="kept for ever").app_context():
            assert tokens.address_key() != tokens.key_for("addresses")
            found.add(tokens.address_hash("+447700900123", tokens.address_key()))
    assert len(found) == 1


def test_an_address_hash_is_keyed_and_sixteen_bytes() -> None:
    one, two = (tokens.address_hash("+447700900123", key) for key in (b"a" * 32, b"b" * 32))
    assert one != two
    assert len(one) == tokens.ADDRESS_HASH_BYTES == 16
    assert tokens.address_hash("+447700900124", b"a" * 32) != one


@pytest.mark.parametrize("given", ["", "0" * 32, "é" * 32, "\x00", "x" * 10_000])
def test_a_forged_seal_does_not_hold(app: Flask, given: str) -> None:
    assert not tokens.seal_holds("forms", "words", given)


def test_a_seal_holds_for_its_own_words_and_purpose_only(app: Flask) -> None:
    seal = tokens.seal("forms", "words")
    assert tokens.seal_holds("forms", "words", seal)
    assert not tokens.seal_holds("forms", "other words", seal)
    assert not tokens.seal_holds("stops", "words", seal)


def test_the_kept_secret_makes_the_same_tokens_after_a_restart(make_app: MakeApp) -> None:
    made = set()
    for _ in range(2):
        with make_app().app_context():
            made.add(tokens.token_for("survey links", 1))
    assert len(made) == 1

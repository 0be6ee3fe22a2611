"""Passwords: the rules that help, and hashes that cost."""

import pytest

from surveys.people.passwords import LONGEST, WeakPassword, check_password_rules, hash_password, password_fits
from tests.people.conftest import STRONG

EMAIL = "jane.resident@example.gov.uk"


@pytest.mark.parametrize(
    "password", ["four random words", "Tr0ub4dor&3 and on", "parôl hir iawn", "a" * 7 + "bcdefg", "x y z q w " * 20]
)
def test_a_long_password_is_taken_whatever_it_is_made_of(password: str) -> None:
    check_password_rules(password, EMAIL)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "12 characters or more"),
        ("elevenchars", "12 characters or more"),
        ("abcdef " * 40, "200 characters or less"),
        ("aaaaaaaaaaaa", "the same few characters"),
        ("abababababababab", "the same few characters"),
        ("Jane.Resident2026", "must not be your name"),
    ],
)
def test_a_password_easily_guessed_is_refused_with_what_to_do(password: str, words: str) -> None:
    with pytest.raises(WeakPassword, match=words):
        check_password_rules(password, EMAIL)


def test_a_name_of_two_letters_is_in_many_words_and_refuses_none() -> None:
    check_password_rules("major random words", "jo@example.gov.uk")


def test_a_hash_fits_its_own_password_only() -> None:
    kept = hash_password("four random words")
    assert password_fits(kept, "four random words")
    assert not password_fits(kept, "four random word")
    assert not password_fits(kept, "")
    assert hash_password("four random words") != kept


def test_no_account_fits_no_password() -> None:
    assert not password_fits(None, "four random words")


def test_a_hash_that_is_none_fits_nothing() -> None:
    assert not password_fits("plain words", "plain words")


def test_what_goes_beyond_the_longest_password_does_not_fit() -> None:
    longest = ("abcdefghij" * 20)[:LONGEST]
    kept = hash_password(longest)
    assert password_fits(kept, longest)
    assert not password_fits(kept, longest + "k")


def test_the_real_hash_is_memory_hard() -> None:
    assert (STRONG.memory_cost, STRONG.time_cost, STRONG.type.name) == (65_536, 3, "ID")

"""Leaves and digests can be computed by anybody who has the same rows, and change with every part of them."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from proof.leaves import SealedDraw, SealedResponse, digest_of, draw_leaf, response_leaf

RESPONSE = SealedResponse(date(2026, 3, 10), "parking", "phone", "web", "contact/1", True, {"overall": "neither"})
DRAW = SealedDraw(date(2026, 3, 10), "parking", "phone", "crm", "A1", "c0", 2500, "selected")


def test_a_response_s_leaf_is_the_digest_of_words_anybody_can_write() -> None:
    words = (
        '{"answers":{"overall":"neither"},"channel":"phone","completed":true,"day":"2026-03-10","mode":"web",'
        '"rule":1,"service":"parking","version":"contact/1"}'
    )
    assert response_leaf(RESPONSE) == hashlib.sha256(words.encode()).digest()


def test_a_draw_s_leaf_is_the_digest_of_words_anybody_can_write() -> None:
    words = (
        '{"channel":"phone","day":"2026-03-10","outcome":"selected","plan":"c0","rate":2500,"reference":"A1",'
        '"rule":1,"service":"parking","source":"crm"}'
    )
    assert draw_leaf(DRAW) == hashlib.sha256(words.encode()).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"day": date(2026, 3, 11)},
        {"service": "housing"},
        {"channel": "web"},
        {"mode": "sms"},
        {"version": "contact/2"},
        {"completed": False},
        {"answers": {"overall": "very_satisfied"}},
        {"answers": {}},
        {"answers": {"overall": "neither", "resolved": "no"}},
    ],
)
def test_each_part_of_a_response_changes_its_leaf(changed: dict[str, object]) -> None:
    assert response_leaf(replace(RESPONSE, **changed)) != response_leaf(RESPONSE)  # type: ignore[arg-type]  # by name


def test_the_order_of_answers_changes_nothing() -> None:
    one = replace(RESPONSE, answers={"overall": "neither", "resolved": "no"})
    other = replace(RESPONSE, answers={"resolved": "no", "overall": "neither"})
    assert response_leaf(one) == response_leaf(other)


def test_a_day_s_digest_is_that_of_its_leaves_in_hex_line_by_line() -> None:
    leaves = sorted([response_leaf(RESPONSE), draw_leaf(DRAW)])
    lines = "".join(f"{leaf.hex()}\n" for leaf in leaves)
    assert digest_of(leaves) == hashlib.sha256(lines.encode()).hexdigest()
    assert digest_of([]) == hashlib.sha256(b"").hexdigest()


def test_leaves_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        digest_of([b"\2" * 32, b"\1" * 32])

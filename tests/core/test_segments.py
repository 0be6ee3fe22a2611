"""Texts are counted as the networks count them: septets, escape pairs, UCS-2 units and surrogates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.core.segments import BASIC, EXTENSION, Encoding, segments

GSM, UCS2 = Encoding.GSM, Encoding.UCS2


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts", "left"),
    [
        ("", GSM, 0, 0, 160),
        ("a", GSM, 1, 1, 159),
        ("a" * 160, GSM, 160, 1, 0),
        ("a" * 161, GSM, 161, 2, 145),
        ("a" * 306, GSM, 306, 2, 0),
        ("a" * 307, GSM, 307, 3, 152),
        ("a" * 158 + "€", GSM, 160, 1, 0),
        ("a" * 159 + "€", GSM, 161, 2, 145),
        ("ŵ" * 70, UCS2, 70, 1, 0),
        ("ŵ" * 71, UCS2, 71, 2, 63),
        ("ŵ" * 134, UCS2, 134, 2, 0),
        ("ŵ" * 135, UCS2, 135, 3, 66),
        ("😀", UCS2, 2, 1, 68),
        ("😀" * 35, UCS2, 70, 1, 0),
        ("^{}\\[~]|€", GSM, 18, 1, 142),
        ("\n\r", GSM, 2, 1, 158),
    ],
)
def test_the_published_counts_hold(text: str, encoding: Encoding, units: int, parts: int, left: int) -> None:
    found = segments(text)
    assert (found.encoding, found.units, found.parts, found.left_in_part) == (encoding, units, parts, left)


def test_an_escape_pair_is_not_split_over_two_parts() -> None:
    # 306 septets would fill two parts, but the pair that begins at the 153rd goes to the second part whole.
    text = "a" * 152 + "€" + "a" * 152
    assert (segments(text).units, segments(text).parts) == (306, 3)
    assert segments("a" * 152 + "€" + "a" * 151).left_in_part == 0


def test_a_surrogate_pair_is_not_split_over_two_parts() -> None:
    text = "ŵ" * 66 + "😀" + "ŵ" * 66
    assert (segments(text).units, segments(text).parts) == (134, 3)
    assert segments("ŵ" * 66 + "😀" + "ŵ" * 65).parts == 2


@pytest.mark.parametrize("letter", "âêîôûŵŷÂÊÎÔÛŴŶáíóúëïẁỳçÁ’“–…`😀")
def test_a_circumflex_or_a_curly_quote_costs_the_whole_text_its_cheap_encoding(letter: str) -> None:
    found = segments(f"Sut {letter} aeth? {letter}")
    assert (found.encoding, found.odd_characters) == (UCS2, (letter,))


@pytest.mark.parametrize("letter", "àèéìòùäöüñÉÄÖÜÑÇ£@")
def test_other_accents_and_the_pound_do_not(letter: str) -> None:
    assert segments(letter).odd_characters == ()
    assert segments(letter).units == 1


def test_odd_characters_are_named_once_each_in_order() -> None:
    assert segments("tŷ gŵyr – tŷ").odd_characters == ("ŷ", "ŵ", "–")


def test_the_alphabet_has_127_letters_and_the_table_behind_the_escape_10() -> None:
    assert (len(BASIC), len(EXTENSION), BASIC & EXTENSION) == (127, 10, frozenset())


@given(st.text(st.sampled_from("aé€[\nŵ😀’"), max_size=700))
def test_the_parts_hold_the_units_and_no_part_more_than_needed(text: str) -> None:
    found = segments(text)
    gsm = not set(text) & set("ŵ😀’")
    single, each = (160, 153) if gsm else (70, 67)
    units = sum(2 if c in "€[" else 1 for c in text) if gsm else len(text.encode("utf-16-be")) // 2
    assert found.units == units
    if units <= single:
        assert found.parts == (1 if text else 0)
    else:
        # Each part but the last loses one unit at most to a pair that would not fit.
        assert -(-units // each) <= found.parts <= -(-units // (each - 1))
        assert 0 <= found.left_in_part < each

"""A comment as plain words, and the way back."""

import pytest

from nlp.urgency.spelling import CANONICAL
from nlp.urgency.words import line_of, plain_words, spoken


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("I DON’T want", "i do not want"),
        ("dont want", "do not want"),
        ("u r ded", "you are ded"),
        ("my mum's carer", "my mum carer"),
        ("[NAME] hits her", "xname hits her"),
        ("[NI NUMBER] is wrong", "xninumber is wrong"),
        ("wait, stop. Go!", "wait , stop . go ."),
        ("well - no", "well , no"),
        ("self-harm", "self harm"),
        ("", ""),
    ],
)
def test_words_are_brought_to_one_spelling(written: str, plain: str) -> None:
    assert line_of(written).plain == plain


@pytest.mark.parametrize("slip", ["suicidel", "complant", "ombudsmen", "harrassed", "neglekted", "bulied"])
def test_slips_in_the_weighty_words_are_understood(slip: str) -> None:
    assert plain_words(slip) != (slip,)


@pytest.mark.parametrize("word", ["care", "career", "patrol", "widows", "mediation", "hating", "complaint", "violet"])
def test_no_other_word_is_taken_for_a_slip(word: str) -> None:
    assert CANONICAL.get(word, word) == word


def test_a_place_in_the_line_leads_back_to_the_comment_as_written() -> None:
    text = "She said: İ DON’T   want to LIVE. Ok"
    line = line_of(text)
    start = line.plain.index("not want")
    assert text[slice(*line.origin(start, start + len("not want to live")))] == "DON’T   want to LIVE"


def test_the_different_words_are_known_without_placing_them() -> None:
    assert spoken("The the [NAME] don't") == {"the", "[name]", "don't"}

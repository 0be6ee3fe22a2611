import pytest

from nlp.redaction.vocabulary import is_common, is_word, looks_like_a_word
from nlp.redaction.word_numbers import key, packed, unpacked


def test_words_survive_packing_as_their_numbers() -> None:
    words = ["waited", "council", "café", "a"]
    assert unpacked(packed(words)) == {key(word) for word in words}


def test_the_same_words_give_the_same_bytes() -> None:
    assert packed(["b", "a", "b"]) == packed(["a", "b"])


@pytest.mark.parametrize("word", ["waited", "colour", "receptionist", "apologised", "monday", "ehcp", "switchboard"])
def test_english_and_the_trade_are_words(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["wojciech", "okafor", "priya", "siobhan", "thornicombe", "xiulan"])
def test_names_are_no_words(word: str) -> None:
    assert not is_word(word)


def test_the_common_are_fewer_than_the_words() -> None:
    assert is_common("letter")
    assert is_word("abalone")
    assert not is_common("abalone")


@pytest.mark.parametrize("word", ["excelent", "recieved", "helpfull", "webchat", "absolutly", "carpark"])
def test_slips_and_compounds_look_like_words(word: str) -> None:
    assert looks_like_a_word(word)


@pytest.mark.parametrize("word", ["wojciech", "okafor", "ngozi", "llywelyn"])
def test_names_do_not_look_like_words(word: str) -> None:
    assert not looks_like_a_word(word)

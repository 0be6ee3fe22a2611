"""The ordinary words of English, as numbers: tells `Wojtek` from `Waited`, and `Excelent` from either."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nlp.redaction.word_numbers import key, unpacked

FOLDER = Path(__file__).parent / "words"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# Endings that English gives to its words and hardly any name has.
ENDING = re.compile(
    r"(?:ing|tion|sion|ment|ness|able|ible|ably|ibly|ful|full|fully|less|ously|ally|edly|ities|ism|ology|ise|ize|ised"
    r"|ized|ated|tive|ous|nted|tted|ssed|cted|rted|ered|tely|ntly|lly|rly|ency|ancy|ility|ators?|ees)s?\Z"
)


def listed(name: str) -> frozenset[str]:
    """The words of one of our own lists; what follows a # on a line is a remark."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("#")[0].lower().split())


COMMON = unpacked((FOLDER / "common.bin").read_bytes())
RARER = unpacked((FOLDER / "rarer.bin").read_bytes())
OURS = listed("council.txt")


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether this lower-case word is ordinary English or of the council's trade."""
    if word in OURS:
        return True
    number = key(word)
    return number in COMMON or number in RARER


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    return word in OURS or key(word) in COMMON


@lru_cache(maxsize=5_000)
def looks_like_a_word(word: str) -> bool:
    """Whether a lower-case word that is not in the vocabulary is likely a slip, a compound or a form of one that is."""
    if len(word) < 4:
        return len(word) < 3 or not re.search("[aeiouy]", word)
    return bool(ENDING.search(word, 2)) or is_compound(word) or any(is_common(slip) for slip in slips(word))


def is_compound(word: str) -> bool:
    """Two common words written as one: `webchat`, `carpark`."""
    return any(is_common(word[:at]) and is_common(word[at:]) for at in range(3, len(word) - 2))


def slips(word: str) -> Iterator[str]:
    """What was perhaps meant: one letter too many, too few, wrong, or two the wrong way round; not in the first."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ALPHABET:
            yield head + letter + tail
            yield head + letter + tail[1:]

"""What a single word says about being a name, before its neighbours are asked."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from nlp.redaction.recognisers.matching import words
from nlp.redaction.vocabulary import OURS, is_word, listed

FIRST = listed("first_names.txt")
WORD_NAMES = listed("word_names.txt")
LAST = listed("surnames.txt")
PLACES = listed("places.txt")
# Given names that the vocabulary holds as rare words; in lower case they are names all the same.
NO_WORDS = words("john harry tony terry peter jimmy billy bobby josh tom sally martin phoebe")
TITLES = words("mr mrs ms mx miss dr cllr councillor prof professor rev reverend sir dame")
# Letters that stay whole when accents are taken off.
WHOLE = str.maketrans("łøđıħßæœþðŁØĐ", "lodihsaotdLOD")


class Sign(IntEnum):
    """How a word by itself bears on being a name; `..._LOW` is said of words in lower case."""

    ORDINARY = 0
    TRADE = 1  # a day, a month, a place, a service, an acronym: no name, not even after a title
    TITLE = 2  # Mr, Cllr
    INITIAL = 3  # one capital letter
    STRANGE_LOW = 4  # in no vocabulary
    STRANGE = 5
    WEAK_LOW = 6  # a name that is a word too
    WEAK = 7
    SURE = 8


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """The word in plain lower-case letters, without the ending of the possessive."""
    lowered = word.lower()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFD", lowered.translate(WHOLE))
        lowered = "".join(c for c in apart if not unicodedata.combining(c))
    return lowered.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=20_000)
def sign_of(word: str) -> Sign:
    plain = bare(word)
    if plain in TITLES:
        return Sign.TITLE
    if len(word) == 1 and word.isupper():
        return Sign.INITIAL
    if word.islower():
        return sign_of_low(plain)
    if word.isupper() and len(plain) > 1:
        return sign_of_capitals(plain)
    if plain in WORD_NAMES:
        return Sign.WEAK
    if plain in FIRST:
        return Sign.SURE
    if plain in PLACES or plain in OURS or len(plain) < 2:
        return Sign.TRADE
    if plain in LAST:
        return Sign.WEAK if is_word(plain) else Sign.SURE
    return Sign.ORDINARY if is_ordinary(plain) else Sign.STRANGE


def sign_of_low(plain: str) -> Sign:
    if plain in FIRST and plain not in WORD_NAMES and (plain in NO_WORDS or not is_word(plain)):
        return Sign.SURE
    if plain in WORD_NAMES or (plain in LAST and is_word(plain)):
        return Sign.WEAK_LOW
    if plain in LAST:
        return Sign.STRANGE_LOW
    return Sign.ORDINARY if plain in PLACES or is_ordinary(plain) else Sign.STRANGE_LOW


def sign_of_capitals(plain: str) -> Sign:
    """A word all in capitals among others that are not: an acronym, unless it is known."""
    if plain in FIRST and plain not in WORD_NAMES and not is_word(plain):
        return Sign.SURE
    if plain in WORD_NAMES or plain in LAST:
        return Sign.WEAK if len(plain) > 3 else Sign.TRADE
    return Sign.STRANGE if len(plain) > 4 and not is_ordinary(plain) else Sign.TRADE


def is_ordinary(plain: str) -> bool:
    """Ordinary as it is, without its plural's s, or in each part that hyphens join."""
    if is_word(plain) or (plain.endswith("s") and is_word(plain[:-1])):
        return True
    parts = re.split(r"[-']", plain)
    return len(parts) > 1 and all(len(part) < 2 or is_word(part) for part in parts)


def is_surname(word: str) -> bool:
    return bare(word) in LAST

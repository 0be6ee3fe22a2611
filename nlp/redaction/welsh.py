"""The ordinary words of Welsh: small ones, the council's trade and feelings, their mutations and the forms of verbs.

All by plain lower-case letters, as `bare` gives them, since residents write `ty` and `tŷ`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.redaction.name_words import PLACES, bare
from nlp.redaction.recognisers.matching import words
from nlp.redaction.vocabulary import is_word, listed, slips

# What is left of a word when its beginning is mutated, and what it may have been: soft, nasal, aspirate, and h before a
# vowel. Longer ones first.
MUTATED = (
    ("ngh", ("c",)),
    ("nh", ("t",)),
    ("mh", ("p",)),
    ("ng", ("g",)),
    ("ch", ("c",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("dd", ("d",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("f", ("b", "m")),
    ("g", ("c",)),
    ("m", ("b",)),
    ("n", ("d", "gn")),
    ("l", ("ll", "gl")),
    ("r", ("rh", "gr")),
    ("w", ("gw",)),
    ("h", ("",)),
)
VOWELS = "aeiouwy"
OF_A_VERB = words(
    "af a i wn wch an ant ais aist odd asom asoch asant es est on soch wyd ir ai en ech em ent et id er o ith iff som "
    "sant as ed ach edig adwy us"
)
# What leans on the word before it: `mae'r`, `Nia'n`, `gyda'i`.
LEANING = re.compile(r"'(?:r|n|i|u|w|m|th|ch|ti|di|d|na|ma|ny|na'r)\Z", re.IGNORECASE)
# Endings of Welsh that hardly any name has; whole words of five letters and more.
ENDING = re.compile(
    r"(?:odd|wyd|ais|asom|asoch|asant|iaeth|aeth|iadau|adau|iannau|oedd|iau|wyr|wch|edig|adwy|gar|iol|ol|us|lyd|rwydd|wr"
    r"|ydd|deb|der|did|aidd|fa|feydd|io|eg|lon|wn|af|ir|ad|au|awr|ion)\Z"
)


def verb_forms() -> Iterator[str]:
    """Whatever tense and person: a stem and all endings, though some verbs have a few of them only."""
    for verb in VERBS:
        noun, given, stem = verb.partition("/")
        root = bare(stem) if given else bare(noun).rstrip(VOWELS) + ("i" if noun.endswith(("io", "ïo")) else "")
        yield from (root.removesuffix("i") + end if end[0] == "i" else root + end for end in OF_A_VERB)


VERBS = listed("welsh_verbs.txt")
NAMES_TOO = frozenset(map(bare, listed("welsh_word_names.txt")))
LISTED = frozenset(bare(word.partition("/")[0]) for word in listed("welsh.txt") | VERBS) | NAMES_TOO
KNOWN = LISTED | frozenset(verb_forms())
TOWNS = frozenset(map(bare, listed("welsh_places.txt"))) | PLACES
# So common in a text of Welsh that a capital makes no name of them.
HARDLY_A_NAME = words("mae beth pam dan ben allan olaf bob gael mai medi pan cath lyn wyn del sal tan lan")
# Short ones, or such as English has too, that tell of Welsh all the same.
TELLING = words("yn yr oes wedi ei fy ym yng dw bu ar sy da mae")


def radicals(word: str) -> Iterator[str]:
    """The word, and what it may have been before its beginning was mutated."""
    yield word
    for left, began in MUTATED:
        if word.startswith(left):
            yield from (first + word[len(left) :] for first in began)
    if word[:1] in VOWELS:
        yield "g" + word


def leaning(word: str) -> int:
    """How many characters at the end of the word belong to a small word that leans on it."""
    match = LEANING.search(word)
    return len(match[0]) if match else 0


@lru_cache(maxsize=20_000)
def is_welsh(word: str) -> bool:
    """Whether these plain letters are an ordinary word of Welsh, mutated or not, or a compound of such."""
    if any(radical in KNOWN for radical in radicals(word)):
        return True
    parts = re.split("[-']", word)
    return len(parts) > 1 and all(len(part) < 3 or is_word(part) or is_welsh(part) for part in parts)


@lru_cache(maxsize=20_000)
def is_form_of_verb(word: str) -> bool:
    """Whether it is Welsh only as a form of a verb, which has no capital but where a sentence begins."""
    return is_welsh(word) and "-" not in word and LISTED.isdisjoint(radicals(word))


@lru_cache(maxsize=20_000)
def is_town(word: str) -> bool:
    return any(radical in TOWNS for radical in radicals(word))


@lru_cache(maxsize=5_000)
def looks_welsh(word: str) -> bool:
    """Whether a word in no vocabulary is likely a form or a slip of a Welsh one."""
    if len(word) < 4:
        return True
    return (len(word) > 4 and bool(ENDING.search(word))) or any(slip in KNOWN for slip in slips(word))

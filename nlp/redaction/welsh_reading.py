"""Which sentences of a text are Welsh, and what a word in them says about being a name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nlp.language import WELSH_ALONE
from nlp.redaction.name_words import FIRST, LAST, PLACES, WORD_NAMES, Sign, bare, sign_of
from nlp.redaction.types import Kind
from nlp.redaction.vocabulary import is_word
from nlp.redaction.welsh import LISTED, NAMES_TOO, TELLING, is_form_of_verb, is_town, is_welsh, leaning

ENDS = re.compile(r"[.!?\n]")
# So many words tell of Welsh in a longer text, and one in so many that a whole text is Welsh: words that English knows
# too do not count, but in a short text where almost all may be Welsh.
NEEDED = 2
MOSTLY = 4
SHORT = 8
# They stand in texts that were redacted once, and speak for no language.
PLACEHOLDERS = frozenset(word for kind in Kind for word in kind.value.lower().split())
JOINED = re.compile(r"'[rniuw]\Z", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def tells(word: str) -> bool:
    """Whether the word is Welsh and nothing else."""
    plain = bare(word[: len(word) - leaning(word)])
    if plain in TELLING or JOINED.search(word):
        return True
    return len(plain) > 2 and not is_named(plain) and is_welsh(plain) and not is_word(plain)


def is_named(plain: str) -> bool:
    return plain in FIRST or plain in WORD_NAMES or plain in LAST or plain in PLACES


@lru_cache(maxsize=20_000)
def weight(word: str) -> int:
    """1 of a word that may be Welsh, -1 of one that cannot be, 0 of a name, a letter or a placeholder."""
    plain = bare(word[: len(word) - leaning(word)])
    if is_welsh(plain) or is_town(plain):
        return 1
    return 0 if len(plain) < 2 or plain in PLACEHOLDERS or is_named(plain) else -1


def welsh_among(text: str, written: Sequence[str], spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words in Welsh sentences: where a word tells, and in a text that is mostly Welsh where nothing
    speaks against it."""
    telling = frozenset(at for at, word in enumerate(written) if tells(word))
    if not telling:
        return frozenset()
    enough = len({bare(written[at]) for at in telling} - {"mae"}) >= NEEDED
    mostly = enough and len(telling) * MOSTLY >= len(written)
    found: set[int] = set()
    for sentence in sentences(text, spans):
        if telling.isdisjoint(sentence):
            welsh = mostly and all(weight(written[at]) >= 0 for at in sentence)
        else:
            welsh = enough or is_welsh_throughout(sentence, telling, written) or says_welsh(sentence, written)
        if welsh:
            found.update(sentence)
    return frozenset(found)


def says_welsh(sentence: range, written: Sequence[str]) -> bool:
    """Whether a word of it has no other meaning in any language."""
    return any(bare(written[at]) in WELSH_ALONE for at in sentence)


def is_welsh_throughout(sentence: range, telling: frozenset[int], written: Sequence[str]) -> bool:
    """Of a short one: something tells, and of the rest at least twice as much may be Welsh as may not."""
    if len(sentence) > SHORT:
        return False
    weights = [weight(written[at]) for at in sentence]
    alone = all(bare(written[at]) == "mae" for at in telling.intersection(sentence))
    against = weights.count(-1)
    return against == 0 and weights.count(1) > 1 if alone else weights.count(1) >= 2 * against


def sentences(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[range]:
    """The numbers of the words of each sentence."""
    began = 0
    for at in range(1, len(spans)):
        if ENDS.search(text, spans[at - 1][1], spans[at][0]):
            yield range(began, at)
            began = at
    yield range(began, len(spans))


@lru_cache(maxsize=20_000)
def sign_in_welsh(word: str) -> Sign:
    """As `sign_of`, where ordinary words are Welsh ones too."""
    stem = word[: len(word) - leaning(word)]
    sign, plain = sign_of(stem), bare(stem)
    if plain in NAMES_TOO or (sign in (Sign.SURE, Sign.WEAK) and plain in LISTED):
        return Sign.ORDINARY if stem.islower() else Sign.WEAK
    if sign is Sign.STRANGE and is_town(plain):
        return Sign.TRADE
    if sign is Sign.STRANGE and is_form_of_verb(plain):
        return sign
    if sign in (Sign.STRANGE, Sign.STRANGE_LOW) and (is_welsh(plain) or is_town(plain)):
        return Sign.ORDINARY
    return Sign.ORDINARY if sign is Sign.WEAK_LOW and is_welsh(plain) else sign

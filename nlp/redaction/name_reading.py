"""The words of a text as the search for names reads them: where they stand, what each says, which are Welsh."""

import re
from dataclasses import dataclass

from nlp.redaction.name_cues import Cue, cue_before
from nlp.redaction.name_words import Sign, sign_of
from nlp.redaction.welsh import leaning
from nlp.redaction.welsh_cues import welsh_cue_before
from nlp.redaction.welsh_reading import sign_in_welsh, welsh_among

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
CAPITALS = re.compile("[A-Z]{2}")
# Without a word of these signs nothing in a text is Welsh that English has not.
NO_ENGLISH = frozenset((Sign.STRANGE_LOW, Sign.STRANGE))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, where they stand, and what each says by itself; `welsh` has the numbers of those that
    stand in Welsh sentences."""

    text: str
    low: str
    spans: list[tuple[int, int]]
    signs: list[Sign]
    welsh: frozenset[int]

    def word(self, at: int) -> str:
        return self.text[slice(*self.spans[at])] if 0 <= at < len(self.spans) else ""

    def cue(self, at: int) -> Cue:
        english = cue_before(self.low, self.spans[at][0])
        return max(english, welsh_cue_before(self.low, self.spans[at][0])) if at in self.welsh else english

    def gap(self, at: int) -> str:
        """What stands between this word and the next."""
        return self.text[self.spans[at][1] : self.spans[at + 1][0]] if at + 1 < len(self.spans) else "\n"

    def tail(self, at: int) -> int:
        """How many characters at the end of the word are none of a name: `Siân's`, `the Joneses'`, `Nia'n`."""
        word = self.word(at).lower()
        if at in self.welsh and (hanging := leaning(word)):
            return hanging
        return 2 if word.endswith("'s") else int(word.endswith("'"))


def read(text: str) -> Words:
    """The words with their signs; a text all in capitals is read as if it were in lower case."""
    low = lowered(text)
    text = low if is_shouted(text) else text
    matches = list(WORD.finditer(text))
    written, spans = [match[0] for match in matches], [match.span() for match in matches]
    signs = [sign_of(word) for word in written]
    welsh = frozenset[int]()
    if not NO_ENGLISH.isdisjoint(signs) and (welsh := welsh_among(text, written, spans)):
        signs = [sign_in_welsh(word) if at in welsh else signs[at] for at, word in enumerate(written)]
    return Words(text, low, spans, signs, welsh)


def is_shouted(text: str) -> bool:
    if not CAPITALS.search(text):
        return False
    return text.isupper() or (sum(map(str.isupper, text)) > 2 * sum(map(str.islower, text)) and text.count(" ") > 2)


def lowered(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

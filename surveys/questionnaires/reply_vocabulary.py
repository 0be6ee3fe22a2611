"""What people write when they answer by text: numbers, answers and courtesies, a JSON file a language. Pure.

In the files a comma parts phrases and a slash parts spellings of one word. What is in them, beside numbers and answers:

- labels: words before a figure ("no. 4"); opens: words that may come before an answer, and links those that may come
  after them ("my answer is"); states: those before an answer in words ("I was very satisfied");
- begins: words that a comment may begin with right after a figure, for it cannot count them ("4 took ages");
- units: what is counted ("4 hours"); scores: what a mark out of something has ("4 stars");
- declines: a no to being asked; thanks and courtesy: what adds nothing, of which thanks may begin a comment;
- good, bad, not: what speaks for or against, and turns it round.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from unicodedata import category, combining, normalize

from surveys.core.texts import read_texts

RAW = read_texts(Path(__file__).parent / "reply_words")
EVERY_LANGUAGE = tuple(RAW)
# Letters that keyboards write in several ways, and one whose stroke is no mark.
SAME = str.maketrans({"ł": "l", "ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ"})
APOSTROPHES = "'’‘`ʼ"
DOT_BELOW = "\u093c\u0a3c"
# A word of another language than the conversation's counts only from this length: "do" is yes in Welsh.
SHORTEST_FOREIGN = 3
MOST_NUMBER = 10
Phrase = tuple[str, ...]
Phrases = frozenset[Phrase]

ANSWERS = (
    "very_satisfied",
    "fairly_satisfied",
    "neither",
    "fairly_dissatisfied",
    "very_dissatisfied",
    "do_not_know",
    "yes",
    "no",
)
# Words of these kinds count in the conversation's own language and in English; the others in every language.
OF_OWN_LANGUAGE = ("labels", "opens", "links", "states", "begins", "scores")
OF_EVERY_LANGUAGE = ("thanks", "units", "not")


@dataclass(frozen=True)
class Vocabulary:
    """The words that count in a conversation of one language. foreign: those of the languages it is not in."""

    numbers: dict[str, int]
    foreign_numbers: dict[str, int]
    answers: dict[str, Phrases]
    foreign_answers: dict[str, Phrases]
    declines: Phrases
    good: Phrases
    bad: Phrases
    single: dict[str, frozenset[str]] = field(repr=False)

    def has(self, kind: str, word: str) -> bool:
        """Whether it is a word of this kind: as the file's first lines tell."""
        return word in self.single[kind]


@cache
def vocabulary(language: str) -> Vocabulary:
    own = tuple(dict.fromkeys((language, "en")))
    others = tuple(code for code in EVERY_LANGUAGE if code not in own)
    return Vocabulary(
        numbers=numbers_of(own),
        foreign_numbers={word: n for word, n in numbers_of(others).items() if len(word) >= SHORTEST_FOREIGN},
        answers={answer: entry(answer, own) for answer in ANSWERS},
        foreign_answers={answer: long_enough(entry(answer, others)) for answer in ANSWERS},
        declines=entry("declines", EVERY_LANGUAGE),
        good=entry("good", EVERY_LANGUAGE),
        bad=entry("bad", EVERY_LANGUAGE),
        single={kind: singles(kind, own) for kind in OF_OWN_LANGUAGE}
        | {kind: singles(kind, EVERY_LANGUAGE) for kind in OF_EVERY_LANGUAGE}
        | {"courtesy": singles("courtesy", EVERY_LANGUAGE) | singles("thanks", EVERY_LANGUAGE)},
    )


def entry(name: str, languages: Iterable[str]) -> Phrases:
    return frozenset().union(*(phrases(RAW[code][name]) for code in languages))


def singles(name: str, languages: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in entry(name, languages) if len(phrase) == 1)


def numbers_of(languages: Iterable[str]) -> dict[str, int]:
    codes = tuple(languages)
    return {word: n for n in range(MOST_NUMBER + 1) for word in singles(str(n), codes)}


def long_enough(found: Phrases) -> Phrases:
    return frozenset(phrase for phrase in found if sum(map(len, phrase)) >= SHORTEST_FOREIGN)


def phrases(words: str) -> Phrases:
    """The phrases of one entry, each spelling by itself."""
    found: set[Phrase] = set()
    for phrase in words.split(","):
        found |= set(product(*([folded(spelling) for spelling in word.split("/")] for word in phrase.split())))
    return frozenset(found - {()})


def folded(word: str) -> str:
    """Small letters without accents. Vowel signs of Punjabi stay, for they make the word."""
    apart = normalize("NFKD", word.casefold()).translate(SAME)
    return "".join(c for c in apart if not is_accent(c) and category(c) != "Cf" and c not in APOSTROPHES)


def is_accent(letter: str) -> bool:
    """Marks of Latin letters, optional vowels of Urdu, and the dot below letters of Punjabi."""
    return bool(combining(letter)) and (
        letter < "\u0370" or "\u064b" <= letter <= "\u0655" or letter == "\u0670" or letter in DOT_BELOW
    )

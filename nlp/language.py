"""Which language a comment is in, roughly: English, Welsh or another. The model knows English only.

By words that every text of a language has. In doubt a comment is English, since nearly all are, and short ones tell
little.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from nlp.words import words_of

ENGLISH, WELSH, OTHER = "en", "cy", "other"
LETTER = re.compile(r"[^\W\d_]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
NEEDED = 2  # words of another language, and more of them than English ones
FILE = Path(__file__).parent / "language_words.json"
# Words that alone say Welsh.
WELSH_ALONE = frozenset({"diolch", "gwasanaeth", "ardderchog", "rhagorol", "cyfeillgar", "bendigedig"})
# Letters that English names and loan words seldom have.
OTHER_LETTERS = re.compile("[ąęłńśźżėįųūšžășțţãõñçßøåěřůčďťőűğşı]")


def language_of(text: str) -> str:
    """ENGLISH, WELSH or OTHER."""
    if NOT_ASCII.search(text) and mostly_another_script(text):
        return OTHER
    words = words_of(text)
    common = common_words()
    english = sum(word in common["english"] for word in words)
    welsh = sum(NEEDED if word in WELSH_ALONE else word in common["welsh"] for word in words)
    other = sum(word in common["other"] or bool(OTHER_LETTERS.search(word)) for word in words)
    if max(welsh, other) < NEEDED or max(welsh, other) <= english:
        return ENGLISH
    return WELSH if welsh >= other else OTHER


def mostly_another_script(text: str) -> bool:
    """Whether half of the letters or more are not Latin."""
    letters = LETTER.findall(text)
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 <= len(letters) and bool(letters)


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Common words of English, of Welsh, and of other languages that residents of UK councils write."""
    return {name: frozenset(words.split()) for name, words in json.loads(FILE.read_text(encoding="utf-8")).items()}

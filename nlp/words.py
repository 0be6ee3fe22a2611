"""Words of a comment, with their places. Everything that reads comments reads them through here."""

import re
from typing import NamedTuple

# A placeholder of redaction, a word with its apostrophes, or a mark that carries feeling.
TOKEN = re.compile(r"\[[A-Z ]+\]|[^\W_]+(?:['\u2019][^\W_]+)*|[!?]")
APOSTROPHES = str.maketrans("", "", "'\u2019")


class Word(NamedTuple):
    """text is in small letters and without apostrophes; start and end are places in the comment."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a comment in order, as `Word.text` has them."""
    return [plain(found) for found in TOKEN.findall(text)]


def placed_words_of(text: str) -> list[Word]:
    """The same words with their places; slower."""
    return [Word(plain(found.group()), *found.span()) for found in TOKEN.finditer(text)]


def plain(token: str) -> str:
    return token.lower().translate(APOSTROPHES)

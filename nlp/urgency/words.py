"""A comment as a line of plain words, one space between them, and the way back to where each stood."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.urgency.needs import start_of
from nlp.urgency.spelling import CANONICAL

# A placeholder of redaction, a word with its apostrophes, a pause, or the end of a sentence.
TOKEN = re.compile(r"\[[a-z ]{4,16}\]|[^\W_]+(?:'[^\W_]+)*|[,:;()\"]+|(?<=\s)[-–—]+(?=\s)|[.!?\n]+")
WORD = re.compile(r"\[[a-z ]{4,16}\]|[^\W_]+(?:'[^\W_]+)*")
PLAIN = str.maketrans({"’": "'", "‘": "'", "´": "'", "İ": "I"})
STOP = "."
PAUSE = ","


@dataclass(frozen=True)
class Line:
    """`plain` is the comment's words in lower case, with a comma for every pause and a full stop for every end."""

    plain: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the comment as it was written."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        return self.spans[first][0], self.spans[last][1]


def lowered(text: str) -> str:
    """The text in lower case, every character where it was."""
    if text.isascii():
        return text.lower()
    flat = text.translate(PLAIN)
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def canonical(token: re.Match[str]) -> str:
    written = token.group()
    if written[0] in ".!?\n":
        return STOP
    if written[0] in ',:;()"-–—':
        return PAUSE
    return " ".join(plain_words(written))


def plainest(written: str) -> str:
    """The word without its apostrophe, if that is what it has."""
    if "'" not in written:
        return written
    bare = written.removesuffix("'s").replace("'", "")
    return CANONICAL.get(bare, bare)


def spoken(text: str) -> set[str]:
    """The different words of a comment in lower case, as written; what is cheap to know about it."""
    return set(WORD.findall(lowered(text)))


@lru_cache(maxsize=1 << 16)
def plain_words(written: str) -> tuple[str, ...]:
    """The words of `Line.plain` that a written word stands for: "don't" is "do not"."""
    if written[0] == "[":
        return ("x" + written[1:-1].replace(" ", ""),)
    return tuple((CANONICAL.get(written) or plainest(written)).split())


@lru_cache(maxsize=1 << 16)
def starts_of(written: str) -> frozenset[str]:
    """By what `needs` knows a written word."""
    return frozenset(start_of(word) for word in plain_words(written))


def line_of(text: str) -> Line:
    """Read a comment once; what the rules match is `plain`."""
    tokens = tuple(TOKEN.finditer(lowered(text)))
    words = [canonical(token) for token in tokens]
    starts = tuple(offsets(words))
    return Line(" ".join(words), starts, tuple(token.span() for token in tokens))


def offsets(words: list[str]) -> Iterator[int]:
    at = 0
    for word in words:
        yield at
        at += len(word) + 1

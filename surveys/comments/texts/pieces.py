"""A redacted text in pieces for a page: plain words, placeholders, and words that spoke for a label."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlp.redaction.redact import PLACEHOLDER
from nlp.redaction.types import RedactedText

Span = tuple[int, int]
SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Piece:
    """Part of a text. placeholder: it stands for what was replaced. marked: it spoke for the label that is shown."""

    words: str
    placeholder: bool = False
    marked: bool = False


def pieces_of(text: RedactedText, marked: Iterable[Span] = ()) -> list[Piece]:
    """The whole text in order; nothing is lost and nothing doubled."""
    gone = [match.span() for match in PLACEHOLDER.finditer(text)]
    spoke = list(marked)
    cuts = sorted({0, len(text), *(edge for span in (*gone, *spoke) for edge in span if 0 <= edge <= len(text))})
    return [
        Piece(text[start:end], within(start, end, gone), within(start, end, spoke)) for start, end in pairwise(cuts)
    ]


def within(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(begins <= start and end <= ends for begins, ends in spans)


def shortened(text: RedactedText, most: int) -> RedactedText:
    """At most this many characters, cut between words and never inside a placeholder; whole where it is short."""
    if len(text) <= most:
        return text
    cut = max((space.start() for space in spaces(text, most) if space.start() > most // 2), default=most)
    return RedactedText(text[:cut].rstrip() + " …")


def spaces(text: str, most: int) -> Iterator[re.Match[str]]:
    gone = [match.span() for match in PLACEHOLDER.finditer(text)]
    return (space for space in SPACE.finditer(text, 0, most) if not any(s < space.start() < e for s, e in gone))

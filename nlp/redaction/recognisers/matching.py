"""What the recognisers share: findings from a pattern, and the digits of a number however they are set."""

import re
from collections.abc import Iterator

from nlp.redaction.types import Finding, Kind

# What people put between the digits of a number.
GAP = r"[ .\-/()]{0,3}"
NOT_DIGIT = re.compile(r"[^0-9]")


def pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def digits_of(text: str) -> str:
    return NOT_DIGIT.sub("", text)


def found(kind: Kind, expression: re.Pattern[str], text: str) -> Iterator[Finding]:
    """A finding for each match: its group `it` where the expression has one, otherwise the whole."""
    group = "it" if "it" in expression.groupindex else 0
    for match in expression.finditer(text):
        yield Finding(kind, *match.span(group))


def words(text: str) -> frozenset[str]:
    """The words of a short list that is written as a sentence."""
    return frozenset(text.split())


def either(phrases: str) -> str:
    """An expression for any of these, which commas part."""
    return f"(?:{'|'.join(phrase.strip() for phrase in phrases.split(','))})"

"""A rule: what it matches in a line of plain words, and what may excuse the match.

In a pattern, `<child>` stands for the concept of that name and `~4` for up to four words of the same sentence. The rest
is a regular expression on words in lower case with one space between them (`words.Line.plain`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from nlp.urgency.concepts import CONCEPTS
from nlp.urgency.types import Urgency


@dataclass(frozen=True)
class Found:
    """A match in its line: what a guard judges."""

    plain: str
    start: int
    end: int


Guard = Callable[[Found], bool]


@dataclass(frozen=True)
class Rule:
    """The first match of any pattern that no guard excuses raises the flag."""

    name: str
    flag: Urgency
    patterns: tuple[str, ...]
    guards: tuple[Guard, ...] = ()


def expanded(pattern: str) -> str:
    """The pattern with its concepts and gaps written out. Raises KeyError for a concept nobody has named."""
    with_concepts = re.sub(r"<(\w+)>", lambda name: f"(?:{expanded(CONCEPTS[name[1]])})", pattern)
    return re.sub(r" ~(\d+) ", r"(?: [\\w,]+){0,\1} ", with_concepts)


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{expanded(pattern)})(?!\w)")


def first_found(pattern: re.Pattern[str], rule: Rule, plain: str) -> Found | None:
    """The first match of this pattern of the rule that no guard excuses."""
    for match in pattern.finditer(plain):
        found = Found(plain, *match.span())
        if not any(guard(found) for guard in rule.guards):
            return found
    return None

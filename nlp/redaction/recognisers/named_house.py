"""A house that has a name in place of a number, with its street: `Rose Cottage, Mill Lane`."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import either, found, pattern, words
from nlp.redaction.streets import CAPITAL_WORDS, ENDS
from nlp.redaction.types import Finding, Kind

# Looked for first, as it is quick and most comments have none.
HOUSES = words("cottage house farm lodge bungalow barn villa manor mill court")
NAMED = pattern(
    r"(?-i:(?<!\w)(?!Council|Town|Opera|Guild|Guest|Public|Care|Open)(?:[A-Z][\w'\-]+ ){1,2}"
    rf"(?:Cottage|House|Farm|Lodge|Bungalow|Barn|Villa|Manor|Mill|Court)),? {CAPITAL_WORDS}{ENDS}\b"
)
PLACED = either("at, of, in, from, to, opposite, outside, visited, near, behind")
IN_LOWER_CASE = pattern(
    rf"\b{PLACED} (?P<it>(?!(?:the|a|our|my) )[a-z][\w'\-]+ (?:cottage|farm|lodge|bungalow|barn|villa), "
    rf"(?:[a-z][\w'\-]+ ){{1,2}}?{ENDS})\b"
)


def find(text: str) -> Iterator[Finding]:
    low = text.lower()
    if any(house in low for house in HOUSES):
        yield from found(Kind.ADDRESS, NAMED, text)
        yield from found(Kind.ADDRESS, IN_LOWER_CASE, text)

"""Phone numbers of the UK numbering plan, other countries' with their plus, short local ones after a word for them."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import GAP, found, pattern
from nlp.redaction.types import Finding, Kind

DIGITS = rf"(?:{GAP}[0-9oO]){{8,9}}(?![0-9])"
EXTENSION = r"(?:,?\s*(?:ext|extn|extension|x)\.?\s*[0-9]{1,6}\b)?"
# 01, 02, 03, 05, 07, 08 and 09 are in use; a letter O is often typed for the first 0.
NATIONAL = pattern(rf"(?<![\w£+])\(?[0o]{GAP}[1-35789]{DIGITS}{EXTENSION}")
FROM_ABROAD = pattern(rf"(?<![\w£])(?:\+|00)\s?44{GAP}(?:\(?0\)?)?{GAP}[1-35789]{DIGITS}{EXTENSION}")
BARE = pattern(rf"(?<![\w£+])(?:44{GAP}7|7)(?:{GAP}[0-9]){{9}}(?![\w])")
FOREIGN = pattern(rf"(?<![\w£])\+[1-9](?:{GAP}[0-9]){{7,13}}(?![0-9])")
LOCAL = pattern(
    r"\b(?:tel|telephone|phone|mobile|mob|landline|ring|rang|call|called|text|fax|phone (?:no|number)|mobile number)\b"
    r"[^0-9\n]{0,12}(?P<it>[0-9](?:[ \-]?[0-9]){5,9})(?![\w/])"
)


def find(text: str) -> Iterator[Finding]:
    for expression in (NATIONAL, FROM_ABROAD, BARE, FOREIGN, LOCAL):
        yield from found(Kind.PHONE, expression, text)

"""Payment cards: 13 to 19 digits that hold by Luhn, 16 set as on a card, the last four where they are called so."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import digits_of, found, pattern
from nlp.redaction.types import Finding, Kind

LONG = pattern(r"(?<![\w£+])[2-6](?:[ .\-]{0,2}[0-9]){12,18}(?![\w])")
EMBOSSED = pattern(r"(?<![\w£+])[2-6][0-9]{3}([ .\-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![\w])")
LAST_FOUR = pattern(
    r"\b(?:card|visa|mastercard|amex)\b[^.!?0-9\n]{0,20}\b(?:ending|ends|last (?:four"
    r"|4))\b[^.!?0-9\n]{0,12}(?P<it>[0-9]{4})\b"
)


def find(text: str) -> Iterator[Finding]:
    for match in LONG.finditer(text):
        if holds(digits_of(match[0])):
            yield Finding(Kind.CARD, *match.span())
    yield from found(Kind.CARD, EMBOSSED, text)
    yield from found(Kind.CARD, LAST_FOUR, text)


def holds(digits: str) -> bool:
    """Luhn: every second digit from the right doubled, nines cast out, the sum a multiple of ten."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0

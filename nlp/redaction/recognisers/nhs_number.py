"""NHS numbers: ten digits whose last is a check by modulus 11, or any ten that are called one."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import GAP, digits_of, found, pattern
from nlp.redaction.types import Finding, Kind

TEN = pattern(r"(?<![\w£+])[1-9](?:[ .\-]{0,2}[0-9]){9}(?![\w])")
CALLED = pattern(rf"\bnhs\b\W{{0,3}}(?:no|num|number)?\b[^0-9\n]{{0,12}}(?P<it>[0-9](?:{GAP}[0-9]){{8,10}})(?![0-9])")


def find(text: str) -> Iterator[Finding]:
    for match in TEN.finditer(text):
        if is_nhs_number(digits_of(match[0])):
            yield Finding(Kind.NHS_NUMBER, *match.span())
    yield from found(Kind.NHS_NUMBER, CALLED, text)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits hold: the nine first, weighted 10 to 2, and the last sum to a multiple of 11."""
    if len(digits) != 10:
        return False
    return (
        sum(int(digit) * weight for digit, weight in zip(digits, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11
        == 0
    )

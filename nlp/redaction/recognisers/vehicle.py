"""Number plates: the current form anywhere, older forms in capitals, and looser ones after a word for them."""

import re
from collections.abc import Iterator

from nlp.redaction.recognisers.matching import either, found, pattern
from nlp.redaction.types import Finding, Kind
from nlp.redaction.vocabulary import is_common

CURRENT = pattern(r"(?<!\w)(?:[a-hj-pr-y][a-z][0-9]{2}[a-z]{3}|(?-i:[A-Z]{2}[0-9]{2}[ .\-][A-Z]{3}))(?!\w)")
LOWER = pattern(r"(?<!\w)[a-z]{2}[0-9]{2}[ .\-](?P<end>[a-z]{3})(?!\w)")
# 1963 to 2001; "M25 AND" in a text in capitals is none, so there the letters must be no word.
OLDER = re.compile(r"(?<!\w)(?:[A-Y][0-9]{1,3}[ \-]?(?P<end>[A-Z]{3})|(?P<begin>[A-Z]{3})[ \-]?[0-9]{1,3}[A-Y])(?!\w)")
# What the numbers of roads begin with.
ROADS = "ABM"
WORDS = either(
    "reg, registration, vehicle, car, van, lorry, motorbike, taxi, cab, number ?plate, plate, vrm, permit for"
)
PLATES = (
    r"[a-z]{2}[ \-]?[0-9]{2}[ \-]?[a-z]{3}|[a-z][0-9]{1,3}[ \-]?(?P<end>[a-z]{3})"
    r"|(?P<begin>[a-z]{3})[ \-]?[0-9]{1,4}[a-z]?|(?![abm][0-9])[a-z]{1,2}[ \-]?[0-9]{3,4}"
    r"|[0-9]{1,4}[ \-]?[a-z]{2,3}(?-i:(?<=[A-Z]))"
)
CALLED = pattern(rf"\b{WORDS}\b[^0-9\n]{{0,16}}?(?<!\w)(?P<it>{PLATES})(?!\w)")


def find(text: str) -> Iterator[Finding]:
    yield from found(Kind.VEHICLE, CURRENT, text)
    for match in LOWER.finditer(text):
        if not is_common(match["end"].lower()):
            yield Finding(Kind.VEHICLE, *match.span())
    for match in OLDER.finditer(text):
        if not (text.isupper() or match[0][0] in ROADS) or not has_a_word(match):
            yield Finding(Kind.VEHICLE, *match.span())
    for match in CALLED.finditer(text):
        if match["it"].isupper() or not has_a_word(match):
            yield Finding(Kind.VEHICLE, *match.span("it"))


def has_a_word(match: re.Match[str]) -> bool:
    """Whether the three letters of an older plate are a word: `M25 AND`, `was 10`."""
    return is_common((match["end"] or match["begin"] or "-").lower())

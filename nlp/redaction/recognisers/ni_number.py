"""National Insurance numbers, also with a prefix that was never given out: people mistype."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import found, pattern
from nlp.redaction.types import Finding, Kind

GAP = r"[ .\-/]{0,2}"
NUMBER = pattern(
    rf"(?<!\w)[a-ceghj-pr-tw-z]{GAP}[a-ceghj-pr-tw-z]{GAP}[0-9o]{{2}}{GAP}[0-9o]{{2}}{GAP}[0-9o]{{2}}{GAP}[a-d](?!\w)"
)
CALLED = pattern(
    r"\b(?:ni|nino|n\.i\.?|national insurance)\b[^0-9\n]{0,16}?"
    rf"(?P<it>[a-z]{{2}}{GAP}(?:[0-9]{GAP}){{5,6}}(?:[a-z]\b)?)(?!\w)"
)


def find(text: str) -> Iterator[Finding]:
    yield from found(Kind.NI_NUMBER, NUMBER, text)
    yield from found(Kind.NI_NUMBER, CALLED, text)

"""Numbers written out as they are said: `oh seven seven double nine ...`."""

from collections.abc import Iterator

from nlp.redaction.recognisers.matching import either, found, pattern, words
from nlp.redaction.types import Finding, Kind

ONE = either("oh, o, zero, nought, naught, nil, one, two, three, four, five, six, seven, eight, nine, [0-9]{1,3}")
DIGIT = rf"(?:(?:double|triple|treble)[ \-]+)?{ONE}"
SPOKEN = pattern(rf"(?<![\w£])(?=[a-z])(?:plus[ \-]+)?{DIGIT}(?:[ ,.\-]{{1,3}}{DIGIT}){{5,}}\b")

# Looked for first, as it is quick and most comments have none.
WORDS = words("double triple treble oh o zero nought naught nil one two three four five six seven eight nine")


def find(text: str) -> Iterator[Finding]:
    if len(WORDS.intersection(text.lower().replace("-", " ").replace(",", " ").split())) > 1:
        yield from found(Kind.PHONE, SPOKEN, text)

"""The last look at what leaves in an export: anything with the look of personal data is replaced and counted. Pure."""

import re
from itertools import chain

from nlp.redaction.folding import fold
from nlp.redaction.recognisers import email, link, ni_number, phone, postcode
from nlp.redaction.redact import outside_placeholders, redact, replaced, resolved
from nlp.redaction.types import Finding

# References are long numbers, and one in ten of these would pass as a payment card or an NHS number: neither is here.
RECOGNISERS = (email, link, ni_number, phone, postcode)
# Without one of these there is nothing that they could find: an address of two parts, or a letter or two and a digit.
WORTH_A_LOOK = re.compile(r"[@.]|[0-9]|[^\x00-\x7f]")
MOST_REMEMBERED = 10_000


class Scan:
    """Looks through cells and comments one after the other; found counts the cells in which something was replaced."""

    def __init__(self) -> None:
        self.found = 0
        self._clean: set[str] = set()

    def cell(self, text: str) -> str:
        """A code, a name or a reference. Those that come again and again are looked at once."""
        if text in self._clean:
            return text
        seen = findings(text)
        if seen:
            self.found += 1
            return replaced(text, seen)
        if len(self._clean) < MOST_REMEMBERED:
            self._clean.add(text)
        return text

    def comment(self, text: str) -> str:
        """Redacted long ago, perhaps by an older rule; by every rule that there is now."""
        again = redact(text)
        self.found += bool(again.found)
        return again.text


def findings(text: str) -> list[Finding]:
    if not WORTH_A_LOOK.search(text):
        return []
    folded = fold(text)
    seen = list(chain.from_iterable(recogniser.find(folded.text) for recogniser in RECOGNISERS))
    if not seen:
        return []
    return [
        Finding(one.kind, folded.original(one.start), folded.original(one.end))
        for one in resolved(outside_placeholders(seen, folded.text))
    ]

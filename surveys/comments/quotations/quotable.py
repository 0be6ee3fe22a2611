"""Which words of a comment may be quoted, and how a quotation reads. Pure."""

import re

from nlp.redaction.redact import PLACEHOLDER, redact
from nlp.redaction.types import RedactedText
from surveys.core.refusals import Refused

MOST_WORDS = 25
MOST_CHARACTERS = 400
# In place of what stood there, the same for all: of which kind it was is nobody's business outside.
REMOVED = {"[NAME]": "[name removed]"}
REMOVED_OTHER = "[detail removed]"
HEARD = re.compile(r"replaced:\s*(?=\[)")
WORD = re.compile(r"\S*\w\S*")


class NotQuotable(Refused):
    """These words cannot be quoted; the form says so beside the field."""


def stretch_of(typed: str, text: RedactedText) -> RedactedText:
    """The stretch of the text that was chosen, as it stands there: 25 words at most, whole words, nothing changed.

    Spaces and line breaks need not agree. Raises NotQuotable, also where a second scan finds personal data in it.
    """
    words = HEARD.sub("", typed).split()
    if not words:
        raise NotQuotable("Enter the words to quote")
    if len(typed) > MOST_CHARACTERS:
        raise NotQuotable(f"Quote {MOST_CHARACTERS} characters or less")
    exact = re.compile(r"\s+".join(re.escape(word) for word in words))
    found = next((match for match in exact.finditer(text) if whole(match, text)), None)
    if found is None:
        raise NotQuotable("These words are not in the comment as it is shown. Copy them from it exactly, whole words")
    stretch = RedactedText(" ".join(words))
    count = len(WORD.findall(published(stretch, one="x")))
    if not count or not PLACEHOLDER.sub("", stretch).strip(" .,;:!?()-"):
        raise NotQuotable("Choose words that say something: there is nothing here but what was replaced")
    if count > MOST_WORDS:
        raise NotQuotable(f"Choose {MOST_WORDS} words or fewer. These are {count}")
    if redact(stretch).found or redact(text).found:
        raise NotQuotable(
            "A name, number or address may still stand in this comment. Replace it by hand first, or do not quote it"
        )
    return stretch


def whole(match: re.Match[str], text: str) -> bool:
    """Whether it cuts through no word and no placeholder."""
    start, end = match.span()
    cuts_word = any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))
    return not cuts_word and not any(
        gone.start() < at < gone.end() for gone in PLACEHOLDER.finditer(text) for at in (start, end)
    )


def still_there(words: RedactedText, text: RedactedText) -> bool:
    """Whether the quotation still stands in the comment as it is now."""
    return " ".join(words.split()) in " ".join(text.split())


def published(words: RedactedText, one: str = "") -> str:
    """As it is read outside: what was replaced is said to be removed. one: in place of that, where given."""
    return PLACEHOLDER.sub(lambda match: one or REMOVED.get(match.group(), REMOVED_OTHER), words)

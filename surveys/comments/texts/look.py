"""What one look at a resident's own words gives: everything about them that may be kept. No database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken

from nlp.language import ENGLISH, language_of
from nlp.redaction.redact import redact
from nlp.redaction.types import RedactedText
from nlp.urgency.judge import urgency_of
from nlp.urgency.types import Urgency
from surveys.core.sealed import unsealed
from surveys.core.tokens import key_for, keyed_hasher

# In place of words that could not be redacted: none of them may be shown, and none of them is lost.
NOT_REDACTED = RedactedText("[could not be redacted]")
UNDETERMINED = "und"
MARK_BYTES = 16
# What a library may stumble over in one text; the texts beside it must not wait for it.
STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class LookedAt:
    """found: kind, start and end in the words as written. failed: nobody but a person can read these words."""

    language: str
    redacted: RedactedText = field(repr=False)
    found: list[dict[str, Any]]
    urgency: tuple[Urgency, ...] = ()
    failed: bool = False

    @property
    def classifiable(self) -> bool:
        """The model knows English only."""
        return self.language == ENGLISH


FAILED = LookedAt(UNDETERMINED, NOT_REDACTED, [], failed=True)


def opened(sealed_words: str) -> str | None:
    """The words as written; None where they cannot be opened."""
    try:
        return unsealed(sealed_words)
    except InvalidToken:
        return None


def look_at(words: str | None) -> LookedAt:
    """Never raises for what the words are: whatever fails on them is for a person, and so are words not opened.

    The language is told from the words as written, for redaction takes many a Welsh or Polish word for a name.
    """
    if words is None:
        return FAILED
    try:
        language, redacted = language_of(words), redact(words)
        found = [{"kind": one.kind.value, "start": one.start, "end": one.end} for one in redacted.found]
        return LookedAt(language, redacted.text, found, urgency_of(redacted.text))
    except STUMBLES:
        return FAILED


def marker() -> Callable[[str], bytes]:
    """Words to their keyed hash: the same for the same words, and nothing to anybody without the key."""
    hashed = keyed_hasher(key_for("comment words"))
    return lambda words: hashed(words.encode())[:MARK_BYTES]


def chance_of() -> Callable[[int, str], int]:
    """A response's number and a question to a whole number, uniform in [0, 2^31), that nobody can choose or foresee."""
    hashed = keyed_hasher(key_for("review sample"))
    return lambda response_id, question: int.from_bytes(hashed(f"{response_id} {question}".encode())[:4]) >> 1

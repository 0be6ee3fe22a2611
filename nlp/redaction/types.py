"""What redaction speaks of: kinds of personal data, findings, and text that has been through it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data; its value stands in the placeholder. An earlier kind wins where findings overlap."""

    EMAIL = "EMAIL"
    LINK = "LINK"
    ACCOUNT = "ACCOUNT"
    CARD = "CARD"
    NHS_NUMBER = "NHS NUMBER"
    NI_NUMBER = "NI NUMBER"
    PHONE = "PHONE"
    DATE_OF_BIRTH = "DATE OF BIRTH"
    ADDRESS = "ADDRESS"
    POSTCODE = "POSTCODE"
    VEHICLE = "VEHICLE"
    REFERENCE = "REFERENCE"
    NAME = "NAME"

    @property
    def placeholder(self) -> str:
        return f"[{self.value}]"


class RedactedText(str):
    """Text that may be stored, shown and classified: what was found in it stands as placeholders."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: `start` and `end` count characters of the original text, as a slice does."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after redaction, with what was found in the original, in its order and without overlaps."""

    text: RedactedText
    found: tuple[Finding, ...]

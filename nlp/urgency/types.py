"""What urgency is: three separate flags, and the words that raised one."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """A comment may carry none, one or several; each says "possible", and a person looks."""

    safeguarding = "safeguarding"
    threat = "threat"
    complaint = "complaint"


@dataclass(frozen=True)
class Reason:
    """The words text[start:end] raised the flag, by the rule of that name."""

    flag: Urgency
    start: int
    end: int
    rule: str

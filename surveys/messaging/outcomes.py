"""A message, the four things that can come of handing it to a provider, and what a provider can say of it later."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from surveys.messaging.models import Medium

Suppress = Literal["opted_out", "unusable"]


@dataclass(frozen=True)
class Message:
    """One message to one address. correlation comes back in receipts and says nothing about the person.

    known_by_words: a provider's list is searched for all its words, since no link in it is this message's own.
    """

    medium: Medium
    recipient: str = field(repr=False)
    body: str = field(repr=False)
    correlation: str
    subject: str = ""
    html: str = field(default="", repr=False)
    unsubscribe_url: str = field(default="", repr=False)
    known_by_words: bool = False


@dataclass(frozen=True)
class Accepted:
    """The provider has it; reference is its own name for the message."""

    reference: str


@dataclass(frozen=True)
class Rejected:
    """It will never be sent to this address; code says why in the provider's terms.

    suppress: what the refusal says of the address itself; None where it says nothing of it.
    """

    code: str
    suppress: Suppress | None = None


@dataclass(frozen=True)
class NotSent:
    """Certainly not sent, and it may be tried again.

    stops_run: no other message would go either. retry_after: the seconds that the provider asks for, if it says.
    """

    code: str
    stops_run: bool = False
    retry_after: float | None = None


@dataclass(frozen=True)
class Uncertain:
    """It may have been sent. Never to be sent again without asking the provider or a person."""

    code: str


Sent = Accepted | Rejected | NotSent | Uncertain


@dataclass(frozen=True)
class Found:
    """The provider has the message, under this reference."""

    reference: str


@dataclass(frozen=True)
class Missing:
    """The provider's own list, read to its end, does not hold the message now."""


@dataclass(frozen=True)
class CannotTell:
    """The provider keeps no list, could not be asked, or its list was too long to read."""


Search = Found | Missing | CannotTell


class Sender(Protocol):
    """One way for words to leave, used by many threads at once. Its provider's exceptions end in it."""

    def send(self, message: Message) -> Sent:
        """Hand it over, once; every call has a time-out."""
        ...

    def find(self, message: Message, since: datetime) -> Search:
        """Ask whether an uncertain message, tried at or after since, is there. Never sends."""
        ...

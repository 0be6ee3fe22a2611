"""A message, and the four things that can come of handing it to a provider."""

from dataclasses import dataclass, field
from typing import Protocol

from surveys.messaging.models import Medium


@dataclass(frozen=True)
class Message:
    """One message to one address. correlation comes back in receipts and says nothing about the person."""

    medium: Medium
    recipient: str = field(repr=False)
    body: str = field(repr=False)
    correlation: str
    subject: str = ""


@dataclass(frozen=True)
class Accepted:
    """The provider has it; reference is its own name for the message."""

    reference: str


@dataclass(frozen=True)
class Rejected:
    """It will never be sent to this address; code says why in the provider's terms."""

    code: str


@dataclass(frozen=True)
class NotSent:
    """Certainly not sent, and it may be tried again. stops_run: no other message would go either."""

    code: str
    stops_run: bool = False


@dataclass(frozen=True)
class Uncertain:
    """It may have been sent. Never to be sent again without asking the provider or a person."""

    code: str


Sent = Accepted | Rejected | NotSent | Uncertain


class Sender(Protocol):
    """One way for words to leave. Its provider's exceptions end in it; every call has a time-out."""

    def send(self, message: Message) -> Sent: ...

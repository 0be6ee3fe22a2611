"""Who may use the stub and where it tells what happened. Every secret here is made up."""

from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

from tests.stubs.faults import Faults


@dataclass(frozen=True)
class Options:
    """number: the sender in the Messaging Service. The two addresses: where web hooks go, empty for nowhere."""

    account: str = "AC" + "0" * 32
    token: str = "the-token"
    api_key: str = "SK" + "0" * 32
    api_secret: str = "the-secret"
    service: str = "MG" + "0" * 32
    number: str = "+447700900999"
    sendgrid_key: str = "SG.the-key"
    inbound_url: str = ""
    events_url: str = ""
    seed: int = 1
    ledger: Path | None = None
    faults: Faults = field(default_factory=Faults)

    @property
    def twilio_logins(self) -> frozenset[str]:
        """The Authorization headers that are good: the account's token, or an API key of it."""
        pairs = ((self.account, self.token), (self.api_key, self.api_secret))
        return frozenset("Basic " + b64encode(f"{name}:{secret}".encode()).decode() for name, secret in pairs)

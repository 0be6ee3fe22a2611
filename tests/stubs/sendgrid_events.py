"""An email's way after it was accepted: its end in the ledger, and signed arrays of events."""

import json
import secrets
from collections.abc import Callable, Mapping
from random import Random

from tests.stubs.faults import End, Faults
from tests.stubs.ledger import Kind, Ledger, moment
from tests.stubs.options import Options
from tests.stubs.posting import Post, PostOffice, nothing
from tests.stubs.signing import EventKey
from tests.stubs.timing import steps

Event = dict[str, object]
ENDS: dict[End | None, Event] = {
    None: {"event": "delivered", "response": "250 OK"},
    End.UNDELIVERED_30003: {"event": "bounce", "type": "blocked", "status": "4.7.1", "reason": "450 4.7.1 Later"},
    End.UNDELIVERED_30005: {"event": "bounce", "type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 Unknown user"},
    End.FAILED_30007: {"event": "dropped", "reason": "Bounced Address"},
}
STOPPED: Event = {"event": "dropped", "reason": "Unsubscribed Address"}
# SendGrid tries for a day; the stub for as many seconds as a test would wait.
RETRIES = 20


class MailEvents:
    """url is where the web hook is; it may be told later. Events go out by call, in arrays, CRLF at the end."""

    def __init__(self, options: Options, ledger: Ledger, office: PostOffice, key: EventKey) -> None:
        self.url = options.events_url
        self.ledger = ledger
        self.office = office
        self.key = key

    def follow(
        self, made: str, email: str, arguments: Mapping[str, str], faults: Faults, chance: Random, *, stopped: bool
    ) -> None:
        end = STOPPED if stopped else ENDS[faults.end(chance)]
        stages: list[Event] = [end] if end["event"] == "dropped" else [{"event": "processed"}, end]
        self.office.loop.call_later(faults.receipt_seconds * 2, self.arrive, made, email, end)
        events = [self.event(made, email, arguments, step) for step in stages]
        if self.url:
            posts = [self.signed([event]) for event in events]
            self.office.post_in_turn([(posts[n], seconds) for n, seconds in steps(len(posts), faults, chance)])

    def arrive(self, made: str, email: str, end: Event) -> None:
        state = f"{end['event']} {end['type']}" if "type" in end else str(end["event"])
        self.ledger.write(Kind.STATE, "sendgrid", made, address=email, state=state)

    def event(self, made: str, email: str, arguments: Mapping[str, str], step: Event) -> Event:
        """The sender's own arguments stand beside SendGrid's names."""
        return {
            **arguments,
            "email": email,
            "timestamp": int(moment().timestamp()),
            "sg_event_id": secrets.token_urlsafe(16),
            "sg_message_id": f"{made}.recvd-{secrets.token_hex(4)}-1",
            "smtp-id": f"<{made}@stub.example>",
            **step,
        }

    def signed(self, events: list[Event], taken: Callable[[], object] = nothing) -> Post:
        body = json.dumps(events).encode() + b"\r\n"
        return Post(self.url, body, self.headers, RETRIES, retries_refused=True, retry_seconds=1.0, taken=taken)

    def headers(self, body: bytes) -> dict[str, str]:
        """Signed anew at each try, with the time of that try."""
        return {"Content-Type": "application/json", **self.key.headers(int(moment().timestamp()), body)}

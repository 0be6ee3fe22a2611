"""Email by SendGrid v3 and its official client, over kept connections. Nothing in the message is tracked."""

import json
from collections.abc import Mapping
from datetime import datetime
from email.message import Message as HeaderBlock
from io import BytesIO
from typing import Any
from urllib.error import HTTPError as Refusal
from urllib.request import Request

from python_http_client import Client
from python_http_client.exceptions import HTTPError as SendGridError
from python_http_client.exceptions import handle_error
from sendgrid import SendGridAPIClient
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from surveys.core.clock import now
from surveys.core.logs import log
from surveys.messaging.email_headers import extra_headers, one_line, sender_address
from surveys.messaging.http_pool import CONNECTIONS, HttpPool, outcome_of_lost
from surveys.messaging.outcomes import Accepted, CannotTell, Message, NotSent, Rejected, Search, Sent, Uncertain

LONGEST_WAIT = 3600.0
NO_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
}


class Answer:
    """An answer of the pool, as the official client expects to read it from urllib."""

    def __init__(self, answer: BaseHTTPResponse) -> None:
        self.answer = answer

    def getcode(self) -> int:
        return self.answer.status

    def read(self) -> bytes:
        return self.answer.data

    def info(self) -> Mapping[str, str]:
        return self.answer.headers


class PooledClient(Client):
    """The official client's requests over our connections: its own opens and greets a new one for each email."""

    def __init__(self, pool: HttpPool, **named: Any) -> None:
        super().__init__(host="", **named)
        self.pool = pool

    def _build_client(self, name: str | None = None) -> "PooledClient":
        path = [*self._url_path, name] if name else self._url_path
        return PooledClient(self.pool, version=self._version, request_headers=dict(self.request_headers), url_path=path)

    def _build_versioned_url(self, url: str) -> str:
        """An address that urllib's Request accepts; the pool takes only its path."""
        return f"https://sendgrid/v{self._version}{url}"

    def _make_request(self, opener: object, request: Request, timeout: float | None = None) -> Answer:
        body = request.data if isinstance(request.data, bytes) else None
        headers = dict(request.header_items())
        answer = self.pool.request(request.get_method(), request.selector, headers, body)
        if answer.status >= 400:
            raise handle_error(refusal(request, answer))
        return Answer(answer)


def refusal(request: Request, answer: BaseHTTPResponse) -> Refusal:
    headers = HeaderBlock()
    for name, value in answer.headers.items():
        headers[name] = value
    return Refusal(request.full_url, answer.status, answer.reason or "", headers, BytesIO(answer.data))


class SendGridEmail:
    """Sends one email to one person, from any thread. The provider's exceptions end here."""

    def __init__(
        self,
        key: str,
        base_url: str,
        email_from: str,
        council: str,
        sandbox: bool = False,
        connections: int = CONNECTIONS,
    ) -> None:
        self.client = SendGridAPIClient(key)
        headers = self.client.client.request_headers | {"Content-Type": "application/json"}
        self.client.client = PooledClient(HttpPool(base_url, connections), request_headers=headers, version=3)
        self.sender = sender_address(email_from, council)
        self.sandbox = sandbox

    def send(self, message: Message) -> Sent:
        try:
            answer = self.client.send(self.words(message))
        except HTTPError as lost:
            return outcome_of_lost(lost)
        except SendGridError as error:
            return outcome_of(error.status_code, error.body, error.headers)
        if answer.status_code not in (200, 202):
            return Uncertain(str(answer.status_code))
        # The sandbox gives no reference; ours is as good, for events carry it too.
        return Accepted(answer.headers.get("X-Message-Id") or message.correlation)

    def words(self, message: Message) -> dict[str, Any]:
        """The request's body, as the v3 reference has it: plain text stands before HTML."""
        content = [{"type": "text/plain", "value": message.body}]
        if message.html:
            content.append({"type": "text/html", "value": message.html})
        return {
            "personalizations": [
                {"to": [{"email": message.recipient}], "custom_args": {"correlation": message.correlation}}
            ],
            "from": {"email": self.sender.addr_spec, "name": self.sender.display_name},
            "subject": one_line(message.subject),
            "content": content,
            "headers": extra_headers(message),
            "mail_settings": {"sandbox_mode": {"enable": self.sandbox}},
            "tracking_settings": NO_TRACKING,
        }

    def find(self, message: Message, since: datetime) -> Search:
        """SendGrid keeps no list to ask without an extra contract; its signed events tell."""
        return CannotTell()


def outcome_of(status: int, body: bytes, headers: Mapping[str, str]) -> Sent:
    """What SendGrid's refusal comes to; what is not known to be safe counts as uncertain."""
    if status == 429:
        return NotSent("429", retry_after=wait_asked(headers, now()))
    if status == 408 or not 400 <= status < 500:
        return Uncertain(str(status))
    fields = faulty_fields(body) if status == 400 else []
    if status in (401, 403, 404) or any(field.startswith("from") for field in fields):
        log.error("sendgrid refuses this account or sender; sending stops", status=status)
        return NotSent(str(status), stops_run=True)
    bad_address = any(field.startswith("personalizations.0.to") for field in fields)
    return Rejected(str(status), "unusable" if bad_address else None)


def faulty_fields(body: bytes) -> list[str]:
    """The fields of our request that a refusal names; none where its words cannot be read."""
    try:
        errors = json.loads(body)["errors"]
        return [str(error.get("field") or "") for error in errors]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def wait_asked(headers: Mapping[str, str], moment: datetime) -> float | None:
    """Seconds until we may try again: Retry-After, or the moment of X-RateLimit-Reset; an hour at most."""
    for name, start in (("Retry-After", 0.0), ("X-RateLimit-Reset", moment.timestamp())):
        given = headers.get(name, "").strip()
        if given.isascii() and given.isdigit():
            return min(max(float(given) - start, 0.0), LONGEST_WAIT)
    return None

"""SMS by Twilio's official client, over any base address, with a time-out on every call."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from surveys.core.logs import log
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sent, Uncertain

TIMEOUT_SECONDS = 10
# The account or its sender is at fault: no other message would go either.
STOPS_RUN = {20003, 20404, 21212, 21408, 21606, 21608, 21659, 30002}
# Nothing was processed; Twilio says it is safe to try again.
LATER = {20429, 21611, 30001}


class AimedHttpClient(TwilioHttpClient):
    """The client's own transport, aimed at TWILIO_BASE_URL instead of the host that the client has built in."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS, max_retries=0)
        self.base = urlsplit(base_url)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        path = self.base.path.rstrip("/") + parts.path
        aimed = urlunsplit((self.base.scheme, self.base.netloc, path, parts.query, ""))
        return super().request(method, aimed, *args, **kwargs)


class TwilioSms:
    """Sends through one Messaging Service. The provider's exceptions end here as one of four outcomes."""

    def __init__(self, account: str, token: str, service: str, base_url: str, status_url: str) -> None:
        self.client = Client(account, token, http_client=AimedHttpClient(base_url))
        self.service = service
        self.status_url = status_url

    def send(self, message: Message) -> Sent:
        try:
            made = self.client.messages.create(
                to=message.recipient,
                body=message.body,
                messaging_service_sid=self.service,
                validity_period=14_400,
                **self.callback(message),
            )
        except requests.ConnectTimeout:
            return NotSent("not-connected")
        except requests.ConnectionError as lost:
            return outcome_of_lost(lost)
        except requests.RequestException as lost:
            return Uncertain(type(lost).__name__)
        except TwilioException as error:
            return outcome_of_error(error)
        except (ValueError, TypeError, AttributeError):
            return Uncertain("unreadable")  # It was answered as a success, in no words of Twilio's.
        return Accepted(str(made.sid)) if made.sid else Uncertain("no-reference")

    def callback(self, message: Message) -> dict[str, str]:
        return {"status_callback": f"{self.status_url}?c={message.correlation}"} if self.status_url else {}


def outcome_of_lost(lost: requests.ConnectionError) -> Sent:
    """A connection that never stood carried nothing; one that broke may have carried the message."""
    cause = lost.args[0] if lost.args else None
    reason = getattr(cause, "reason", cause)
    never_stood = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.NameResolutionError)
    if isinstance(reason, never_stood) or isinstance(lost, requests.exceptions.SSLError):
        return NotSent("not-connected")
    return Uncertain("connection-lost")


def outcome_of_error(error: TwilioException) -> Sent:
    """Twilio's answer by its error code; what is not known to be safe counts as uncertain."""
    status, code = number_of(error, "status"), number_of(error, "code")
    if code in LATER or status == 429:
        return NotSent(str(code or status))
    if code in STOPS_RUN or status in (401, 403, 404):
        log.error("twilio refuses this account or sender; sending stops", code=code, status=status)
        return NotSent(str(code or status), stops_run=True)
    if 400 <= status < 500:
        return Rejected(str(code or status))
    return Uncertain(str(code or status or type(error).__name__))


def number_of(error: TwilioException, name: str) -> int:
    """The status or code that an error carries; 0 where it carries none."""
    found = str(getattr(error, name, ""))
    return int(found) if found.isascii() and found.isdigit() else 0

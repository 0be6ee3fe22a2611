"""SMS by Twilio's official client, through one Messaging Service."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from urllib3.exceptions import HTTPError

from surveys.core.logs import log
from surveys.messaging.http_pool import CONNECTIONS, outcome_of_lost
from surveys.messaging.links import mark_of
from surveys.messaging.outcomes import Accepted, CannotTell, Found, Message, Missing, NotSent, Search, Sent, Uncertain
from surveys.messaging.twilio_errors import outcome_of
from surveys.messaging.twilio_http import PooledHttpClient

VALID_SECONDS = 14_400
# What reading a success that is not in Twilio's words can raise inside the client.
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
# Twilio's clock and ours may differ; it keeps whole seconds.
CLOCKS_DIFFER = timedelta(minutes=5)
MOST_LISTED = 500
PAGE = 100
# Twilio tells a receipt again where we could not take it; the fragment is not part of what it signs.
TELL_AGAIN = "#rc=3&rp=5xx,ct,rt"


class TwilioSms:
    """Sends through one Messaging Service, from any thread. The provider's exceptions end here.

    secret: the account's token; or that of the API key whose SID is key.
    """

    def __init__(
        self,
        account: str,
        secret: str,
        service: str,
        base_url: str,
        status_url: str,
        connections: int = CONNECTIONS,
        key: str = "",
    ) -> None:
        self.client = Client(key or account, secret, account, http_client=PooledHttpClient(base_url, connections))
        self.messages = self.client.messages
        self.service = service
        self.status_url = status_url

    def send(self, message: Message) -> Sent:
        try:
            made = self.messages.create(
                to=message.recipient,
                body=message.body,
                messaging_service_sid=self.service,
                validity_period=VALID_SECONDS,
                **self.callback(message),
            )
        except HTTPError as lost:
            return outcome_of_lost(lost)
        except TwilioException as error:
            return told(outcome_of(number_of(error, "status"), number_of(error, "code")))
        except UNREADABLE:
            return Uncertain("unreadable")  # It was answered as a success, in no words of Twilio's.
        return Accepted(str(made.sid)) if made.sid else Uncertain("no-reference")

    def callback(self, message: Message) -> dict[str, str]:
        if not self.status_url:
            return {}
        return {"status_callback": f"{self.status_url}?c={message.correlation}{TELL_AGAIN}"}

    def find(self, message: Message, since: datetime) -> Search:
        """Looks for the message among the texts to this number. A text still queued may not be listed yet."""
        is_it = mark_of(message)
        if is_it is None:
            return CannotTell()
        try:
            listed = self.messages.stream(
                to=message.recipient, date_sent_after=since - CLOCKS_DIFFER, limit=MOST_LISTED, page_size=PAGE
            )
            return first_with(
                is_it, [(str(text.sid or ""), str(text.body or "")) for text in islice(listed, MOST_LISTED)]
            )
        except (HTTPError, TwilioException, *UNREADABLE):
            return CannotTell()


def first_with(is_it: Callable[[str], bool], listed: list[tuple[str, str]]) -> Search:
    """listed: the reference and words of each text. A list that was cut off cannot prove that one is missing."""
    for reference, words in listed:
        if reference and is_it(words):
            return Found(reference)
    return Missing() if len(listed) < MOST_LISTED else CannotTell()


def told(outcome: Sent) -> Sent:
    if isinstance(outcome, NotSent) and outcome.stops_run:
        log.error("twilio refuses this account or sender; sending stops", code=outcome.code)
    return outcome


def number_of(error: TwilioException, name: str) -> int:
    """The status or code that an error carries; 0 where it carries none."""
    found = str(getattr(error, name, ""))
    return int(found) if found.isascii() and found.isdigit() else 0

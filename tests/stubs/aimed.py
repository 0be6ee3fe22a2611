"""Twilio's official client as it comes, with its default transport, aimed at a stub: a yardstick beside our sender."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.stubs.options import Options


class AimedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the client comes without types
    """The client's own transport; only the scheme and host of each address are others."""

    def __init__(self, address: str) -> None:
        super().__init__(timeout=10)
        self.aim = urlsplit(address)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        aimed = urlunsplit(urlsplit(url)._replace(scheme=self.aim.scheme, netloc=self.aim.netloc))
        return super().request(method, aimed, *args, **kwargs)


def bare_client(address: str, options: Options, user: str = "", secret: str = "") -> Client:
    """By the account's token, or by the user and secret that are given."""
    http = AimedHttpClient(address)
    return Client(user or options.account, secret or options.token, account_sid=options.account, http_client=http)

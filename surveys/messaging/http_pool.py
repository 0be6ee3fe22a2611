"""Connections to one provider, kept open for the next message.

Every step has a time-out, nothing is tried twice, no redirect is followed, and no proxy is looked up.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from surveys.messaging.outcomes import NotSent, Uncertain

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
# As many as the threads of one worker that send at once; a thread more waits for a connection.
CONNECTIONS = 64


class NeverStood(HTTPError):
    """No connection was made, so nothing of the request has left this machine."""


@contextmanager
def standing_up() -> Iterator[None]:
    """Whatever fails in here (name, route, handshake, certificate) came before the first byte of a request."""
    try:
        yield
    except (OSError, HTTPError) as lost:
        raise NeverStood("no connection") from lost


class PlainConnection(HTTPConnection):
    def connect(self) -> None:
        with standing_up():
            super().connect()


class SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        with standing_up():
            super().connect()


class PlainPool(HTTPConnectionPool):
    ConnectionCls = PlainConnection


class SecurePool(HTTPSConnectionPool):
    ConnectionCls = SecureConnection


class HttpPool:
    """Asks one provider over kept connections, from any thread. Raises urllib3's HTTPError, or its NeverStood."""

    def __init__(self, base_url: str, connections: int = CONNECTIONS) -> None:
        base = urlsplit(base_url)
        host, timeout = base.hostname or "", Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self.prefix = base.path.rstrip("/")
        self.pool: HTTPConnectionPool
        if base.scheme == "https":
            trusted = ssl.create_default_context()
            self.pool = SecurePool(host, base.port, timeout, connections, block=True, ssl_context=trusted)
        else:
            self.pool = PlainPool(host, base.port, timeout, connections, block=True)

    def request(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> BaseHTTPResponse:
        """One request, once; target is a path, with a query where there is one. The answer is read to its end."""
        return self.pool.urlopen(
            method, self.prefix + target, body, headers, retries=False, redirect=False, assert_same_host=False
        )


def outcome_of_lost(lost: HTTPError) -> NotSent | Uncertain:
    """A connection that never stood carried nothing; one that broke or fell silent may have carried the message."""
    if isinstance(lost, NeverStood):
        return NotSent("not-connected")
    return Uncertain("timed-out" if isinstance(lost, ReadTimeoutError) else "connection-lost")

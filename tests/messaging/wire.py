"""A fake of Twilio behind a real socket: answers by script, keeps what it was asked."""

import json
import socket
import struct
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Reply:
    """What the provider does with one request. hangs: it says nothing; drops: it resets the connection."""

    status: int = 201
    body: str = ""
    hangs: bool = False
    drops: bool = False


@dataclass(frozen=True)
class Request:
    path: str
    account: str
    secret: str
    form: dict[str, str]


def created(sid: str = "SM" + "1" * 32) -> Reply:
    return Reply(201, json.dumps({"sid": sid, "status": "accepted", "num_segments": "0", "error_code": None}))


def refused(status: int, code: int) -> Reply:
    words = {"code": code, "message": "in Twilio's words", "more_info": "https://example.com", "status": status}
    return Reply(status, json.dumps(words))


def problem(status: int, code: int) -> Reply:
    """An error as RFC 9457 has it."""
    words = {"type": "https://example.com/problem", "title": "A problem", "status": status, "code": code}
    return Reply(status, json.dumps(words))


@dataclass
class Provider:
    replies: list[Reply]
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    over: Event = field(default_factory=Event)


def handler_for(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            provider.requests.append(self.read())
            reply = provider.replies.pop(0)
            if reply.hangs:
                provider.over.wait(30)
                return
            if reply.drops:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            body = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def read(self) -> Request:
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            account, _, secret = b64decode(given).decode().partition(":")
            form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
            return Request(self.path, account, secret, {name: values[0] for name, values in form.items()})

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen."""

        def finish(self) -> None:
            if not self.wfile.closed and self.connection.fileno() != -1:
                super().finish()

    return Handler


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        self.close_request(request)


@contextmanager
def provider_that(*replies: Reply) -> Iterator[Provider]:
    """A provider that listens on this machine and answers with these, in order."""
    provider = Provider(list(replies))
    with QuietServer(("127.0.0.1", 0), handler_for(provider)) as server:
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.over.set()
            server.shutdown()
            thread.join(10)


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port

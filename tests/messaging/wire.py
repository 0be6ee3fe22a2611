"""A fake provider behind a real socket: answers by script, keeps what it was asked."""

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
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    path: str
    account: str
    secret: str
    form: dict[str, str]
    method: str = "POST"
    query: dict[str, str] = field(default_factory=dict)
    bearer: str = ""
    text: str = ""
    peer: tuple[str, int] = ("", 0)


def created(sid: str = "SM" + "1" * 32) -> Reply:
    return Reply(201, json.dumps({"sid": sid, "status": "accepted", "num_segments": "0", "error_code": None}))


def refused(status: int, code: int) -> Reply:
    words = {"code": code, "message": "in Twilio's words", "more_info": "https://example.com", "status": status}
    return Reply(status, json.dumps(words))


def problem(status: int, code: int) -> Reply:
    """An error as RFC 9457 has it."""
    words = {"type": "https://example.com/problem", "title": "A problem", "status": status, "code": code}
    return Reply(status, json.dumps(words))


def firsts(encoded: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(encoded).items()}


def listing(*texts: tuple[str, str], more: str | None = None) -> Reply:
    """A page of Twilio's list of messages, each (its reference, its words); more: where the next page is."""
    messages = [{"sid": sid, "body": body} for sid, body in texts]
    return Reply(200, json.dumps({"messages": messages, "next_page_uri": more, "page": 0, "page_size": 100}))


@dataclass
class Provider:
    replies: list[Reply]
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    over: Event = field(default_factory=Event)


def handler_for(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            provider.requests.append(self.read())
            reply = provider.replies.pop(0)
            if reply.hangs:
                provider.over.wait(30)
                self.close_connection = True
                return
            if reply.drops:
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def read(self) -> Request:
            way, _, given = self.headers.get("Authorization", "").partition(" ")
            account, _, secret = (b64decode(given).decode() if way == "Basic" else "").partition(":")
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            path, _, query = self.path.partition("?")
            bearer = given if way == "Bearer" else ""
            form = firsts(text) if "form" in self.headers.get("Content-Type", "") else {}
            peer = self.client_address
            return Request(path, account, secret, form, self.command, firsts(query), bearer, text, peer)

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

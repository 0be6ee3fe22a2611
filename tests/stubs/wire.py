"""HTTP/1.1 with kept connections on one event loop: requests in, replies out, late or never where told so."""

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

HEAD_END = b"\r\n\r\n"
MOST_HEAD = 65_536
NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """What the form says, or the query where there is no body, in order."""
        words = self.body.decode("utf-8", "replace") if self.body else self.query
        return parse_qsl(words, keep_blank_values=True)


@dataclass(frozen=True)
class Reply:
    """seconds: how long it is held back. resets: the client sees the connection break instead."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    resets: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def as_bytes(self) -> bytes:
        named = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        reason = HTTPStatus(self.status).phrase
        head = f"HTTP/1.1 {self.status} {reason}\r\n{named}Content-Length: {len(self.body)}\r\n\r\n"
        return head.encode("latin-1") + self.body


JSON = {"Content-Type": "application/json"}
App = Callable[[Request], Reply]


def in_json(status: int, words: object, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(words).encode(), JSON | named)


class Malformed(ValueError):
    """Not HTTP as a client would speak it."""


def request_of(head: bytes, body: bytes, headers: Mapping[str, str]) -> Request:
    method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    path, _, query = target.partition("?")
    return Request(method, unquote(path), query, headers, body)


def headers_of(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


class Connection(asyncio.Protocol):
    """One client. Its requests are answered in order, each when the one before has been."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.buffer = b""
        self.busy = False
        self.last = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.advance()

    def advance(self) -> None:
        try:
            while not self.busy and (request := self.take()):
                self.busy = True
                self.last = request.headers.get("connection", "").lower() == "close"
                self.hold(self.app(request))
        except Malformed:
            self.transport.write(Reply(400).as_bytes())
            self.transport.close()

    def take(self) -> Request | None:
        """The next whole request, None while there is none."""
        end = self.buffer.find(HEAD_END)
        if end < 0:
            if len(self.buffer) > MOST_HEAD:
                raise Malformed
            return None
        head, start = self.buffer[:end], end + len(HEAD_END)
        headers = headers_of(head)
        try:
            until = start + int(headers.get("content-length", "0"))
            if len(self.buffer) < until:
                return None
            request = request_of(head, self.buffer[start:until], headers)
        except ValueError as wrong:
            raise Malformed from wrong
        self.buffer = self.buffer[until:]
        return request

    def hold(self, reply: Reply) -> None:
        if reply.seconds <= 0:
            self.answer(reply)
            return
        asyncio.get_running_loop().call_later(reply.seconds, self.answer_and_advance, reply)

    def answer(self, reply: Reply) -> None:
        self.busy = False
        if self.transport.is_closing():
            return
        if reply.resets:
            self.reset()
            return
        self.transport.write(reply.as_bytes())
        if self.last:
            self.transport.close()

    def answer_and_advance(self, reply: Reply) -> None:
        self.answer(reply)
        self.advance()

    def reset(self) -> None:
        """The client sees the connection broken, not ended."""
        self.buffer = b""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self.transport.abort()

"""Where a test takes the stub's web hooks in: keeps each post, answers with the status it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Taken:
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Hooks:
    """statuses: answered first, one a post; then always 204."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)


def handler_for(hooks: Hooks) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hooks.taken.append(Taken(hooks.url + self.path, dict(self.headers), body))
            self.send_response(hooks.statuses.pop(0) if hooks.statuses else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen."""

    return Handler


@contextmanager
def listening(*statuses: int) -> Iterator[Hooks]:
    hooks = Hooks(statuses=list(statuses))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_for(hooks)) as server:
        server.daemon_threads = True
        server.block_on_close = False
        hooks.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield hooks
        finally:
            server.shutdown()
            thread.join(10)

"""A mail relay behind a real socket: answers each command by script, keeps what it was given."""

import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

ANSWERS = {
    "EHLO": "250-relay.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
    "AUTH": "235 2.7.0 signed in",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    ".": "250 2.0.0 queued",
    "QUIT": "221 2.0.0 bye",
    "STARTTLS": "220 2.0.0 go on",
}
DROPS = "drops"
HANGS = "hangs"


@dataclass
class FakeRelay:
    """answers: what it says to a command ("GREET" and "." too); DROPS closes the connection, HANGS says nothing."""

    answers: dict[str, str]
    tls: ssl.SSLContext | None = None
    port: int = 0
    commands: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)


def handler_for(relay: FakeRelay) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                if self.answer("GREET"):
                    while (line := self.rfile.readline()) and self.obey(line.decode().rstrip("\r\n")):
                        pass

        def answer(self, command: str) -> bool:
            """Say what the script has for it; False where the connection ends."""
            said = relay.answers.get(command) or ANSWERS.get(command, "220 relay.example")
            if said == HANGS:
                relay.over.wait(30)
            if said in (HANGS, DROPS):
                return False
            self.wfile.write(f"{said}\r\n".encode())
            return command != "QUIT"

        def obey(self, line: str) -> bool:
            verb = line.split(" ")[0].upper()
            with relay.lock:
                relay.commands.append(line)
            going = self.answer(verb)
            if going and verb == "STARTTLS" and relay.tls:
                self.encrypt()
            if going and verb == "DATA" and relay.answers.get("DATA", "354").startswith("354"):
                self.take_in()
                going = self.answer(".")
            return going

        def take_in(self) -> None:
            lines = list(iter(self.rfile.readline, b".\r\n"))
            with relay.lock:
                relay.messages.append(b"".join(line.removeprefix(b".") for line in lines))

        def encrypt(self) -> None:
            assert relay.tls
            self.connection = relay.tls.wrap_socket(self.request, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            self.connection.close()

    return Handler


class QuietServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing on the screen: a client that does not trust us is part of the play."""


@contextmanager
def relay_that(tls: ssl.SSLContext | None = None, **answers: str) -> Iterator[FakeRelay]:
    """A relay that listens on this machine. END is what it says to a message it was given."""
    if "END" in answers:
        answers["."] = answers.pop("END")
    relay = FakeRelay(answers, tls)
    with QuietServer(("127.0.0.1", 0), handler_for(relay)) as server:
        relay.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield relay
        finally:
            relay.over.set()
            server.shutdown()
            thread.join(10)

"""The stub for a test: in a process of its own, or in a thread, for as long as a with statement lasts."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import urllib3

from tests.stubs.faults import Faults
from tests.stubs.ledger import Entry, Kind, entry_of
from tests.stubs.options import Options
from tests.stubs.serving import Started, serve

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 30


@dataclass(frozen=True)
class RunningStub:
    """What a test asks of it. options: its made-up secrets. Its web hooks go nowhere until aim() says where."""

    address: str
    public_key: str
    options: Options

    def ask(self, path: str, told: object = None) -> bytes:
        """What /control answers to a GET, or to a POST of what is told. Raises ValueError where it refuses."""
        body = None if told is None else json.dumps(told).encode()
        method = "GET" if body is None else "POST"
        answer = urllib3.request(method, f"{self.address}/control{path}", body=body, retries=False, timeout=10)
        if answer.status != 200:
            raise ValueError(answer.data.decode())
        return answer.data

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask(""))
        return found

    def ledger(self, after: int = 0, kind: Kind | None = None) -> list[Entry]:
        """The entries in their order, of one kind where it is named."""
        lines = self.ask(f"/ledger?after={after}").decode().splitlines()
        return [entry for entry in map(entry_of, lines) if kind in (None, entry.kind)]

    def messages(self) -> list[Entry]:
        return self.ledger(kind=Kind.MESSAGE)

    def change(self, **faults: float | bool) -> None:
        self.ask("/faults", faults)

    def aim(self, **hooks: str) -> None:
        """inbound= and events=: where the web hooks are."""
        self.ask("/hooks", hooks)

    def say(self, person: str, words: str) -> int:
        """A text from this person. Returns its place in the ledger."""
        order: int = json.loads(self.ask("/say", {"from": person, "body": words}))["order"]
        return order

    def happen(self, event: str, email: str, reference: str = "", **arguments: str) -> int:
        """An email event such as spamreport. Returns its place in the ledger."""
        told = {"event": event, "email": email, "reference": reference, "arguments": arguments}
        order: int = json.loads(self.ask("/happen", told))["order"]
        return order

    def wait_for_hooks(self, seconds: float = 10) -> None:
        """Until every message has its end and every web hook is taken or given up. Raises TimeoutError."""
        until = monotonic() + seconds
        pause = Event()
        while monotonic() < until:
            state = self.state()
            if not state["hooks_waiting"] and state["summary"].get("state", 0) == state["summary"].get("message", 0):
                return
            pause.wait(0.02)
        raise TimeoutError("web hooks are still under way")


@contextmanager
def running_stub(
    faults: Faults | Mapping[str, float | bool] | None = None, seed: int = 1, thread: bool = False, **options: Any
) -> Iterator[RunningStub]:
    """A stub on a free port, in a process of its own unless `thread`. options: as tests/stubs/options.py has them."""
    given = faults if isinstance(faults, Faults) else Faults(**(faults or {}))  # type: ignore[arg-type]
    chosen = Options(faults=given, seed=seed, **options)
    with (in_thread if thread else in_process)(chosen) as (address, public_key):
        yield RunningStub(address, public_key, chosen)


@contextmanager
def in_process(options: Options) -> Iterator[tuple[str, str]]:
    given = {**asdict(options), "ledger": options.ledger and str(options.ledger)}
    command = [sys.executable, "-m", "tests.stubs", "--json", "--port", "0", "--options", json.dumps(given)]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        assert process.stdout
        try:
            line = process.stdout.readline()
            if not line:
                errors.seek(0)
                raise RuntimeError(f"the stub did not start: {errors.read().decode()}")
            started = json.loads(line)
            yield started["address"], started["public_key"]
        finally:
            process.terminate()
            process.wait(LONGEST_START)


@contextmanager
def in_thread(options: Options) -> Iterator[tuple[str, str]]:
    ready, found = Event(), []

    def started(what: Started) -> None:
        found.append(what)
        ready.set()

    thread = Thread(target=lambda: asyncio.run(serve(options, 0, started)), daemon=True)
    thread.start()
    if not ready.wait(LONGEST_START):
        raise RuntimeError("the stub did not start")
    try:
        yield found[0].address, found[0].public_key
    finally:
        found[0].stop()
        thread.join(10)

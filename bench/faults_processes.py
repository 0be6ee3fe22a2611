"""The processes of a fault campaign: the stub, the web process and the workers, killed and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from time import sleep
from typing import IO

import urllib3

from bench.databases import SECRET, Database
from tests.stubs.options import Options
from tests.stubs.running import RunningStub

ROOT = Path(__file__).resolve().parents[1]
STALE_SECONDS = 30
THREADS = 8
LONGEST_START = 60.0
# What a process of ours may see of this one's environment; its settings are the campaign's own.
PASSED_ON = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "TMPDIR", "USER", "LOGNAME")
Process = subprocess.Popen[bytes]


@dataclass
class Processes:
    """kills counts the workers that were killed while they could be sending."""

    database: Database
    queue: str
    clock: Path
    port: int = field(default_factory=lambda: free_port())
    workers: list[Process] = field(default_factory=list)
    web: Process | None = None
    kills: int = 0

    def __post_init__(self) -> None:
        self.things = ExitStack()
        self.log = self.things.enter_context((self.database.folder / "processes.log").open("wb"))

    @property
    def public_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start_stub(self, options: Options) -> RunningStub:
        """The stub on the campaign's clock, its web hooks aimed at our web process."""
        given = {**asdict(options), "ledger": None}
        process = self.start(
            "tests.stubs", "--json", "--port", "0", "--options", json.dumps(given), stdout=subprocess.PIPE
        )
        self.things.callback(end, process)
        if process.stdout is None or not (line := process.stdout.readline()):
            raise SystemExit(f"The stub did not start:\n{self.words()}")
        started = json.loads(line)
        self.stub = RunningStub(started["address"], started["public_key"], options)
        self.stub.aim(
            inbound=f"{self.public_url}/hooks/twilio/inbound", events=f"{self.public_url}/hooks/sendgrid/events"
        )
        return self.stub

    def start_all(self, workers: int, web: int) -> None:
        bound = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(web), "--threads", "4"]
        quiet = ["--log-level", "warning", "--no-control-socket"]
        self.web = self.start("gunicorn", *bound, *quiet, "wsgi:app")
        self.workers = [self.start_worker() for _ in range(workers)]
        self.wait_for_web()

    def start_worker(self) -> Process:
        return self.start("flask", "--app", "wsgi", "worker", "--threads", "2")

    def start(self, module: str, *arguments: str, stdout: IO[bytes] | int | None = None) -> Process:
        command = [sys.executable, "-m", "bench.faults_child", str(self.clock), module, *arguments]
        output = self.log if stdout is None else stdout
        environment = self.environment() if module != "tests.stubs" else passed_on()
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=self.log, start_new_session=True
        )

    def environment(self) -> dict[str, str]:
        stub = self.stub.options
        return passed_on() | {
            "INSTANCE_DIR": str(self.database.folder),
            "DATABASE_URL": self.database.url,
            "QUEUE_URL": self.queue,
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": self.public_url,
            "COUNCIL_NAME": "Bench Council",
            "SMS_SENDER": "twilio",
            "TWILIO_BASE_URL": self.stub.address,
            "TWILIO_ACCOUNT_SID": stub.account,
            "TWILIO_AUTH_TOKEN": stub.token,
            "TWILIO_MESSAGING_SERVICE_SID": stub.service,
            "EMAIL_SENDER": "sendgrid",
            "EMAIL_FROM": "surveys@council.example",
            "SENDGRID_BASE_URL": self.stub.address,
            "SENDGRID_API_KEY": stub.sendgrid_key,
            "SENDGRID_WEBHOOK_PUBLIC_KEY": self.stub.public_key,
            "SEND_STALE_SECONDS": str(STALE_SECONDS),
            "SEND_THREADS": str(THREADS),
            "REMIND_BY": "none",
            "LOG_LEVEL": "WARNING",
        }

    def wait_for_web(self) -> None:
        for _ in range(int(LONGEST_START / 0.1)):
            if self.web is None or self.web.poll() is not None:
                break
            try:
                if urllib3.request("GET", f"{self.public_url}/readyz", retries=False, timeout=2).status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                pass
            sleep(0.1)
        raise SystemExit(f"The web process did not start:\n{self.words()}")

    def kill_one(self, chance: Random) -> None:
        """kill -9 one worker, whatever it is doing, and start another."""
        place = chance.randrange(len(self.workers))
        kill(self.workers[place])
        self.kills += 1
        self.workers[place] = self.start_worker()

    def kill_all(self) -> None:
        """As when the machine loses its power: every worker and the web process at once."""
        self.kills += len(self.workers)
        for process in (*self.workers, self.web):
            if process is not None:
                kill(process)
        self.workers, self.web = [], None

    def words(self) -> str:
        """What the processes wrote: their warnings and errors."""
        self.log.flush()
        return (self.database.folder / "processes.log").read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        for process in (*self.workers, self.web):
            if process is not None:
                kill(process)
        self.things.close()


def passed_on() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PG")}


def kill(process: Process) -> None:
    """With all that it has started: the group is its own."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def end(process: Process) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        kill(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

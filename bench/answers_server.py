"""A web server as docs/running.md has it: gunicorn with two workers, and the CPU that all its processes took."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import sleep

import psutil

from bench.faults_processes import ROOT, end, free_port, passed_on

WORKERS = 2
LONGEST_START = 60.0


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """User and system seconds of gunicorn and its workers up to now."""
        everyone = [self.process, *self.process.children(recursive=True)]
        return sum(times.user + times.system for times in (one.cpu_times() for one in everyone))


@contextmanager
def serving(application: str, log: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """The application ("module:name") on a port of its own, ready to answer; ended with the block."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, *quiet, application], cwd=ROOT, env=passed_on() | settings, stdout=file, stderr=file
        )
        try:
            wait_for(process, port, log)
            yield Server(port, psutil.Process(process.pid))
        finally:
            end(process)


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(int(LONGEST_START / 0.1)):
        if process.poll() is not None:
            break
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except (OSError, HTTPException):
            sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise SystemExit(f"The web server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")

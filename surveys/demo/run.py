"""The made-up council in the browser: database, contacts, web process and worker, until stopped."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from surveys.core.refusals import Refused

START_SECONDS = 60


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise Refused(f"Port {port} is in use. Choose another one: make run PORT={port + 1}") from taken


def start(port: int) -> list[subprocess.Popen[bytes]]:
    """The web process and the worker, on this machine only, as they would run in earnest."""
    bin_ = Path(sys.executable).parent
    web = [
        str(bin_ / "gunicorn"),
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--log-level",
        "warning",
        "--no-control-socket",
        "wsgi:app",
    ]
    worker = [str(bin_ / "flask"), "worker"]
    return [subprocess.Popen(command) for command in (web, worker)]  # noqa: S603  # our own two commands


def wait_until_ready(address: str, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise Refused("A process ended before it was ready. Its words are above.")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Refused(f"The web process did not answer within {START_SECONDS} seconds.")


def serve(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stay until stopped, or until one of them ends; then end them both."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        end(processes)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()

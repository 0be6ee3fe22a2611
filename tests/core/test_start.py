"""The start of a process: words instead of a stack trace where it may not start."""

import os
import subprocess
import sys
from pathlib import Path

from surveys.core.settings import PROJECT


def start(tmp_path: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "INSTANCE_DIR": str(tmp_path)} | given
    return subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_a_web_process_with_bad_settings_exits_with_words(tmp_path: Path) -> None:
    ended = start(tmp_path, "-c", "import wsgi", PUBLIC_URL="https://surveys.example.gov.uk")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Fairly cannot start:\nSECRET_KEY: set a random secret")
    assert "Traceback" not in ended.stderr


def test_a_command_with_bad_settings_exits_with_words(tmp_path: Path) -> None:
    ended = start(tmp_path, "-m", "flask", "--app", "wsgi", "audit", "verify", SMS_SENDER="pigeon")
    assert ended.returncode != 0
    assert "SMS_SENDER: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_web_process_starts_on_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    ended = start(
        tmp_path,
        "-c",
        "import gc, wsgi; print(wsgi.app.name, gc.get_freeze_count() > 100_000)",
        INSTANCE_DIR=str(tmp_path / "new" / "one"),
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "surveys True"), ended.stderr

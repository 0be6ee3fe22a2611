"""The benchmarks run from end to end on a small scale and print what a program can read. Nothing here is timed."""

import json
import subprocess
import sys

import pytest

from bench.__main__ import main
from surveys.core.settings import PROJECT

KEYS = {"name", "value", "unit", "goal", "holds"}
NAMES = ("import", "draw", "page", "answer", "dashboard", "cases", "export", "pack")


def test_benchmarks_print_one_json_object_a_line() -> None:
    """All of them in one process, for it takes longer to start than they do."""
    command = (sys.executable, "-m", "bench", *NAMES, "--rows", "2000", "--answers", "4000", "--on", "sqlite")
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    for name in NAMES:
        own = [figure for figure in figures if figure["name"].startswith(f"{name}.sqlite.")]
        assert own[0]["goal"] is not None, name
    for figure in figures:
        assert figure.keys() == KEYS
        assert figure["value"] > 0
        assert figure["holds"] is (None if figure["goal"] is None else figure["value"] <= figure["goal"])


def test_an_unknown_benchmark_is_refused_with_the_names_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "everything"])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == 2
    assert "import, draw, send, page, answer" in capsys.readouterr().err

"""The benchmarks run from end to end on a small scale and print what a program can read. Nothing here is timed."""

import json
import subprocess
import sys

import pytest

from surveys.core.settings import PROJECT

KEYS = {"name", "value", "unit", "goal", "holds"}


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "bench", *words)
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("name", ["import", "draw", "page", "answer"])
def test_a_benchmark_prints_one_json_object_a_line(name: str) -> None:
    done = bench(name, "--rows", "2000", "--on", "sqlite")
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert figures
    for figure in figures:
        assert figure.keys() == KEYS
        assert figure["name"].startswith(f"{name}.sqlite.")
        assert figure["value"] > 0
        assert figure["holds"] is (None if figure["goal"] is None else figure["value"] <= figure["goal"])
    assert figures[0]["goal"] is not None


def test_an_unknown_benchmark_is_refused_with_the_names_there_are() -> None:
    done = bench("everything")
    assert done.returncode == 2
    assert "import, draw, send, page, answer" in done.stderr

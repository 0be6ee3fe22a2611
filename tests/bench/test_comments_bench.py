"""The benchmark of comments runs from end to end, on the model that comes with the program. Nothing is timed here."""

import json
import subprocess
import sys

from surveys.core.settings import PROJECT


def test_the_benchmark_of_comments_needs_no_database_and_prints_its_figures() -> None:
    command = (sys.executable, "-m", "bench", "comments", "--rows", "200")
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    figures = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert figures["comments.redact_and_classify"]["goal"] == 0.5
    assert all(figure["value"] > 0 for figure in figures.values())
    assert {"comments.fit", "comments.peak_memory"} <= figures.keys()


def test_the_benchmark_of_the_pipeline_labels_every_comment_twice() -> None:
    command = (sys.executable, "-m", "bench", "pipeline", "--rows", "200", "--on", "sqlite")
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    rates = {line["name"]: line["value"] for line in map(json.loads, done.stdout.splitlines())}
    assert rates["pipeline.sqlite.read_and_label_rate"] > 0
    assert rates["pipeline.sqlite.relabel_rate"] > 0

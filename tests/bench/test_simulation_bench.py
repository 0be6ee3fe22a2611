"""The simulation, small: weighted intervals hold the truth where unweighted ones do not, and theory stands beside."""

import json
import subprocess
import sys

from surveys.core.settings import PROJECT


def test_the_simulation_needs_no_database_and_tells_weighted_from_unweighted() -> None:
    command = (sys.executable, "-m", "bench", "simulation", "--rows", "20000")
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    figures = {line["name"]: line["value"] for line in map(json.loads, done.stdout.splitlines())}
    assert figures["simulation.weighted.by_chance.coverage"] > 80
    assert figures["simulation.unweighted.by_chance.coverage"] < 20
    assert abs(figures["simulation.weighted.by_chance.bias"]) < 1
    waits = [f"simulation.wait.fall_{fall}_sigma.beyond_limits.known" for fall in (1, 2, 3)]
    assert figures[waits[0]] > figures[waits[1]] > figures[waits[2]]

"""The fault campaign, small: killed workers and a provider that fails, and yet nothing goes twice, late or astray."""

import json
import os
import subprocess
import sys

from surveys.core.settings import PROJECT

GOALS = ("sent_twice", "sent_after_stop", "sent_in_quiet_hours", "state_contradicts_ledger", "lost")
LONGEST = 300


def test_a_small_campaign_reaches_its_goals_and_does_send() -> None:
    campaign = [sys.executable, "-m", "bench.faults", "--invitations", "150", "--on", "sqlite"]
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    ended = subprocess.run(campaign, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=LONGEST)
    figures = {line["name"]: line for line in map(json.loads, ended.stdout.splitlines())}
    assert ended.returncode == 0, ended.stderr
    assert [figures[f"faults.sqlite.{goal}"]["holds"] for goal in GOALS] == [True] * len(GOALS)
    assert figures["faults.sqlite.messages_in_ledger"]["value"] > 100
    assert figures["faults.sqlite.kills"]["value"] > 3

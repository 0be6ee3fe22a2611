"""What a start costs: each web process, worker and command pays for all that create_app loads."""

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

# Each is heavy, or comes only where the program is changed; what loads one of them is behind a late door.
LOADED_LATE = (
    "html5lib",
    "hypothesis",
    "joblib",
    "numpy",
    "openpyxl",
    "pandas",
    "plotly",
    "pypdfium2",
    "scipy",
    "sklearn",
    "statsmodels",
    "vaderSentiment",
    "weasyprint",
)
START = "import sys; from surveys import create_app; create_app(); print(*sys.modules)"


def loaded_by(program: str, instance: Path) -> set[str]:
    """The modules that a process of its own has loaded at its end."""
    environment = {"DEMO": "1", "INSTANCE_DIR": str(instance), "PATH": ""}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_the_app_starts_without_what_only_some_pages_and_tasks_need(tmp_path: Path) -> None:
    loaded = loaded_by(START, tmp_path)
    assert "flask" in loaded
    assert loaded.intersection(LOADED_LATE) == set()

"""comments: redact and classify, on one core. Processor time is counted, so that a busy machine does not matter."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench import comments_child
from bench.measures import Measure

MOST_MS = 0.5  # 2,000 comments a second
MOST_FIT_SECONDS = 30
MOST_COMMENTS = 20_000
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(rows: int) -> Iterator[Measure]:
    """No database has a part in it."""
    command = (sys.executable, "-m", comments_child.__name__, str(min(rows, MOST_COMMENTS)))
    ended = subprocess.run(command, env=os.environ | ONE_CORE, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"the measured process failed: {ended.stderr}")
    told = json.loads(ended.stdout)
    both = told["redact"] + told["classify"]
    yield Measure("comments.redact_and_classify", both / told["comments"] * 1000, "ms a comment", MOST_MS)
    yield Measure("comments.redact_and_classify_rate", told["comments"] / both, "comments/s a core")
    yield Measure("comments.redact_rate", told["comments"] / told["redact"], "comments/s a core")
    yield Measure("comments.classify_rate", told["comments"] / told["classify"], "comments/s a core")
    yield Measure("comments.urgency_rate", told["comments"] / told["urgency"], "comments/s a core")
    yield Measure("comments.fit", told["fit"], "s", MOST_FIT_SECONDS)
    yield Measure("comments.peak_memory", told["peak_mb"], "MB")

"""The import of one file as `flask contacts import` does it, in a process of its own; tells seconds and peak memory."""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from bench.databases import Database
from surveys.contacts.intake import load_batch, note_progress, open_batch
from surveys.core.db import transaction

STATUS = Path("/proc/self/status")


def peak_memory_mb() -> float:
    """The most memory this process ever held. Linux hands getrusage's figure down from the parent, so not that."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(kind: str, url: str, folder: str, file: str) -> None:
    path = Path(file)
    with Database(kind, url, Path(folder), rows=0).application().app_context():
        began = perf_counter()
        with transaction():
            batch_id = open_batch(path, path.name, "crm", make_services=True).id
        batch = load_batch(batch_id, lambda done, lines: note_progress(batch_id, done, lines), path)
        seconds = perf_counter() - began
        told = {"accepted": batch.accepted, "rejected": batch.rejected}
    print(json.dumps({"seconds": seconds, "peak_mb": peak_memory_mb()} | told))


if __name__ == "__main__":
    main(*sys.argv[1:])

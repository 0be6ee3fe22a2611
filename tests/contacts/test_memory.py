"""Loading takes the same memory whatever the length of the file."""

import gc
import sys
from pathlib import Path

from flask import Flask

from surveys.contacts.intake import CHUNK_ROWS, load_batch, upload
from surveys.core.db import transaction
from tests.makers.contacts import HEADER
from tests.makers.people import make_service

ROWS = 10 * CHUNK_ROWS


def long_file(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        for number in range(ROWS):
            channel = "phone" if number % 10 else "pigeon"
            phone = f"07{400_000_000 + number}"
            file.write(f"R{number},2025-03-03 09:30,parking,{channel},{phone},r{number}@example.com,en,North,\n")
    return path


def test_nothing_of_a_row_is_held_once_its_chunk_is_staged(app: Flask, tmp_path: Path) -> None:
    """Counts Python's live blocks after each chunk: holding the rows, or their faults alone, would show."""
    make_service()
    path = long_file(tmp_path / "long.csv")
    with transaction():
        batch_id = upload(path, path.name, "crm", make_services=False).id
    blocks: list[int] = []
    # What other tests have left is there before and after: collections need not look through it.
    gc.freeze()

    def count(_done: int, _lines: int) -> None:
        gc.collect()
        blocks.append(sys.getallocatedblocks())

    batch = load_batch(batch_id, count)
    assert (batch.rows, batch.accepted, batch.rejected) == (ROWS, ROWS - ROWS // 10, ROWS // 10)
    assert len(blocks) == ROWS // CHUNK_ROWS
    assert blocks[-1] - blocks[0] < CHUNK_ROWS / 2

"""The base: labelled comments of others as hashed counts. It comes with the program and holds no words."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from nlp.concepts import concepts_digest
from nlp.features import BLOCKS, COLUMNS, VERSION, Counts
from nlp.knowledge_files import Arrays, load, save
from nlp.training import Rows

FOLDER = Path(__file__).parent / "knowledge"
NAME = "base"
MOST_COUNT = 255
# Written with each row of the matrix: places that are read back in this order.
PER_ROW = ("sentiment", "question", "rating", "tone", "group")


def fitting() -> dict[str, Any]:
    """What a base must have been made with to go with this program."""
    return {
        "format": 1,
        "features": VERSION,
        "hashing": {"function": "murmurhash3_32", "seed": 0, "blocks": [list(block) for block in BLOCKS]},
        "concepts": concepts_digest(),
    }


@cache
def base() -> Rows:
    """The base that comes with the program. NotUsable in words where it does not fit."""
    return read_base(FOLDER)


def base_digest() -> str:
    return sha256((FOLDER / f"{NAME}.json").read_bytes()).hexdigest()


def read_base(folder: Path) -> Rows:
    arrays, manifest = load(folder, NAME, fitting())
    counts = unpacked(arrays, int(manifest["rows"]))
    return Rows(tuple(manifest["labels"]), counts, arrays["targets"], *(arrays[name] for name in PER_ROW))


def write_base(folder: Path, rows: Rows, notice: dict[str, Any]) -> None:
    """Write rows as a base. Features that only one group has are left out: nobody's own words can be looked up."""
    arrays: Arrays = {"targets": rows.targets} | {name: getattr(rows, name) for name in PER_ROW}
    arrays |= packed(shared_by_groups(rows))
    manifest = {"rows": len(rows), "labels": list(rows.labels), "positives": positives(rows), **fitting(), **notice}
    save(folder, NAME, arrays, manifest)


def positives(rows: Rows) -> dict[str, int]:
    return {label: int(count) for label, count in zip(rows.labels, rows.targets.sum(axis=0), strict=True)}


def shared_by_groups(rows: Rows) -> Counts:
    """The counts without the columns that no two groups share."""
    cells = rows.counts.tocoo()
    pairs = np.unique(np.stack([cells.col, rows.group[cells.row]]), axis=1)
    shared = np.bincount(pairs[0], minlength=COLUMNS) >= 2
    kept = rows.counts.copy()
    kept.data[~shared[kept.indices]] = 0
    kept.eliminate_zeros()
    return kept


def packed(counts: Counts) -> dict[str, NDArray[Any]]:
    """By column: the column's number, how many rows have it, the steps between those rows, and the counts."""
    by_column = csc_matrix(counts)
    by_column.sort_indices()
    sizes = np.diff(by_column.indptr)
    columns = np.flatnonzero(sizes)
    steps = np.diff(by_column.indices, prepend=0)
    starts = by_column.indptr[:-1][sizes > 0]
    steps[starts] = by_column.indices[starts]
    return {
        "columns": np.diff(columns, prepend=0).astype(np.uint32),
        "sizes": sizes[columns].astype(np.uint16),
        "steps": steps.astype(np.uint16),
        "values": np.minimum(by_column.data, MOST_COUNT).astype(np.uint8),
    }


def unpacked(arrays: Arrays, rows: int) -> Counts:
    """The counts again: rows x COLUMNS."""
    columns = np.cumsum(arrays["columns"].astype(np.int64))
    sizes = arrays["sizes"].astype(np.int64)
    column_starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    running = np.cumsum(arrays["steps"].astype(np.int64))
    before = running[column_starts] - arrays["steps"][column_starts]
    indices = running - np.repeat(before, sizes)
    lengths = np.zeros(COLUMNS, np.int64)
    lengths[columns] = sizes
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return csc_matrix((arrays["values"].astype(np.float32), indices, ends), shape=(rows, COLUMNS)).tocsr()

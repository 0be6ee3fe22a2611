"""Makes the base from the source file."""

from dataclasses import replace
from pathlib import Path

from nlp.base import write_base
from nlp.source_file import LABELS, read_source
from nlp.training import rows_of_examples

NOTICE = {
    "source": "Labelled free-text feedback of NHS patients, from pxtextmining (v6 framework)",
    "licence": "MIT",
    "copyright": "(c) 2021 NHS England",
    "what": "Hashed counts of features and labels derived from the source; no text of it is contained.",
}


def build_base(source: Path, folder: Path) -> int:
    """Write the base into a folder; how many comments it has."""
    read = read_source(source)
    rows = replace(rows_of_examples(read.examples, LABELS), group=read.group)
    write_base(folder, rows, NOTICE)
    return len(rows)

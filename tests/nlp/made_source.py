"""A made-up source file in the shape of the labelled comments: two services, every label."""

import csv
from collections.abc import Iterable
from pathlib import Path

from nlp.council import council_examples
from nlp.source_file import COLUMNS, LABELS

HEADER = ("id", *COLUMNS)
SERVICES = ("Big Town", "Small Town")
PER_SERVICE = 110


def made_rows() -> list[dict[str, str]]:
    """Our own council comments that have a label of the source; two of each respondent."""
    examples = [example for example in council_examples() if example.labels & set(LABELS)]
    picked = [examples[place * 7 % len(examples)] for place in range(PER_SERVICE * len(SERVICES))]
    return [
        {
            "id": str(number),
            "text": example.comment.text,
            "question_type": str(example.comment.question),
            "rating_1good_5bad": str(number % 5 + 1),
            "service": SERVICES[number // PER_SERVICE],
            "respondent": f"R{number // 2}",
            "sentiment3": str(example.sentiment),
            **{label: str(int(label in example.labels)) for label in LABELS},
        }
        for number, example in enumerate(picked)
    ]


def write_source(folder: Path, rows: Iterable[dict[str, str]]) -> Path:
    path = folder / "source.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path

"""The labelled file that the base and the evaluation are made from: a CSV of NHS comments that stays outside."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from nlp.comments import QUESTIONS, SENTIMENTS, Comment, Example, Question, Sentiment
from nlp.redaction.redact import redact

LABELS = (
    "staff_attitude",
    "listening_understanding",
    "staff_knowledge",
    "waiting_time",
    "contact_access",
    "information_quality",
    "communication_updates",
    "resolution_outcome",
    "resources_charges",
    "access_premises",
    "general_praise",
    "general_dissatisfaction",
)
COLUMNS = ("text", "question_type", "rating_1good_5bad", "service", "respondent", "sentiment3", *LABELS)
RATINGS = {"1", "2", "3", "4", "5"}
NOT_WORDS = re.compile(r"\W+")
REDACTED_NAME = re.compile(r"\[name redacted\]", re.IGNORECASE)


class NotReadable(ValueError):
    """A source file that lacks what is needed, in words."""


@dataclass(frozen=True)
class Source:
    """Examples with the service each was about ("" where unknown) and the group that may not be divided."""

    examples: tuple[Example, ...]
    service: tuple[str, ...]
    group: NDArray[np.int32]


def read_source(path: Path) -> Source:
    """Read the CSV. Its comments go through redaction here, as any comment does before it is classified."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(checked(csv.DictReader(lines), path))
    except OSError as fault:
        raise NotReadable(f"{path} cannot be read: give the path of the labelled comments") from fault
    services = tuple(" ".join(row["service"].split()) for row in rows)
    examples = tuple(example_of(row) for row in rows)
    texts = [NOT_WORDS.sub(" ", row["text"].lower()).strip() for row in rows]
    return Source(examples, services, groups_of([row["respondent"] for row in rows], texts))


def checked(reader: "csv.DictReader[str]", path: Path) -> Iterator[dict[str, str]]:
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise NotReadable(f"{path} has no column {', '.join(missing)}")
    for row in reader:
        if row["question_type"] not in QUESTIONS or row["sentiment3"] not in (*SENTIMENTS, ""):
            raise NotReadable(f"{path}, line {reader.line_num}: the question type or the sentiment is not a known one")
        yield row


def example_of(row: dict[str, str]) -> Example:
    """Codes 6 and 7 of the rating mean that there is none."""
    text = redact(REDACTED_NAME.sub("[NAME]", row["text"])).text
    rating = int(row["rating_1good_5bad"]) if row["rating_1good_5bad"] in RATINGS else None
    comment = Comment(text, Question(row["question_type"]), rating)
    sentiment = Sentiment(row["sentiment3"]) if row["sentiment3"] else None
    return Example(comment, frozenset(label for label in LABELS if row[label] == "1"), sentiment)


def groups_of(respondents: list[str], texts: list[str]) -> NDArray[np.int32]:
    """Rows that share a respondent or the same words, directly or through others, are one group."""
    _, one = np.unique(respondents, return_inverse=True)
    _, other = np.unique(texts, return_inverse=True)
    size = int(one.max()) + int(other.max()) + 2
    links = coo_matrix((np.ones(len(one)), (one, other + one.max() + 1)), shape=(size, size))
    _, component = connected_components(links, directed=False)
    return np.unique(component[one], return_inverse=True)[1].astype(np.int32)

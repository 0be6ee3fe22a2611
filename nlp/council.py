"""Our own council comments: made up, for topics that the base lacks. They train and are never evaluated on."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp.comments import Comment, Example, Question, Sentiment

FILE = Path(__file__).parent / "council_comments.jsonl"


@cache
def council_examples() -> tuple[Example, ...]:
    """The comments of the file; its first line says that they are synthetic."""
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    if json.loads(first).get("synthetic") is not True:
        raise ValueError(f"{FILE.name} must say in its first line that it is synthetic")
    return tuple(example_of(json.loads(line)) for line in lines)


@cache
def council_digest() -> str:
    return sha256(FILE.read_bytes()).hexdigest()


def example_of(written: dict[str, Any]) -> Example:
    comment = Comment(written["text"], Question(written["question"]))
    return Example(comment, frozenset(written["labels"]), Sentiment(written["sentiment"]))

"""JSON lines in and out of the command line: faults are told by line, and what came before them stays good."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from nlp.comments import QUESTIONS, SENTIMENTS, Comment, Example, Prediction, Question, Sentiment
from nlp.language import language_of
from nlp.model import Model
from nlp.redaction.redact import redact
from nlp.redaction.types import Finding, Redacted
from nlp.urgency.judge import urgency_of

AT_ONCE = 200
DIGITS = 4
T = TypeVar("T")
Line = dict[str, Any]


class LineFault(ValueError):
    """A line that cannot be read, with its number."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(f"line {number}: {words}")


def read_lines(lines: Iterable[str], reading: Callable[[Line], T]) -> Iterator[T]:
    """What each line holds. Empty lines are passed over; LineFault at the first that cannot be read."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield reading(parsed(line))
        except ValueError as fault:
            raise LineFault(number, str(fault)) from fault


def parsed(line: str) -> Line:
    try:
        written = json.loads(line)
    except json.JSONDecodeError as fault:
        raise ValueError("this is not JSON") from fault
    if not isinstance(written, dict):
        raise ValueError("this is not a JSON object")
    return written


def comment_of(written: Line) -> Comment:
    """As it was written, before redaction."""
    return Comment(text_of(written), question_of(written), rating_of(written))


def text_of(written: Line) -> str:
    text = written.get("text")
    if not isinstance(text, str):
        raise ValueError("text is missing or is not a string")
    return text


def question_of(written: Line) -> Question:
    asked = written.get("question") or Question.NONSPECIFIC
    if asked not in QUESTIONS:
        raise ValueError(f"question is one of {', '.join(QUESTIONS)}, not {asked!r}")
    return Question(asked)


def rating_of(written: Line) -> int | None:
    rating = written.get("rating")
    if rating is None:
        return None
    if isinstance(rating, bool) or not isinstance(rating, int | float) or rating not in range(1, 6):
        raise ValueError(f"rating is a whole number from 1 (very satisfied) to 5 or null, not {rating!r}")
    return int(rating)


def example_of(written: Line) -> Example:
    """A correction: a comment with its labels and, where known, its sentiment. It is redacted like any comment."""
    labels = written.get("labels")
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("labels is missing or is not a list of strings")
    sentiment = written.get("sentiment")
    if sentiment is not None and sentiment not in SENTIMENTS:
        raise ValueError(f"sentiment is one of {', '.join(SENTIMENTS)} or null, not {sentiment!r}")
    comment = comment_of(written)
    clean = after_redaction(comment, redact(comment.text))
    return Example(clean, frozenset(labels), None if sentiment is None else Sentiment(sentiment))


def predictions(model: Model, comments: Iterable[Comment]) -> Iterator[Line]:
    """What `predict` writes for each comment, in order, a few hundred at a time."""
    for some in batches(comments):
        redacted = [redact(comment.text) for comment in some]
        clean = [after_redaction(comment, one) for comment, one in zip(some, redacted, strict=True)]
        yield from map(written_prediction, model.classify(clean), redacted)


def after_redaction(comment: Comment, redacted: Redacted) -> Comment:
    return replace(comment, text=redacted.text, language=language_of(comment.text))


def batches(comments: Iterable[Comment]) -> Iterator[list[Comment]]:
    """AT_ONCE at a time. At a line that cannot be read, first those before it and then its fault."""
    batch: list[Comment] = []
    try:
        for comment in comments:
            batch.append(comment)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
    except LineFault:
        yield batch
        raise
    yield batch


def written_prediction(prediction: Prediction, redacted: Redacted) -> Line:
    return {
        "labels": list(prediction.labels),
        "probabilities": {label: round(value, DIGITS) for label, value in prediction.probabilities.items()},
        "sentiment": prediction.sentiment,
        "urgency": list(urgency_of(redacted.text)),
        "language": prediction.language,
        **written_redaction(redacted),
    }


def written_redaction(redacted: Redacted) -> Line:
    return {"redacted": str(redacted.text), "found": written_findings(redacted.found)}


def written_findings(found: Sequence[Finding]) -> list[Line]:
    return [{"kind": finding.kind, "start": finding.start, "end": finding.end} for finding in found]

"""Small models for tests: fitted in a second on our own comments, without the base that comes with the program."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from nlp.code_frame import CodeFrame
from nlp.comments import Comment, Example, Question, Sentiment
from nlp.council import council_examples
from nlp.model import Model, fit
from nlp.training import Rows, rows_of_examples


@cache
def no_base() -> Rows:
    """A base of no comments: the council comments alone are learned from."""
    return rows_of_examples([], ("waiting_time",))


def fitted_small(frame: CodeFrame | None = None, corrections: Sequence[Example] = ()) -> Model:
    """In the place of `nlp.late.fitted`: without the base, which takes nearly all of the time."""
    return fit(no_base(), corrections, frame)


@cache
def small_model() -> Model:
    return fitted_small()


def corrections(label: str, *texts: str) -> list[Example]:
    comments = [Comment(text, Question.COULD_IMPROVE) for text in texts]
    return [Example(comment, frozenset({label}), Sentiment.NEG) for comment in comments]


def same_predictions(one: Model, other: Model) -> bool:
    comments = [example.comment for example in council_examples()[:60]]
    pairs = zip(one.classify(comments), other.classify(comments), strict=True)
    return all(np.array_equal([*a.probabilities.values()], [*b.probabilities.values()]) and a == b for a, b in pairs)

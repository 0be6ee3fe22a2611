"""Why a label was given: the words of the comment that spoke for it."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.comments import SENTIMENTS, Comment
from nlp.features import Place, counts_of, places_of
from nlp.model import Model
from nlp.words import Word, placed_words_of

MOST = 6
LEAST_SHARE = 0.25  # of the strongest word


@dataclass(frozen=True)
class Why:
    """text[start:end] of the comment spoke for the label; weight is its part of the log-odds."""

    start: int
    end: int
    weight: float


def explain(model: Model, comment: Comment, label: str) -> tuple[Why, ...]:
    """The words that made the model choose a label or a sentiment, in the order of the text; neighbours are one.

    A feature's part in the log-odds is shared out over the places it stands at, and over the words of each. Words
    with less than a quarter of the strongest, and those that spoke against the label, are left out. A label given by
    rule has no words of its own: what the model saw in them is told.

    Raises:
        ValueError: the model does not know the label.
    """
    words = placed_words_of(comment.text)
    weight = weight_of_words(words, contributions(model, comment, label))
    strongest = sorted((word for word in words if weight[word.start] > 0), key=lambda word: -weight[word.start])[:MOST]
    least = weight[strongest[0].start] * LEAST_SHARE if strongest else 0.0
    return brought_together(words, {w.start: weight[w.start] for w in strongest if weight[w.start] >= least})


def contributions(model: Model, comment: Comment, label: str) -> list[tuple[Place, float]]:
    """Each occurrence of a feature with its part in the log-odds of the label."""
    row = model.features.transform(counts_of([comment]))
    columns = model.features.columns_[row.indices]
    part = dict(zip(columns.tolist(), (row.data * coefficients(model, label)[row.indices]).tolist(), strict=True))
    places = [place for place in places_of(comment.text, comment.question) if place.column in part]
    times: dict[int, int] = defaultdict(int)
    for place in places:
        times[place.column] += 1
    return [(place, part[place.column] / times[place.column]) for place in places]


def coefficients(model: Model, label: str) -> NDArray[np.float32]:
    if label in model.topics:
        return np.asarray(model.topic_model.coef_[:, model.topics.index(label)])
    if label in SENTIMENTS:
        return np.asarray(model.sentiment_model.coef_[: len(model.features.columns_), SENTIMENTS.index(label)])
    raise ValueError(f"the model does not know the label {label!r}")


def weight_of_words(words: list[Word], parts: list[tuple[Place, float]]) -> dict[int, float]:
    """By the start of each word. A pair's part goes to its two ends in halves, since words between may not count."""
    weight = {word.start: 0.0 for word in words}
    start_of_end = {word.end: word.start for word in words}
    for place, part in parts:
        weight[place.start] += part / 2
        weight[start_of_end[place.end]] += part / 2
    return weight


def brought_together(words: list[Word], weight: dict[int, float]) -> tuple[Why, ...]:
    found: list[Why] = []
    previous: Word | None = None
    for word in words:
        if word.start in weight and previous is not None and previous.start in weight:
            found[-1] = Why(found[-1].start, word.end, found[-1].weight + weight[word.start])
        elif word.start in weight:
            found.append(Why(word.start, word.end, weight[word.start]))
        previous = word
    return tuple(found)

"""What the sentiment model is shown beside the words."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlp.comments import QUESTIONS
from nlp.tfidf import Weights
from nlp.training import Rows

RATINGS = np.arange(6)  # 0 is none
WORSE = 3  # from this rating on a resident was not satisfied
LENGTHS = np.array([2.5, 6.5, 20.5])  # in words
NO_TOPIC = 0.3
LEAST = 1e-4
View = NDArray[np.float64]


def context_of(rows: Rows) -> Weights:
    """For the first step: n x 12, sparse. Tone up, down and none, question, rating."""
    up, down = ups_and_downs(rows)
    return csr_matrix(np.hstack([up, down, (up + down) == 0, asked(rows), rated(rows)]).astype(np.float64))


def view_of(first: View, topics: View, rows: Rows) -> View:
    """For the second step: the first step's probabilities, what topics there are, and how circumstances meet.

    first is n x 3; topics n x labels, probabilities. Question and rating meet, as do tone and rating, tone and a turn
    ("but", "only"): "late" is a complaint where the rating is bad and an aside where it is good.
    """
    logs = np.log(first.clip(LEAST, 1 - LEAST))
    leaning = logs * (first.argmax(axis=1) == 0)[:, None]
    best = topics.max(axis=1, keepdims=True, initial=0.0)
    about = np.hstack([best, topics.sum(axis=1, keepdims=True), best < NO_TOPIC])
    return np.hstack([logs, leaning, about, circumstances(rows)])


def circumstances(rows: Rows) -> View:
    up, down = ups_and_downs(rows)
    tone = np.hstack([up, down])
    turn = rows.tone[:, 1:2]
    worse, better = rows.rating[:, None] >= WORSE, (rows.rating[:, None] < WORSE) & (rows.rating[:, None] > 0)
    met = (asked(rows)[:, :, None] & rated(rows)[:, None, :]).reshape(len(rows), -1)
    length = np.searchsorted(LENGTHS, rows.tone[:, 2])[:, None] == np.arange(len(LENGTHS) + 1)
    return np.hstack([met, turn, turn * tone, length, worse * tone, better * tone]).astype(np.float64)


def ups_and_downs(rows: Rows) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    valence = rows.tone[:, :1]
    return np.maximum(valence, 0), np.maximum(-valence, 0)


def asked(rows: Rows) -> NDArray[np.bool_]:
    return np.asarray(rows.question[:, None] == np.arange(len(QUESTIONS)))


def rated(rows: Rows) -> NDArray[np.bool_]:
    return np.asarray(rows.rating[:, None] == RATINGS)

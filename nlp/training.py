"""Comments with their labels as arrays, which is all that fitting needs: no words are in them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack

from nlp.comments import QUESTIONS, SENTIMENTS, Comment, Example
from nlp.features import Counts, counts_of
from nlp.tone import tones_of

UNKNOWN = -1


@dataclass(frozen=True)
class Rows:
    """n comments.

    counts is n x COLUMNS. targets is n x len(labels), 0 or 1. sentiment is a place in SENTIMENTS or UNKNOWN, question
    a place in QUESTIONS, rating 1 to 5 or 0 for none, tone n x TONES. Comments of one group (the same respondent, the
    same words) never stand on both sides of a split.
    """

    labels: tuple[str, ...]
    counts: Counts
    targets: NDArray[np.int8]
    sentiment: NDArray[np.int8]
    question: NDArray[np.int8]
    rating: NDArray[np.int8]
    tone: NDArray[np.float32]
    group: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.group)

    def at(self, places: NDArray[np.intp]) -> "Rows":
        """These rows only. places may be a mask."""
        return Rows(
            self.labels,
            self.counts[places],
            self.targets[places],
            self.sentiment[places],
            self.question[places],
            self.rating[places],
            self.tone[places],
            self.group[places],
        )

    def under(self, labels: tuple[str, ...]) -> "Rows":
        """The same comments under other labels: those not known here are 0 everywhere, those not asked for left out."""
        targets = np.zeros((len(self), len(labels)), np.int8)
        for place, label in enumerate(labels):
            if label in self.labels:
                targets[:, place] = self.targets[:, self.labels.index(label)]
        rest = (self.sentiment, self.question, self.rating, self.tone, self.group)
        return Rows(labels, self.counts, targets, *rest)


def rows_of(comments: Sequence[Comment]) -> Rows:
    """Comments nobody has labelled, to be classified."""
    return rows_of_examples([Example(comment, frozenset()) for comment in comments], ())


def rows_of_examples(examples: Sequence[Example], labels: tuple[str, ...]) -> Rows:
    """Each in a group of its own, save the same words in one. Labels not among `labels` are left out."""
    comments = [example.comment for example in examples]
    texts = [comment.text for comment in comments]
    targets = [[label in example.labels for label in labels] for example in examples]
    known = [UNKNOWN if example.sentiment is None else SENTIMENTS.index(example.sentiment) for example in examples]
    return Rows(
        labels,
        counts_of(comments),
        np.array(targets, np.int8).reshape(len(examples), len(labels)),
        np.array(known, np.int8),
        np.array([QUESTIONS.index(comment.question) for comment in comments], np.int8),
        np.array([comment.rating or 0 for comment in comments], np.int8),
        tones_of(texts),
        np.unique(texts, return_inverse=True)[1].astype(np.int32) if texts else np.zeros(0, np.int32),
    )


def joined(first: Rows, second: Rows) -> Rows:
    """Both, under the labels of the first, with no group in common."""
    second = second.under(first.labels)
    shift = int(first.group.max(initial=-1)) + 1
    return Rows(
        first.labels,
        vstack([first.counts, second.counts], format="csr"),
        np.vstack([first.targets, second.targets]),
        np.concatenate([first.sentiment, second.sentiment]),
        np.concatenate([first.question, second.question]),
        np.concatenate([first.rating, second.rating]),
        np.vstack([first.tone, second.tone]),
        np.concatenate([first.group, second.group + shift]),
    )

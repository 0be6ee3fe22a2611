"""Yardsticks: the peer's method, VADER alone, the resident's rating alone.

The peer is NHS England's pxtextmining, whose support vector method is re-implemented from its description: words
weighted by TF-IDF together with the question asked, a balanced linear support vector machine a label, and the label
nearest to being given where none is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlp.comments import QUESTIONS, SENTIMENTS, Comment, Example, Sentiment
from nlp.tone import analyser

VADER_BOUND = 0.05
MIDDLE_RATING = 3
SEED = 7


class SupportVectors:
    """The peer's features, fitted on the known examples; then topics and sentiment."""

    def __init__(self, known: Sequence[Example]) -> None:
        self.words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
        texts = self.words.fit_transform([example.comment.text for example in known])
        self.known = hstack([texts, asked([example.comment for example in known])], format="csr")

    def seen(self, comments: Sequence[Comment]) -> csr_matrix:
        texts = self.words.transform([comment.text for comment in comments])
        return hstack([texts, asked(comments)], format="csr")

    def topics(self, targets: NDArray[np.int8], comments: Sequence[Comment]) -> NDArray[np.int8]:
        """n x labels of 0 and 1; targets are those of the known examples."""
        seen = self.seen(comments)
        margins = np.full((len(comments), targets.shape[1]), -np.inf)
        for place in np.flatnonzero(targets.any(axis=0)):
            machine = LinearSVC(class_weight="balanced", random_state=SEED)
            margins[:, place] = machine.fit(self.known, targets[:, place]).decision_function(seen)
        given = (margins > 0).astype(np.int8)
        none = np.flatnonzero(given.sum(axis=1) == 0)
        given[none, margins[none].argmax(axis=1)] = 1
        return given

    def sentiment(self, classes: NDArray[np.int8], comments: Sequence[Comment]) -> NDArray[np.int8]:
        """Places in SENTIMENTS; classes are those of the known examples, below 0 where unknown."""
        machine = LinearSVC(class_weight="balanced", random_state=SEED)
        known = classes >= 0
        return np.asarray(machine.fit(self.known[known], classes[known]).predict(self.seen(comments)), np.int8)


def asked(comments: Sequence[Comment]) -> csr_matrix:
    return csr_matrix([[float(comment.question == question) for question in QUESTIONS] for comment in comments])


def by_vader(comments: Sequence[Comment]) -> NDArray[np.int8]:
    """Places in SENTIMENTS by VADER's compound score, at the bounds its authors give."""
    tones = np.array([analyser().polarity_scores(comment.text)["compound"] for comment in comments])
    classes = np.full(len(comments), SENTIMENTS.index(Sentiment.NEUTRAL_MIXED), np.int8)
    classes[tones >= VADER_BOUND] = SENTIMENTS.index(Sentiment.POS)
    classes[tones <= -VADER_BOUND] = SENTIMENTS.index(Sentiment.NEG)
    return classes


def by_rating(comments: Sequence[Comment]) -> NDArray[np.int8]:
    """Places in SENTIMENTS by the rating alone; mixed where there is none."""
    return np.array([SENTIMENTS.index(sentiment_of_rating(comment.rating)) for comment in comments], np.int8)


def sentiment_of_rating(rating: int | None) -> Sentiment:
    if rating is None or rating == MIDDLE_RATING:
        return Sentiment.NEUTRAL_MIXED
    return Sentiment.POS if rating < MIDDLE_RATING else Sentiment.NEG

"""Sentiment: negative, mixed or neutral, positive; from the words, their tone, the question and the rating."""

from itertools import product
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit, softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from nlp.comments import SENTIMENTS
from nlp.logistic import TellingLogistic
from nlp.sentiment_views import View, context_of, view_of
from nlp.tfidf import Weights
from nlp.training import UNKNOWN, Rows

CLASSES = len(SENTIMENTS)
# Tried on probabilities that were made without the comment: what the rarer sentiments are multiplied by.
LIFTS = [(neg, mixed, 1.0) for neg, mixed in product((1.0, 1.25, 1.5), (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0))]


class SentimentModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn comes without types
    """Two steps. First a logistic regression for each of SENTIMENTS against the rest, on words and context.

    Then a small multinomial one on the first step's probabilities (made without the comment) and on how rating,
    question, tone and topics meet, which the first cannot see. Mixed comments are few, so the class is chosen after
    lifting the rarer ones by what did best on macro F1 and accuracy together.

    Parameters:
        c, mix: of `TellingLogistic`. second_c: of the second step. folds: for probabilities made without the comment.
        seed: of all chance.

    Fitted:
        coef_: (columns + 12) x 3, float32, and intercept_: 3, of the first step. second_coef_: columns of the view x 3,
        second_intercept_: 3. lift_: 3. classes_: places in SENTIMENTS.
    """

    def __init__(self, c: float = 1.5, mix: float = 0.7, second_c: float = 0.3, folds: int = 4, seed: int = 20) -> None:
        self.c = c
        self.mix = mix
        self.second_c = second_c
        self.folds = folds
        self.seed = seed

    def fit(self, weights: Weights, rows: Rows, topics: View) -> Self:
        """weights: n x columns, of the same n rows; topics: n x labels, probabilities made without the comment.

        Rows of unknown sentiment are passed over. ValueError unless each sentiment occurs.
        """
        known = np.flatnonzero(rows.sentiment != UNKNOWN)
        rows = rows.at(known)
        whole = hstack([weights[known], context_of(rows)], format="csr")
        splits = list(GroupKFold(self.folds, shuffle=True, random_state=self.seed).split(known, groups=rows.group))
        first = self.without_own(whole, rows.sentiment, splits)
        view = view_of(first, topics[known], rows)
        self.classes_ = np.arange(CLASSES)
        coef, self.intercept_ = self.learned(whole, rows.sentiment)
        self.coef_: NDArray[np.float32] = coef.astype(np.float32)
        second = self.second(view, rows.sentiment)
        self.second_coef_, self.second_intercept_ = second.coef_.T.copy(), second.intercept_
        self.lift_ = best_lift(self.second_without_own(view, rows.sentiment, splits), rows.sentiment)
        return self

    def learned(self, whole: Weights, sentiment: NDArray[np.int8]) -> tuple[View, View]:
        """The first step's coefficients and intercepts."""
        ones = [TellingLogistic(self.c, self.mix, self.seed).fit(whole, sentiment == place) for place in range(CLASSES)]
        return np.column_stack([one.coef_ for one in ones]), np.array([one.intercept_ for one in ones])

    def without_own(self, whole: Weights, sentiment: NDArray[np.int8], splits: list[Any]) -> View:
        found = np.zeros((len(sentiment), CLASSES))
        for known, unseen in splits:
            coef, intercept = self.learned(whole[known], sentiment[known])
            found[unseen] = shares(whole[unseen] @ coef + intercept)
        return found

    def second(self, view: View, sentiment: NDArray[np.int8]) -> LogisticRegression:
        return LogisticRegression(C=self.second_c, max_iter=2000).fit(view, sentiment)

    def second_without_own(self, view: View, sentiment: NDArray[np.int8], splits: list[Any]) -> View:
        found = np.zeros((len(sentiment), CLASSES))
        for known, unseen in splits:
            found[unseen] = self.second(view[known], sentiment[known]).predict_proba(view[unseen])
        return found

    def predict_proba(self, weights: Weights, rows: Rows, topics: View) -> View:
        """n x 3, in the order of SENTIMENTS; topics are the probabilities of the topic model."""
        check_is_fitted(self)
        columns = weights.shape[1]
        first = weights @ self.coef_[:columns] + context_of(rows) @ self.coef_[columns:] + self.intercept_
        # Sparse, since a dense product rounds by how many comments stand together.
        view = csr_matrix(view_of(shares(first), topics, rows))
        return np.asarray(softmax(view @ self.second_coef_ + self.second_intercept_, axis=1))

    def chosen(self, probabilities: View) -> NDArray[np.intp]:
        """Places in SENTIMENTS."""
        return np.asarray((probabilities * self.lift_).argmax(axis=1))

    def predict(self, weights: Weights, rows: Rows, topics: View) -> NDArray[np.intp]:
        return self.chosen(self.predict_proba(weights, rows, topics))


def shares(scores: View) -> View:
    """Log-odds of each against the rest, brought to a sum of one."""
    each = expit(scores)
    return np.asarray(each / each.sum(axis=1, keepdims=True))


def best_lift(probabilities: View, sentiment: NDArray[np.int8]) -> View:
    worth = [worth_of((probabilities * np.array(lift)).argmax(axis=1), sentiment) for lift in LIFTS]
    return np.array(LIFTS[int(np.argmax(np.round(worth, 9)))])


def worth_of(said: NDArray[np.intp], truth: NDArray[np.int8]) -> float:
    """Macro F1 and accuracy, added."""
    table = np.bincount(truth * CLASSES + said, minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    f1 = 2 * np.diag(table) / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)
    return float(f1.mean() + np.trace(table) / max(len(truth), 1))

"""Logistic regression for yes or no, with the features scaled by how much they tell (as in NB-SVM)."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import diags_array
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from nlp.tfidf import Weights


class TellingLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn comes without types
    """Unbalanced logistic regression over features scaled by their log-count ratio.

    The scaling is that of Wang and Manning (2012), "Baselines and Bigrams", by its size and mixed with no scaling at
    all. Dual liblinear: many times faster here than primal solvers, and calibrated as it stands.

    Parameters:
        c: inverse strength of regularisation. mix: 0 no scaling, 1 nothing but scaling. seed: of liblinear.

    Fitted:
        coef_: one a column, the scaling multiplied in, so that it applies to the weights as they come. intercept_.
    """

    def __init__(self, c: float = 1.5, mix: float = 0.7, seed: int = 20) -> None:
        self.c = c
        self.mix = mix
        self.seed = seed

    def fit(self, weights: Weights, y: ArrayLike) -> Self:
        """weights: n x columns; y: n of 0 and 1. ValueError unless both occur."""
        there = np.asarray(y, dtype=np.int8)
        scale = self.scale_of(weights, there)
        model = LogisticRegression(C=self.c, solver="liblinear", dual=True, random_state=self.seed, max_iter=300)
        model.fit(weights @ diags_array(scale), there)
        self.classes_ = np.array([0, 1])
        self.coef_: NDArray[np.float64] = model.coef_[0] * scale
        self.intercept_ = float(model.intercept_[0])
        return self

    def scale_of(self, weights: Weights, there: NDArray[np.int8]) -> NDArray[np.float64]:
        present = (weights > 0).astype(np.float64)
        with_it = present.T @ there + 1
        without = present.T @ (1 - there) + 1
        ratio = np.abs(np.log(with_it / (there.sum() + 2)) - np.log(without / ((1 - there).sum() + 2)))
        return np.asarray((1 - self.mix) + self.mix * ratio / ratio.mean())

    def decision_function(self, weights: Weights) -> NDArray[np.float64]:
        check_is_fitted(self)
        return np.asarray(weights @ self.coef_) + self.intercept_

    def predict_proba(self, weights: Weights) -> NDArray[np.float64]:
        """n x 2: the probabilities of no and of yes."""
        yes = expit(self.decision_function(weights))
        return np.column_stack([1 - yes, yes])

    def predict(self, weights: Weights) -> NDArray[np.int64]:
        return (self.decision_function(weights) > 0).astype(np.int64)

"""Topics: one yes or no for each label of the code frame, with a threshold for each."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from nlp.logistic import TellingLogistic
from nlp.tfidf import Weights
from nlp.thresholds import decided, threshold_of

FEWEST = 3
NEVER = -50.0  # the log-odds of a label with too few examples to learn from


class TopicModel(BaseEstimator):  # type: ignore[misc]  # scikit-learn comes without types
    """A logistic regression a label. The rating is no feature here: a bad mark does not say what was bad.

    Parameters:
        c, mix: of `TellingLogistic`. folds: for the probabilities that thresholds are read from. seed: of all chance.

    Fitted:
        coef_: columns x labels, float32. intercept_, thresholds_: one a label. out_of_fold_: n x labels, the
        probabilities the thresholds were read from. A label with fewer than FEWEST examples is never given.
    """

    def __init__(self, c: float = 1.5, mix: float = 0.7, folds: int = 4, seed: int = 20) -> None:
        self.c = c
        self.mix = mix
        self.folds = folds
        self.seed = seed

    def fit(self, weights: Weights, targets: NDArray[np.int8], groups: NDArray[np.int32]) -> Self:
        """weights: n x columns; targets: n x labels of 0 and 1; groups: n, never divided between folds."""
        self.out_of_fold_ = self.out_of_fold(weights, targets, groups)
        coef, self.intercept_ = self.learned(weights, targets)
        self.coef_: NDArray[np.float32] = coef.astype(np.float32)
        pairs = zip(targets.T, self.out_of_fold_.T, strict=True)
        self.thresholds_ = np.array([threshold_of(truth, probability) for truth, probability in pairs])
        return self

    def out_of_fold(
        self, weights: Weights, targets: NDArray[np.int8], groups: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        probabilities = np.zeros(targets.shape)
        splits = GroupKFold(self.folds, shuffle=True, random_state=self.seed)
        for known, unseen in splits.split(targets, groups=groups):
            coef, intercept = self.learned(weights[known], targets[known])
            probabilities[unseen] = expit(weights[unseen] @ coef + intercept)
        return probabilities

    def learned(self, weights: Weights, targets: NDArray[np.int8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Coefficients (columns x labels) and intercepts."""
        coef = np.zeros((weights.shape[1], targets.shape[1]))
        intercept = np.full(targets.shape[1], NEVER)
        for place, target in enumerate(targets.T):
            if FEWEST <= target.sum() < len(target):
                one = TellingLogistic(self.c, self.mix, self.seed).fit(weights, target)
                coef[:, place], intercept[place] = one.coef_, one.intercept_
        return coef, intercept

    def predict_proba(self, weights: Weights) -> NDArray[np.float64]:
        """n x labels."""
        check_is_fitted(self)
        return np.asarray(expit(weights @ self.coef_ + self.intercept_))

    def predict(self, weights: Weights) -> NDArray[np.bool_]:
        """n x labels: which are given."""
        return decided(self.predict_proba(weights), self.thresholds_)

"""The estimators, each on a few made-up numbers."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from nlp.logistic import TellingLogistic
from nlp.sentiment import SentimentModel, best_lift, shares
from nlp.tfidf import BlockTfidf
from nlp.thresholds import FLOOR, LEAST, MOST, decided, threshold_of
from nlp.topics import FEWEST, TopicModel

TELLING, NOISE = 0, 1


def weights_and_truth() -> tuple[csr_matrix, np.ndarray]:
    """Column 0 says yes, columns 1 to 3 say nothing."""
    chance = np.random.default_rng(3)
    truth = np.arange(60) % 2
    noise = (chance.random((60, 3)) < 0.5).astype(float)
    return csr_matrix(np.column_stack([truth.astype(float), noise])), truth.astype(np.int8)


@pytest.mark.parametrize(
    "estimator", [BlockTfidf(3), TellingLogistic(2.0), TopicModel(folds=3), SentimentModel(folds=3)]
)
def test_an_estimator_keeps_its_parameters_and_nothing_else_until_it_is_fitted(estimator: BlockTfidf) -> None:
    assert vars(clone(estimator)) == vars(estimator) == estimator.get_params()


def test_what_is_not_fitted_does_not_predict() -> None:
    with pytest.raises(NotFittedError):
        TellingLogistic().predict(csr_matrix((1, 1)))
    with pytest.raises(NotFittedError):
        BlockTfidf().transform(csr_matrix((1, 1)))


def test_a_telling_column_weighs_more_than_noise_and_more_so_when_scaled() -> None:
    weights, truth = weights_and_truth()
    scaled, plain = TellingLogistic(mix=1.0).fit(weights, truth), TellingLogistic(mix=0.0).fit(weights, truth)
    assert scaled.predict(weights).tolist() == truth.tolist()
    share = [abs(model.coef_[NOISE]) / model.coef_[TELLING] for model in (scaled, plain)]
    assert share[0] < share[1] < 1


def test_probabilities_of_no_and_yes_add_up() -> None:
    weights, truth = weights_and_truth()
    assert TellingLogistic().fit(weights, truth).predict_proba(weights).sum(axis=1) == pytest.approx(1)


def test_a_threshold_is_where_f1_is_best_and_stays_within_bounds() -> None:
    truth = np.array([0] * 50 + [1] * 50, np.int8)
    clear = np.concatenate([np.full(50, 0.2), np.full(50, 0.5)])
    assert 0.2 < threshold_of(truth, clear) <= 0.5
    assert threshold_of(truth, np.where(truth, 0.69, 0.62)) == MOST
    assert threshold_of(truth, np.where(truth, 0.04, 0.01)) == LEAST


def test_the_likeliest_label_is_given_where_none_passes_but_only_from_the_floor_on() -> None:
    thresholds = np.array([0.5, 0.5])
    probabilities = np.array([[0.6, 0.7], [0.6, 0.1], [FLOOR, 0.1], [FLOOR - 0.01, 0.1]])
    assert decided(probabilities, thresholds).tolist() == [[True, True], [True, False], [True, False], [False, False]]


def test_thresholds_come_from_probabilities_of_unseen_groups() -> None:
    weights = csr_matrix(np.repeat(np.eye(12), 2, axis=0))
    target = np.repeat(np.arange(12) % 2, 2).astype(np.int8)[:, None]
    groups = np.repeat(np.arange(12), 2).astype(np.int32)
    model = TopicModel().fit(weights, target, groups)
    # Every group has a column of its own: who has not seen the group can know nothing of it.
    assert np.ptp(model.out_of_fold_) < 0.2
    assert np.ptp(model.predict_proba(weights)) > 0.2


def test_a_label_with_too_few_examples_is_never_given() -> None:
    weights, truth = weights_and_truth()
    few = np.zeros(60, np.int8)
    few[: FEWEST - 1] = 1
    model = TopicModel().fit(weights, np.column_stack([truth, few]), np.arange(60, dtype=np.int32))
    assert model.predict(weights)[:, 0].tolist() == (truth == 1).tolist()
    assert not model.predict(weights)[:, 1].any()


def test_scores_against_the_rest_become_shares_of_one() -> None:
    assert shares(np.array([[2.0, -1.0, 0.0], [-9.0, -9.0, -9.0]])).sum(axis=1) == pytest.approx(1)


def test_a_rare_sentiment_is_lifted_where_that_helps() -> None:
    truth = np.array([0] * 10 + [1] * 10 + [2] * 10, np.int8)
    timid = np.array([[0.8, 0.1, 0.1]] * 10 + [[0.1, 0.4, 0.5]] * 10 + [[0.1, 0.1, 0.8]] * 10)
    assert best_lift(timid, truth)[1] > 1
    sure = np.eye(3)[truth]
    assert best_lift(sure, truth).tolist() == [1, 1, 1]

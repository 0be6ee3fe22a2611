import numpy as np
import pytest
from sklearn.metrics import f1_score

from nlp.comments import SENTIMENTS, Comment
from nlp.evaluation.peers import by_rating, by_vader
from nlp.evaluation.scores import calibration_error, drawn_again, mean_f1, one_hot, pooled_f1, scored, scored_labels

CHANCE = np.random.default_rng(5)
TRUTH = (CHANCE.random((80, 3)) < 0.4).astype(np.int8)
GIVEN = np.where(CHANCE.random((80, 3)) < 0.2, 1 - TRUTH, TRUTH).astype(np.int8)
GROUP = np.repeat(np.arange(20, dtype=np.int32), 4)


def test_f1_is_that_of_scikit_learn() -> None:
    assert mean_f1(TRUTH, GIVEN) == pytest.approx(f1_score(TRUTH, GIVEN, average="macro"))
    assert pooled_f1(TRUTH, GIVEN) == pytest.approx(f1_score(TRUTH, GIVEN, average="micro"))
    assert [one.value for one in scored_labels(TRUTH, GIVEN, GROUP)] == pytest.approx(
        f1_score(TRUTH, GIVEN, average=None)
    )


def test_an_interval_is_the_same_every_time_and_holds_its_figure() -> None:
    score = scored(pooled_f1, TRUTH, GIVEN, GROUP)
    assert score == scored(pooled_f1, TRUTH, GIVEN, GROUP)
    assert score.low < score.value < score.high


def test_respondents_are_drawn_whole() -> None:
    for drawn in drawn_again(GROUP)[:10]:
        assert set(np.bincount(GROUP[drawn]).tolist()) <= set(range(0, 81, 4))
        assert len(drawn) == len(GROUP)


def test_calibration_error_is_the_gap_between_what_was_said_and_what_came() -> None:
    truth = np.array([[1]] * 7 + [[0]] * 3, np.int8)
    assert calibration_error(truth, np.full((10, 1), 0.7)) == pytest.approx(0)
    assert calibration_error(truth, np.full((10, 1), 0.95)) == pytest.approx(0.25)


def test_classes_become_columns() -> None:
    assert one_hot(np.array([2, 0], np.int8), 3).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_the_yardsticks_of_sentiment_read_tone_and_rating() -> None:
    comments = [Comment("awful", rating=5), Comment("bin day", rating=3), Comment("lovely", rating=1), Comment("Bins")]
    assert [SENTIMENTS[place] for place in by_vader(comments)] == ["neg", "neutral_mixed", "pos", "neutral_mixed"]
    assert [SENTIMENTS[place] for place in by_rating(comments)] == ["neg", "neutral_mixed", "pos", "neutral_mixed"]

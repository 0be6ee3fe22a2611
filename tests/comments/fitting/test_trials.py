"""Figures of a model and the rule by which a challenger takes over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.comments import Comment, Example, Prediction, Sentiment
from surveys.comments.fitting.trials import (
    FEWEST_COMMENTS,
    FEWEST_POSITIVES,
    Counts,
    Figures,
    Outcome,
    Verdict,
    judged,
    measured,
    read_figures,
    share,
)


def example(labels: str, sentiment: Sentiment = Sentiment.NEG) -> Example:
    return Example(Comment("words"), frozenset(labels), sentiment)


def prediction(labels: str, sentiment: Sentiment = Sentiment.NEG, **probabilities: float) -> Prediction:
    return Prediction(tuple(labels), probabilities, sentiment)


def figures(comments: int = 200, sentiments: Counts | None = None, **topics: Counts) -> Figures:
    return Figures(comments, topics, {"neg": sentiments or Counts(50, 0, 0)}, [])


def test_precision_and_recall_are_counted_by_label() -> None:
    sample = [example("ab"), example("a"), example(""), example("b")]
    given_by = [prediction("a"), prediction("ab"), prediction("a"), prediction("b", Sentiment.POS)]
    found = measured("ab", sample, given_by)
    assert found.topics == {"a": Counts(2, 1, 0), "b": Counts(1, 1, 1)}
    assert found.macro == pytest.approx((0.8 + 0.5) / 2)
    assert found.micro == pytest.approx(6 / 9)
    assert found.sentiment_accuracy is not None
    assert found.sentiment_accuracy.value == 0.75
    assert (found.topics["a"].precision, found.topics["a"].recall) == (share(2, 3), share(2, 2))


def test_calibration_is_the_gap_between_what_was_said_and_what_was_true() -> None:
    sample = [example("a"), example("a"), example(""), example("")]
    sure = measured("a", sample, [prediction("a", a=1.0), prediction("a", a=1.0), *[prediction("", a=0.0)] * 2])
    wrong = measured("a", sample, [prediction("a", a=0.75)] * 4)
    assert (sure.calibration_error, wrong.calibration_error) == (0, pytest.approx(0.25))
    assert [one.count for one in wrong.bins] == [0, 0, 0, 0, 0, 0, 0, 4, 0, 0]


def test_figures_come_back_from_json_as_they_were() -> None:
    found = measured("a", [example("a")], [prediction("a", a=0.9)])
    assert read_figures(json.loads(json.dumps(found.written()))) == found


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(part: int, more: int) -> None:
    found = share(part, part + more)
    if found is not None:
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found.low < found.high


def test_wilson_s_interval_has_the_published_figures() -> None:
    found = share(81, 263)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_a_challenger_passes_where_it_loses_no_more_than_allowed() -> None:
    champion = figures(a=Counts(19, 0, 1), b=Counts(90, 10, 10))
    assert judged(champion, figures(a=Counts(18, 0, 2), b=Counts(92, 8, 8))) == Verdict(Outcome.PASSED)


def test_a_challenger_that_loses_more_than_a_point_of_macro_f1_fails() -> None:
    champion, worse = figures(a=Counts(90, 10, 10)), figures(a=Counts(88, 12, 12))
    assert judged(champion, worse) == Verdict(Outcome.FAILED, ("macro F1",))


def test_a_challenger_that_loses_more_than_five_points_of_one_label_s_recall_fails() -> None:
    champion = figures(a=Counts(20, 2, 0), b=Counts(50, 30, 50))
    worse = figures(a=Counts(18, 0, 2), b=Counts(60, 20, 40))
    assert judged(champion, worse) == Verdict(Outcome.FAILED, ("a",))
    sentiment = judged(figures(a=Counts(20)), figures(a=Counts(20), sentiments=Counts(40, 0, 10)))
    assert sentiment == Verdict(Outcome.FAILED, ("neg",))


def test_a_label_too_rare_to_judge_does_not_fail_a_challenger_by_its_recall() -> None:
    few = FEWEST_POSITIVES - 1
    champion = figures(a=Counts(few), b=Counts(50, 50, 50))
    assert judged(champion, figures(a=Counts(few - 2, 0, 2), b=Counts(60, 40, 40))).outcome is Outcome.PASSED


def test_on_few_comments_no_model_takes_over_by_itself() -> None:
    better, worse = figures(FEWEST_COMMENTS - 1, a=Counts(30)), figures(FEWEST_COMMENTS - 1, a=Counts(1, 9, 29))
    assert judged(worse, better).outcome is judged(better, worse).outcome is Outcome.TOO_FEW


def test_a_label_that_only_one_of_them_gives_is_not_compared() -> None:
    champion = figures(a=Counts(50), old=Counts(30))
    assert judged(champion, figures(a=Counts(50), new=Counts(0, 0, 30))) == Verdict(Outcome.PASSED)

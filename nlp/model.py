"""The classifier as a whole: fitted from the base, our council comments and a council's corrections."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.base import base_digest, positives
from nlp.code_frame import NO_CONTENT, CodeFrame, code_frame
from nlp.comments import SENTIMENTS, Comment, Example, Prediction, Sentiment
from nlp.concepts import concepts_digest
from nlp.council import council_digest, council_examples
from nlp.features import VERSION
from nlp.language import ENGLISH, language_of
from nlp.no_content import label_by_rule
from nlp.sentiment import SentimentModel
from nlp.tfidf import BlockTfidf
from nlp.thresholds import decided
from nlp.topics import TopicModel
from nlp.training import Rows, joined, rows_of, rows_of_examples

SEED = 20
FORMAT = 1  # one more whenever fitting changes: models made before are then refused


@dataclass(frozen=True)
class Model:
    """A fitted classifier. manifest says what it was made from; topics are the labels it knows, in order."""

    topics: tuple[str, ...]
    features: BlockTfidf
    topic_model: TopicModel
    sentiment_model: SentimentModel
    manifest: Mapping[str, Any]

    def classify(self, comments: Sequence[Comment]) -> list[Prediction]:
        """One prediction for each comment, in order; the same comment gets the same whatever stands beside it."""
        if not comments:
            return []
        rows = rows_of(comments)
        weights = self.features.transform(rows.counts)
        topics = self.topic_model.predict_proba(weights)
        given = decided(topics, self.topic_model.thresholds_)
        sentiments = self.sentiment_model.predict_proba(weights, rows, topics)
        chosen = self.sentiment_model.chosen(sentiments)
        columns = zip(comments, topics, given, sentiments, chosen, strict=True)
        return [self.told(*of_one) for of_one in columns]

    def told(
        self,
        comment: Comment,
        topics: NDArray[np.float64],
        given: NDArray[np.bool_],
        sentiments: NDArray[np.float64],
        chosen: np.intp,
    ) -> Prediction:
        language = comment.language or language_of(comment.text)
        if language != ENGLISH:
            return Prediction((), language=language)
        labels = tuple(name for name, is_given in zip(self.topics, given, strict=True) if is_given)
        probabilities = {**dict(zip(self.topics, topics.tolist(), strict=True)), NO_CONTENT: 0.0}
        sentiment = SENTIMENTS[chosen]
        by_rule = label_by_rule(comment.text, comment.question)
        if by_rule == NO_CONTENT or by_rule in self.topics:
            labels, probabilities[by_rule] = (by_rule,), 1.0
            sentiment = Sentiment.NEUTRAL_MIXED if by_rule == NO_CONTENT else sentiment
        return Prediction(labels, probabilities, sentiment, dict(zip(SENTIMENTS, sentiments.tolist(), strict=True)))

    def doubts(self, predictions: Sequence[Prediction]) -> list[float]:
        """0 (sure) to 1: how near to its threshold the nearest topic is. One number a comment.

        With threshold t a probability p is in doubt by p / t below it and by (1 - p) / (1 - t) above: 1 at the
        threshold, 0 at either end, the same measure for labels whose thresholds differ.
        """
        if not self.topics:
            return [0.0] * len(predictions)
        p = np.array([[told.probabilities.get(name, 0.0) for name in self.topics] for told in predictions])
        t: NDArray[np.float64] = np.asarray(self.topic_model.thresholds_, dtype=np.float64)
        doubt = np.where(p < t, p / t, (1 - p) / (1 - t))
        return [float(one) for one in doubt.max(axis=1).clip(0, 1)]


def fit(base: Rows, corrections: Sequence[Example] = (), frame: CodeFrame | None = None, seed: int = SEED) -> Model:
    """Fit on the base, our council comments and a council's corrections, each comment at weight one.

    Args:
        base: `nlp.base.base()`, or other rows without words.
        corrections: comments as people labelled them. Labels may be new ones of `frame`; three examples are the fewest
            a label is learned from.
        frame: the council's code frame; the program's own where None. Labels that it lacks are not learned.
        seed: of all chance. The same arguments give the same model to the last bit.

    Raises:
        ValueError: a correction has a label that is not in the code frame.
    """
    frame = frame or code_frame()
    if unknown := {label for example in corrections for label in example.labels} - set(frame.names):
        raise ValueError(f"the code frame has no label {', '.join(sorted(unknown))}: add it there first")
    rows = joined(base.under(frame.topics), rows_of_examples(council_examples(), frame.topics))
    if corrections:
        rows = joined(rows, rows_of_examples(corrections, frame.topics))
    features = BlockTfidf().fit(rows.counts)
    weights = features.transform(rows.counts)
    topic_model = TopicModel(seed=seed).fit(weights, rows.targets, rows.group)
    sentiment_model = SentimentModel(seed=seed).fit(weights, rows, topic_model.out_of_fold_)
    made_from = {"base": len(base), "council": len(council_examples()), "corrections": len(corrections)}
    manifest = {**described(frame, rows, seed), "comments": made_from}
    manifest["thresholds"] = dict(zip(frame.topics, topic_model.thresholds_.round(2).tolist(), strict=True))
    return Model(frame.topics, features, topic_model, sentiment_model, manifest)


def fitting() -> dict[str, Any]:
    """What a model must have been made with to go with this program."""
    made_with = {"base": base_digest(), "council": council_digest(), "concepts": concepts_digest()}
    return {"format": FORMAT, "features": VERSION, "knowledge": made_with}


def described(frame: CodeFrame, rows: Rows, seed: int) -> dict[str, Any]:
    libraries = {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "vaderSentiment")}
    return {
        **fitting(),
        "code_frame": frame.version,
        "labels": list(frame.topics),
        "positives": positives(rows),
        "seed": seed,
        "versions": {"python": platform.python_version(), **libraries},
    }

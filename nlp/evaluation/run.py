"""Runs all methods over the splits of one source. The whole classifier is measured, its rules included."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlp.base import shared_by_groups
from nlp.comments import SENTIMENTS, Prediction
from nlp.evaluation.peers import SupportVectors, by_rating, by_vader
from nlp.evaluation.splits import Split
from nlp.model import fit
from nlp.source_file import LABELS, Source
from nlp.training import Rows, rows_of_examples

OURS, PEER, VADER, RATING = "fairly", "peer", "vader", "rating"
Said = NDArray[np.int8]


@dataclass(frozen=True)
class Answers:
    """What each method said of the unseen comments, in the order of `places`.

    topics: by method, n x LABELS. sentiment: by method, n places in SENTIMENTS. probability: ours, n x LABELS.
    """

    places: NDArray[np.intp]
    topics: dict[str, Said]
    sentiment: dict[str, Said]
    probability: NDArray[np.float64]


def rows_of_source(source: Source) -> Rows:
    return replace(rows_of_examples(source.examples, LABELS), group=source.group)


def answers(source: Source, rows: Rows, splits: Iterable[Split], tell: Callable[[str], None]) -> dict[str, Answers]:
    """By split's name. For each, everything is fitted anew on its known side, thresholds included."""
    found = {}
    for split in splits:
        found[split.name] = answers_of(source, rows, split)
        tell(f"  {split.name}: {len(split.known)} known, {len(split.unseen)} unseen")
    return found


def answers_of(source: Source, rows: Rows, split: Split) -> Answers:
    known = rows.at(split.known)
    comments = [source.examples[place].comment for place in split.unseen]
    model = fit(replace(known, counts=shared_by_groups(known)))
    ours = model.classify(comments)
    peer = SupportVectors([source.examples[place] for place in split.known])
    topics = {OURS: given_by(ours), PEER: peer.topics(known.targets, comments)}
    sentiment = {
        OURS: sentiment_by(ours),
        PEER: peer.sentiment(known.sentiment, comments),
        VADER: by_vader(comments),
        RATING: by_rating(comments),
    }
    probability = np.array([[one.probabilities.get(label, 0.0) for label in LABELS] for one in ours])
    return Answers(split.unseen, topics, sentiment, probability)


def given_by(predictions: Sequence[Prediction]) -> Said:
    return np.array([[label in one.labels for label in LABELS] for one in predictions], np.int8)


def sentiment_by(predictions: Sequence[Prediction]) -> Said:
    """A comment that was not classified counts as said to be mixed."""
    middle = len(SENTIMENTS) // 2
    return np.array(
        [middle if one.sentiment is None else SENTIMENTS.index(one.sentiment) for one in predictions], np.int8
    )


def together(found: dict[str, Answers]) -> Answers:
    """The answers of all splits as one."""
    several = list(found.values())
    return Answers(
        np.concatenate([one.places for one in several]),
        {name: np.vstack([one.topics[name] for one in several]) for name in several[0].topics},
        {name: np.concatenate([one.sentiment[name] for one in several]) for name in several[0].sentiment},
        np.vstack([one.probability for one in several]),
    )

"""Models at rest: model.npz and model.json in a folder, or the same as bytes and a manifest; never a pickle."""

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from nlp.base import base
from nlp.comments import SENTIMENTS
from nlp.faults import NotUsable
from nlp.knowledge_files import Arrays, arrays_in, content_of, load, save
from nlp.model import Model, fit, fitting
from nlp.sentiment import SentimentModel
from nlp.tfidf import BlockTfidf
from nlp.topics import TopicModel

NAME = "model"
# Made at first use where no model is named; the folder may be thrown away at any time.
KEPT = Path(__file__).parent.parent / "build" / "nlp"


def save_model(model: Model, folder: Path) -> None:
    """The same model gives the same bytes."""
    save(folder, NAME, arrays_of(model), model.manifest)


def load_model(folder: Path) -> Model:
    """NotUsable in words where the files are missing, damaged, or made by another version of the program."""
    return model_of(*load(folder, NAME, fitting()))


def written_model(model: Model) -> tuple[bytes, dict[str, Any]]:
    """A model as the bytes of its .npz file and its manifest."""
    content = content_of(arrays_of(model))
    return content, {**model.manifest, "sha256": sha256(content).hexdigest()}


def read_model(content: bytes, manifest: Mapping[str, Any]) -> Model:
    """What `written_model` gave, as a model again. NotUsable where it was damaged or another program made it."""
    return model_of(arrays_in(content, manifest, fitting(), "the model"), manifest)


def model_of(arrays: Arrays, manifest: Mapping[str, Any]) -> Model:
    features = BlockTfidf()
    features.columns_, features.idf_ = arrays["columns"], arrays["idf"]
    topics = TopicModel(seed=manifest["seed"])
    topics.coef_, topics.intercept_ = arrays["topic_coef"], arrays["topic_intercept"]
    topics.thresholds_ = arrays["thresholds"]
    sentiment = SentimentModel(seed=manifest["seed"])
    sentiment.coef_, sentiment.intercept_ = arrays["sentiment_coef"], arrays["sentiment_intercept"]
    sentiment.second_coef_, sentiment.second_intercept_ = arrays["second_coef"], arrays["second_intercept"]
    sentiment.lift_, sentiment.classes_ = arrays["sentiment_lift"], np.arange(len(SENTIMENTS))
    return Model(tuple(manifest["labels"]), features, topics, sentiment, manifest)


def ready_model(folder: Path | None = None) -> Model:
    """The model of a folder, or without one the program's own, fitted in seconds where it is not kept yet."""
    if folder is not None:
        return load_model(folder)
    try:
        return load_model(KEPT)
    except NotUsable:
        model = fit(base())
        with suppress(OSError):  # where the program may not write, each run fits again
            save_model(model, KEPT)
        return model


def arrays_of(model: Model) -> Arrays:
    return {
        "columns": model.features.columns_,
        "idf": model.features.idf_,
        "topic_coef": model.topic_model.coef_,
        "topic_intercept": model.topic_model.intercept_,
        "thresholds": model.topic_model.thresholds_,
        "sentiment_coef": model.sentiment_model.coef_,
        "sentiment_intercept": model.sentiment_model.intercept_,
        "second_coef": model.sentiment_model.second_coef_,
        "second_intercept": model.sentiment_model.second_intercept_,
        "sentiment_lift": model.sentiment_model.lift_,
    }

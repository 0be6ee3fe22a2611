"""The evaluation as a table to read and as JSON."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from nlp.comments import SENTIMENTS
from nlp.evaluation.run import OURS, Answers, answers, rows_of_source, together
from nlp.evaluation.scores import (
    accuracy,
    calibration_error,
    mean_f1,
    one_hot,
    pooled_f1,
    scored,
    scored_labels,
)
from nlp.evaluation.splits import by_respondent, by_service
from nlp.source_file import LABELS, read_source
from nlp.training import Rows

WAYS = {"unseen service": by_service, "unseen respondents": by_respondent}
Figures = dict[str, Any]


def write_evaluation(path: Path, into: Path | None) -> Iterator[str]:
    """Lines of the table; the JSON is written at the end where a file is named."""
    source = read_source(path)
    rows = rows_of_source(source)
    every: Figures = {"comments": len(rows), "labels": list(LABELS)}
    for way, splits in WAYS.items():
        tell(f"{way}:")
        found = answers(source, rows, splits(source), tell)
        figures = figures_of(together(found), rows)
        if way == "unseen service":
            figures["each"] = {name: short_figures(one, rows) for name, one in found.items()}
        every[way] = figures
        yield from table_of(way, figures)
    if into is not None:
        into.write_text(json.dumps(every, indent=2) + "\n", encoding="utf-8")


def tell(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def figures_of(found: Answers, rows: Rows) -> Figures:
    truth, group = rows.targets[found.places], rows.group[found.places]
    topics = {name: topic_scores(found, rows, name) for name in found.topics}
    labels = zip(LABELS, truth.sum(axis=0).tolist(), scored_labels(truth, found.topics[OURS], group), strict=True)
    return {
        "topics": topics,
        "sentiment": {name: sentiment_scores(found, rows, name) for name in found.sentiment},
        "per label": {label: {"positives": count, **asdict(score)} for label, count, score in labels},
        "calibration error": calibration_error(truth, found.probability),
        "without label": float((found.topics[OURS].sum(axis=1) == 0).mean()),
    }


def topic_scores(found: Answers, rows: Rows, method: str) -> Figures:
    truth, given, group = rows.targets[found.places], found.topics[method], rows.group[found.places]
    return {
        "macro F1": asdict(scored(mean_f1, truth, given, group)),
        "micro F1": asdict(scored(pooled_f1, truth, given, group)),
    }


def sentiment_scores(found: Answers, rows: Rows, method: str) -> Figures:
    known = rows.sentiment[found.places] >= 0
    truth, given = rows.sentiment[found.places][known], found.sentiment[method][known]
    group = rows.group[found.places][known]
    as_labels = (one_hot(truth, len(SENTIMENTS)), one_hot(given, len(SENTIMENTS)))
    return {
        "macro F1": asdict(scored(mean_f1, *as_labels, group)),
        "accuracy": asdict(scored(accuracy, truth, given, group)),
    }


def short_figures(found: Answers, rows: Rows) -> Figures:
    """Of one service, ours, without intervals; labels that do not occur there are left out of the mean."""
    truth, given = rows.targets[found.places], found.topics[OURS]
    there = np.flatnonzero(truth.any(axis=0))
    known = rows.sentiment[found.places] >= 0
    return {
        "comments": len(found.places),
        "macro F1": mean_f1(truth[:, there], given[:, there]),
        "micro F1": pooled_f1(truth, given),
        "sentiment accuracy": accuracy(rows.sentiment[found.places][known], found.sentiment[OURS][known]),
    }


def table_of(way: str, figures: Figures) -> Iterator[str]:
    yield f"\n{way.capitalize()} (95% bootstrap intervals over respondents)"
    for kind in ("topics", "sentiment"):
        for method, scores in figures[kind].items():
            yield f"  {kind:10} {method:8} " + "   ".join(f"{name} {in_words(one)}" for name, one in scores.items())
    yield f"  calibration error {figures['calibration error']:.3f}, without a label {figures['without label']:.1%}"
    for label, score in figures["per label"].items():
        yield f"    {label:24} {score['positives']:5} positive   F1 {in_words(score)}"
    for name, one in figures.get("each", {}).items():
        yield (
            f"    {name:32} {one['comments']:5} comments   macro F1 {one['macro F1']:.3f}   micro F1"
            f" {one['micro F1']:.3f}   sentiment {one['sentiment accuracy']:.3f}"
        )


def in_words(score: dict[str, float]) -> str:
    return f"{score['value']:.3f} ({score['low']:.3f} to {score['high']:.3f})"

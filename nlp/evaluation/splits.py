"""Splits that keep a respondent, and the same words, on one side only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from nlp.source_file import Source

FOLDS = 5
SEED = 7
FEWEST_OF_SERVICE = 100


@dataclass(frozen=True)
class Split:
    """Places of rows: what a model may learn from, and what it is then asked."""

    name: str
    known: NDArray[np.intp]
    unseen: NDArray[np.intp]


def by_respondent(source: Source) -> Iterator[Split]:
    """Every comment is unseen once; its respondent is unknown then, its service is not."""
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (known, unseen) in enumerate(folds.split(source.group, groups=source.group), start=1):
        yield Split(f"fold {number}", known, unseen)


def by_service(source: Source) -> Iterator[Split]:
    """One service after the other is unknown, of those with enough comments to measure."""
    service = np.array(source.service)
    sizes = Counter(source.service)
    for name in sorted(name for name, size in sizes.items() if name and size >= FEWEST_OF_SERVICE):
        unseen = np.flatnonzero(service == name)
        shared = np.isin(source.group, source.group[unseen])
        yield Split(name, np.flatnonzero((service != name) & ~shared), unseen)

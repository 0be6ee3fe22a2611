"""Words that tell together: a linear score, fitted on our own made-up cases by `fit`, for what no rule has words for.

A comment is its different words, each counted by its stem and its groups, scaled by the root of their number.
`weights.json` holds a weight for each stem and group: numbers only, no pickle.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from math import fsum, sqrt
from pathlib import Path

from nlp.urgency.concepts import CONCEPTS
from nlp.urgency.idioms import without_idioms
from nlp.urgency.types import Urgency
from nlp.urgency.words import plain_words

FILE = Path(__file__).parent / "weights.json"
ENDINGS = ("ing", "ed", "es", "s", "ly")
SHORTEST_STEM = 3
GROUPS = (
    "child", "elder", "frail", "kin", "partner", "carer", "self", "hurts", "marks", "staffer", "building", "weapon",
    "violent", "intent", "legal", "senior", "elected", "press", "pronoun",
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """Of one flag: raised where intercept + sum of weights / sqrt(number of features) is above the floor (log odds,

    as learned from cases of which half carry the flag).
    """

    intercept: float
    floor: float
    weights: dict[str, float]


def stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """The groups of each single word that a concept names."""
    of: dict[str, list[str]] = {}
    for group in GROUPS:
        for word in CONCEPTS[group].split("|"):
            of.setdefault(word, []).append(f"<{group}>")
    return {word: tuple(names) for word, names in of.items()}


@lru_cache(maxsize=1 << 16)
def features_of(written: str) -> tuple[str, ...]:
    """What the score knows a word by: its stem, or stems ("don't"), and its groups."""
    of = groups()
    return tuple(feature for word in plain_words(written) for feature in (stem(word), *of.get(word, ())))


@cache
def scales() -> dict[Urgency, Scale]:
    """The fitted scales by flag. Raises FileNotFoundError before the first fit."""
    fitted = json.loads(FILE.read_text(encoding="utf-8"))["scales"]
    return {Urgency(flag): Scale(**numbers) for flag, numbers in fitted.items()}


@lru_cache(maxsize=1 << 16)
def telling(flag: Urgency, written: str) -> float:
    """How much a word speaks for the flag."""
    weights = scales()[flag].weights
    return sum(weights.get(feature, 0.0) for feature in features_of(written))


@lru_cache(maxsize=1 << 16)
def share_of(written: str) -> tuple[int, tuple[float, ...]]:
    """What a word brings to every scale: how many features, and its weight in each."""
    return len(features_of(written)), tuple(telling(flag, written) for flag in scales())


def heard(plain: str) -> set[str]:
    """The words of a line that count: without its idioms."""
    return set(without_idioms(plain).replace(",", " ").replace(".", " ").split())


def flags_of(words: set[str]) -> set[Urgency]:
    """The flags that the learned words raise; `words` as `spoken` or `heard` gives them."""
    shares = [share_of(word) for word in words]
    length = sqrt(sum(count for count, _ in shares)) or 1.0
    sums = map(fsum, zip(*(weights for _, weights in shares), strict=True))
    pairs = zip(scales().items(), sums, strict=False)
    return {flag for (flag, scale), weight in pairs if scale.intercept + weight / length > scale.floor}


def flags_with(scales_by_flag: dict[Urgency, Scale], words: set[str]) -> set[Urgency]:
    """The same by other scales than the shipped ones: to measure a fit."""
    features = [feature for word in words for feature in features_of(word)]
    length = sqrt(len(features)) or 1.0
    return {
        flag
        for flag, scale in scales_by_flag.items()
        if scale.intercept + sum(scale.weights.get(feature, 0.0) for feature in features) / length > scale.floor
    }

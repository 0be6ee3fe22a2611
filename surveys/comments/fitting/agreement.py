"""How far two reviewers agree beyond chance: Cohen's kappa for each label. Pure: no database, no time, no chance."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 30
STRENGTHS = {0.8: "almost perfect", 0.6: "substantial", 0.4: "moderate", 0.2: "fair", 0.0: "slight"}


@dataclass(frozen=True)
class Pair:
    """What two reviewers said of one comment, neither having seen the other's word: topics and a sentiment alike."""

    first: frozenset[str]
    second: frozenset[str]


@dataclass(frozen=True)
class Agreement:
    """base: comments that two people read. given: how often the label was given, of twice the base.

    kappa runs from -1 to 1; None where the label was given always or never, so that there is no chance to beat.
    """

    label: str
    base: int
    given: int
    alike: int
    kappa: float | None

    @property
    def prevalence(self) -> float | None:
        """The share of verdicts that have the label: kappa falls with a rare label, so it is read beside this."""
        return self.given / (2 * self.base) if self.base else None

    @property
    def too_few(self) -> bool:
        return self.base < FEWEST or self.kappa is None


def agreement(labels: Sequence[str], pairs: Sequence[Pair]) -> list[Agreement]:
    """One for each label, in their order."""
    return [of_label(label, pairs) for label in labels]


def of_label(label: str, pairs: Sequence[Pair]) -> Agreement:
    """kappa = (observed - expected) / (1 - expected), Cohen (1960), Educational and Psychological Measurement 20."""
    base = len(pairs)
    first = sum(label in pair.first for pair in pairs)
    second = sum(label in pair.second for pair in pairs)
    alike = sum((label in pair.first) == (label in pair.second) for pair in pairs)
    chance_both = first * second + (base - first) * (base - second)  # of base squared
    kappa = None if chance_both == base * base else (alike * base - chance_both) / (base * base - chance_both)
    return Agreement(label, base, first + second, alike, kappa)


def in_words(kappa: float) -> str:
    """Landis and Koch's (1977) words, the usual ones."""
    return next((words for least, words in STRENGTHS.items() if kappa > least), "none")

"""How good a model is on comments that people labelled, and whether a challenger may take over. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from nlp.code_frame import NO_CONTENT
from nlp.comments import SENTIMENTS, Example, Prediction

Z95 = 1.959963984540054
BINS = 10
# A challenger may lose this much, as a share: chance alone moves figures by more.
MOST_F1_LOST = 0.01
MOST_RECALL_LOST = 0.05
# Of twenty one is five points: below, a single comment would decide.
FEWEST_POSITIVES = 20
FEWEST_COMMENTS = 50


@dataclass(frozen=True)
class Share:
    """A share with its 95% Wilson score interval."""

    value: float
    low: float
    high: float


def share(part: int, whole: int) -> Share | None:
    """Wilson (1927), Journal of the American Statistical Association 22, 209-212; None where the whole is nothing."""
    if not whole:
        return None
    value, zz = part / whole, Z95 * Z95
    centre = (value + zz / (2 * whole)) / (1 + zz / whole)
    half = Z95 / (1 + zz / whole) * sqrt(value * (1 - value) / whole + zz / (4 * whole * whole))
    # At either end the limit is the share itself, but for the last bit of the sum.
    return Share(value, max(0.0, min(value, centre - half)), min(1.0, max(value, centre + half)))


@dataclass(frozen=True)
class Counts:
    """One label: given by both, by the model alone (wrongly), by people alone (missed)."""

    both: int = 0
    wrongly: int = 0
    missed: int = 0

    @property
    def positives(self) -> int:
        return self.both + self.missed

    @property
    def precision(self) -> Share | None:
        """Of those the model gave, how many people gave."""
        return share(self.both, self.both + self.wrongly)

    @property
    def recall(self) -> Share | None:
        """Of those people gave, how many the model gave."""
        return share(self.both, self.positives)

    @property
    def f1(self) -> float:
        return 2 * self.both / max(2 * self.both + self.wrongly + self.missed, 1)


@dataclass(frozen=True)
class Bin:
    """Labels whose probability lay in one tenth: how many, the sum of what the model said, how many were right."""

    count: int
    said: float
    true: int


@dataclass(frozen=True)
class Figures:
    """One model on one sample. bins: ten of equal width, over all topics that the model learned."""

    comments: int
    topics: Mapping[str, Counts]
    sentiments: Mapping[str, Counts]
    bins: Sequence[Bin]

    def macro_f1(self, labels: Iterable[str]) -> float | None:
        """The mean F1 of those of these labels that people gave at all."""
        found = [self.topics[label].f1 for label in labels if self.topics[label].positives]
        return sum(found) / len(found) if found else None

    @property
    def macro(self) -> float | None:
        return self.macro_f1(self.topics)

    @property
    def micro(self) -> float:
        every = self.topics.values()
        return Counts(*(sum(part) for part in zip(*((c.both, c.wrongly, c.missed) for c in every), strict=True))).f1

    @property
    def sentiment_accuracy(self) -> Share | None:
        every = self.sentiments.values()
        return share(sum(c.both for c in every), sum(c.positives for c in every))

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error: the mean gap between said and true over the bins, by their size."""
        whole = sum(one.count for one in self.bins)
        return sum(abs(one.said - one.true) for one in self.bins) / whole if whole else None

    def written(self) -> dict[str, Any]:
        return asdict(self)


def read_figures(written: Mapping[str, Any]) -> Figures:
    """What `Figures.written` gave, from JSON."""
    topics, sentiments = (
        {label: Counts(**counts) for label, counts in written[kind].items()} for kind in ("topics", "sentiments")
    )
    return Figures(written["comments"], topics, sentiments, [Bin(**one) for one in written["bins"]])


def measured(labels: Sequence[str], sample: Sequence[Example], predictions: Sequence[Prediction]) -> Figures:
    """labels: those the model can give. What people said of others is left out: it is no fault of this model."""
    pairs = list(zip(sample, predictions, strict=True))
    topics = {label: counted((label in e.labels, label in p.labels) for e, p in pairs) for label in labels}
    known = [(e, p) for e, p in pairs if e.sentiment is not None]
    sentiments = {s.value: counted((e.sentiment == s, p.sentiment == s) for e, p in known) for s in SENTIMENTS}
    learned = [label for label in labels if label != NO_CONTENT]
    said = [(p.probabilities.get(label, 0.0), label in e.labels) for e, p in pairs if p.classified for label in learned]
    return Figures(len(pairs), topics, sentiments, in_bins(said))


def counted(verdicts: Iterable[tuple[bool, bool]]) -> Counts:
    """From (a person gave it, the model gave it)."""
    found = list(verdicts)
    return Counts(found.count((True, True)), found.count((False, True)), found.count((True, False)))


def in_bins(said: Sequence[tuple[float, bool]]) -> list[Bin]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, true in said:
        bins[min(int(probability * BINS), BINS - 1)].append((probability, true))
    return [Bin(len(one), sum(p for p, _ in one), sum(true for _, true in one)) for one in bins]


class Outcome(StrEnum):
    """What a trial comes to: the challenger takes over, is refused, or waits for a person."""

    PASSED = "passed"
    FAILED = "failed"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Verdict:
    """faults: what the challenger lost beyond what is allowed, by the label's name or "macro F1"."""

    outcome: Outcome
    faults: tuple[str, ...] = ()


def judged(champion: Figures, challenger: Figures) -> Verdict:
    """Both on the same sample; only labels that both can give are compared."""
    labels = [label for label in champion.topics if label in challenger.topics]
    before, after = champion.macro_f1(labels), challenger.macro_f1(labels)
    if before is None or after is None or challenger.comments < FEWEST_COMMENTS:
        return Verdict(Outcome.TOO_FEW)
    faults = ["macro F1"] if lost(before, after) > MOST_F1_LOST else []
    faults += [label for label in labels if recall_falls(champion.topics[label], challenger.topics[label])]
    faults += [s for s in champion.sentiments if recall_falls(champion.sentiments[s], challenger.sentiments[s])]
    return Verdict(Outcome.FAILED if faults else Outcome.PASSED, tuple(faults))


def recall_falls(before: Counts, after: Counts) -> bool:
    if before.positives < FEWEST_POSITIVES or before.recall is None or after.recall is None:
        return False
    return lost(before.recall.value, after.recall.value) > MOST_RECALL_LOST


def lost(before: float, after: float) -> float:
    """Rounded, so that exactly five points are never more than five."""
    return round(before - after, 9)

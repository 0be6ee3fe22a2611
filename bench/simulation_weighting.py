"""How often the interval of a rate holds the truth: a made-up council whose services and channels differ in every way.

Contacts are drawn by the real rule, with a new key each time; whether one answers is chance. Each contact's opinion is
fixed, so the truth is a number.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from bench.measures import Measure, tell
from surveys.rates.collapsing import Cell
from surveys.rates.intervals import Interval, wilson
from surveys.rates.weighting import weighted_rate
from surveys.sampling.rules import draw_number, threshold

SEED = 20260401
# Coverage of 93 to 97%: at most two percentage points off the 95 that an interval claims.
CLAIMED, MOST_OFF = 0.95, 2.0


@dataclass(frozen=True)
class Kind:
    """Contacts of one service and channel; rate is the draw's, answer and satisfied are shares."""

    key: tuple[str, str, str]
    contacts: int
    rate: int
    answer: float
    satisfied: float


KINDS = (
    Kind(("money", "council tax", "phone"), 4000, 1500, 0.18, 0.70),
    Kind(("money", "council tax", "web"), 2000, 2500, 0.08, 0.55),
    Kind(("money", "benefits", "phone"), 2200, 2500, 0.22, 0.66),
    Kind(("money", "benefits", "face_to_face"), 900, 5000, 0.35, 0.85),
    Kind(("places", "libraries", "face_to_face"), 1200, 5000, 0.45, 0.95),
    Kind(("places", "libraries", "email"), 150, 10000, 0.15, 0.80),
    Kind(("places", "parking", "web"), 1200, 5000, 0.07, 0.40),
    Kind(("places", "parking", "phone"), 500, 5000, 0.15, 0.60),
    Kind(("places", "parking", "post"), 60, 10000, 0.10, 0.50),
)
KIND_OF = np.repeat(np.arange(len(KINDS)), [kind.contacts for kind in KINDS])
SATISFIED = np.concatenate([np.arange(kind.contacts) < round(kind.contacts * kind.satisfied) for kind in KINDS])
TRUTH = float(SATISFIED.mean())
REFS = [f"{i:07}" for i in range(len(KIND_OF))]
LIMITS = [threshold(KINDS[kind].rate) for kind in KIND_OF]

# How often the satisfied answer beside the others of their kind: by chance, or half as often.
BEHAVIOURS = {"by_chance": 1.0, "angry_answer_twice_as_often": 0.5}


@dataclass
class Tally:
    """How the estimates of one way of reckoning turned out."""

    off: list[float] = field(default_factory=list)
    held: int = 0

    def add(self, share: float, interval: Interval) -> None:
        self.off.append(share - TRUTH)
        self.held += interval.lower <= TRUTH <= interval.upper

    @property
    def coverage(self) -> float:
        return self.held / len(self.off)

    @property
    def bias(self) -> float:
        return sum(self.off) / len(self.off)


def coverage(draws: int) -> Iterator[Measure]:
    tell(f"  truth {TRUTH:.1%} of {len(REFS):,} contacts, {draws:,} draws")
    keys, chance = Random(SEED), np.random.default_rng(SEED)
    tallies = {(way, behaviour): Tally() for behaviour in BEHAVIOURS for way in ("weighted", "unweighted")}
    for _ in range(draws):
        selected = drawn(keys.randbytes(32))
        for behaviour, less in BEHAVIOURS.items():
            add_draw(answered(selected, chance, less), tallies, behaviour)
    for (way, behaviour), tally in tallies.items():
        # Only the first is claimed; the others show what goes wrong without weights, and what weights cannot mend.
        claimed = (way, behaviour) == ("weighted", "by_chance")
        name = f"simulation.{way}.{behaviour}"
        off = abs(tally.coverage - CLAIMED) * 100
        yield Measure(f"{name}.coverage", tally.coverage * 100, "%")
        yield Measure(f"{name}.off_95", off, "points", MOST_OFF if claimed else None)
        yield Measure(f"{name}.bias", tally.bias * 100, "points")


def drawn(key: bytes) -> NDArray[np.bool_]:
    """Which contacts this key selects."""
    found = (draw_number(key, "made", ref) < limit for ref, limit in zip(REFS, LIMITS, strict=True))
    return np.fromiter(found, dtype=np.bool_, count=len(REFS))


def answered(selected: NDArray[np.bool_], chance: np.random.Generator, less: float) -> NDArray[np.bool_]:
    """Who of the selected answers. less: how often the satisfied do, beside the dissatisfied of their kind."""
    likely = np.array([kind.answer for kind in KINDS])[KIND_OF]
    return selected & (chance.random(len(likely)) < np.where(SATISFIED, likely * less, likely))


def add_draw(answers: NDArray[np.bool_], tallies: dict[tuple[str, str], Tally], behaviour: str) -> None:
    bases = np.bincount(KIND_OF[answers], minlength=len(KINDS))
    satisfied = np.bincount(KIND_OF[answers & SATISFIED], minlength=len(KINDS))
    rate = weighted_rate(
        Cell(kind.key, kind.contacts, int(n), int(x)) for kind, n, x in zip(KINDS, bases, satisfied, strict=True)
    )
    plain = wilson(int(satisfied.sum()), int(bases.sum()))
    if rate is None or plain is None:
        raise SystemExit("nobody answered, so this is no trial")
    tallies["weighted", behaviour].add(rate.share, rate.interval)
    tallies["unweighted", behaviour].add(rate.unweighted.share, plain)

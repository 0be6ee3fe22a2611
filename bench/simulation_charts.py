"""How often a control chart cries wolf, and how soon it sees a fall, beside what theory says of it.

Months of 400 answers, 80% satisfied. Theory is exact for the binomial distribution and a baseline that is the truth.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from bench.measures import Measure
from surveys.rates.control import LEAST_BASELINE, Period, chart
from surveys.rates.signals import SHIFT, TREND, Rule, Signals

SEED = 20260402
USUAL, ANSWERS = 0.8, 400
SIGMA = 0.02
# 12 months are the least that are accepted, 24 what a council soon has; known is the truth itself.
KNOWN, BASELINES = "known", {"from_24": 24, "from_12": 12}
MONTHS, WARM_UP = 100, SHIFT
MOST_OVER_THEORY = 1.25
# By how many sigmas, and how many months are looked at: many times the wait that theory expects.
FALLS = {0: 600, 1: 400, 2: 100, 3: 60}


@dataclass(frozen=True)
class Chances:
    """Of one month's count x out of 400: each possible count's chance, and the counts' distance from the centre."""

    share: float

    @property
    def of_each(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.asarray(binom.pmf(np.arange(ANSWERS + 1), ANSWERS, self.share), dtype=np.float64)

    def beyond(self, sigmas: float) -> tuple[float, float]:
        """Below and above so many sigmas from the usual."""
        away = (np.arange(ANSWERS + 1) / ANSWERS - USUAL) / SIGMA
        chances = self.of_each
        return float(chances[away < -sigmas - 1e-9].sum()), float(chances[away > sigmas + 1e-9].sum())

    def rising(self, months: int) -> float:
        """That so many months each have more than the last."""
        ends = chances = self.of_each
        for _ in range(months - 1):
            ends = chances * (np.cumsum(ends) - ends)
        return float(ends.sum())


def theory() -> dict[Rule, float]:
    """The chance that a month is marked by each rule while nothing has changed."""
    usual = Chances(USUAL)
    sides, far = usual.beyond(0), usual.beyond(2)
    return {
        Rule.BEYOND_LIMITS: sum(usual.beyond(3)),
        Rule.SHIFT: sum(side**SHIFT for side in sides),
        Rule.TREND: 2 * usual.rising(TREND),
        Rule.TWO_OF_THREE: sum(q * (1 - (1 - q) ** 2) for q in far),
    }


def false_alarms(draws: int) -> Iterator[Measure]:
    """Months marked in a hundred, by rule and baseline, while nothing has changed."""
    expected = theory()
    for rule, chance in expected.items():
        yield Measure(f"simulation.false_alarms.{rule.value}.theory", chance * 100, "in 100 months")
    random = np.random.default_rng(SEED)
    for name in (KNOWN, *BASELINES):
        marked: dict[Rule | None, int] = dict.fromkeys([*Rule, None], 0)
        for _ in range(draws):
            for signals in charted(random, name, WARM_UP + MONTHS, USUAL)[WARM_UP:]:
                marked[None] += bool(signals)
                for signal in signals:
                    marked[signal.rule] += 1
        for which, count in marked.items():
            rate = count / draws
            most = expected[which] * 100 * MOST_OVER_THEORY if which and name == KNOWN else None
            yield Measure(f"simulation.false_alarms.{which or 'any_rule'}.{name}", rate, "in 100 months", most)


def waits(draws: int) -> Iterator[Measure]:
    """Months up to the first signal: after nothing, and after a fall of one, two and three sigma."""
    random = np.random.default_rng(SEED + 1)
    for fall, longest in FALLS.items():
        share = USUAL - fall * SIGMA
        expected = 1 / sum(Chances(share).beyond(3))
        yield Measure(f"simulation.wait.fall_{fall}_sigma.beyond_limits.theory", expected, "months")
        for name in (KNOWN, "from_12"):
            months = [charted(random, name, longest, share) for _ in range(draws)]
            beyond = mean_wait(months, is_beyond)
            most = expected * MOST_OVER_THEORY if name == KNOWN else None
            if fall:
                yield Measure(f"simulation.wait.fall_{fall}_sigma.beyond_limits.{name}", beyond, "months", most)
            yield Measure(f"simulation.wait.fall_{fall}_sigma.any_rule.{name}", mean_wait(months, bool), "months")


def charted(random: np.random.Generator, baseline: str, months: int, share: float) -> list[Signals]:
    """The signals of so many months at this share, against a baseline of the usual."""
    exactly = [round(USUAL * ANSWERS)] * LEAST_BASELINE
    usual = periods(exactly if baseline == KNOWN else random.binomial(ANSWERS, USUAL, BASELINES[baseline]).tolist())
    return [point.signals for point in chart(periods(random.binomial(ANSWERS, share, months).tolist()), usual).points]


def periods(counts: Sequence[int]) -> list[Period]:
    return [Period((str(i),), count, ANSWERS) for i, count in enumerate(counts)]


def is_beyond(signals: Signals) -> bool:
    return any(signal.rule is Rule.BEYOND_LIMITS for signal in signals)


def mean_wait(series: list[list[Signals]], marks: Callable[[Signals], bool]) -> float:
    """The mean month of the first mark; a series without one counts as its length."""
    firsts = [next((i for i, signals in enumerate(one, 1) if marks(signals)), len(one)) for one in series]
    return sum(firsts) / len(firsts)

"""How well the flags are told: `python -m nlp.urgency.measure` prints recall and precision, with intervals.

On the hard cases the learned words are fitted anew without the family that is judged; but the rules were tuned on
these cases, so that the figures flatter. On the unseen cases nothing was tuned or fitted, but who wrote the rules had
written them. The fresh cases were written after all that: theirs is the figure to believe (sets/README.md).
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from nlp.urgency.cases import Case, cases
from nlp.urgency.fit import FLOORS, fitted, ordinary
from nlp.urgency.guards import past_or_made_good
from nlp.urgency.judge import flags_by_rule, urgency_of, woken
from nlp.urgency.learned import Scale, flags_with, heard
from nlp.urgency.types import Urgency
from nlp.urgency.words import line_of, spoken

Z95 = 1.959963984540054
Judged = Sequence[tuple[Case, frozenset[Urgency]]]


@dataclass(frozen=True)
class Share:
    """hits of base, with Wilson's 95% interval (Wilson 1927); an empty base has the share 0 and the interval [0, 1]."""

    hits: int
    base: int

    @property
    def value(self) -> float:
        return self.hits / self.base if self.base else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.base:
            return 0.0, 1.0
        p, zz, n = self.value, Z95 * Z95, self.base
        centre, half = p + zz / (2 * n), Z95 * sqrt(p * (1 - p) / n + zz / (4 * n * n))
        return max(0.0, (centre - half) / (1 + zz / n)), min(1.0, (centre + half) / (1 + zz / n))

    def __str__(self) -> str:
        lower, upper = self.interval
        return f"{self.value:.2f} [{lower:.2f}, {upper:.2f}] of {self.base}"


@dataclass(frozen=True)
class Figures:
    """Of one flag: recall over those that carry it, precision over those flagged, and look-alikes flagged."""

    recall: Share
    precision: Share
    look_alikes: Share


def share(judged: Iterable[tuple[Case, frozenset[Urgency]]], met: Callable[[Case, frozenset[Urgency]], bool]) -> Share:
    answers = [met(case, got) for case, got in judged]
    return Share(sum(answers), len(answers))


def figures(judged: Judged, flag: Urgency) -> Figures:
    return Figures(
        recall=share(((c, got) for c, got in judged if flag in c.flags), lambda _, got: flag in got),
        precision=share(((c, got) for c, got in judged if flag in got), lambda case, _: flag in case.flags),
        look_alikes=share(((c, got) for c, got in judged if flag in c.like), lambda _, got: flag in got),
    )


def any_look_alike(judged: Judged) -> Share:
    """Of the cases that look like something they are not: those flagged as just that."""
    return share(((c, got) for c, got in judged if c.like), lambda case, got: bool(case.like & got))


def told(name: str) -> Judged:
    """A set judged as it is shipped: "unseen" or "fresh"."""
    return [(case, frozenset(urgency_of(case.text))) for case in cases(name)]


def hard() -> Judged:
    """The hard cases, the learned words of each family fitted on all but that family."""
    return list(out_of_family(cases("hard")))


def out_of_family(all_cases: Sequence[Case]) -> Iterator[tuple[Case, frozenset[Urgency]]]:
    for family in sorted({case.family for case in all_cases}):
        rest = [*cases("lessons"), *(case for case in all_cases if case.family != family), *ordinary()]
        scales = {flag: fitted(rest, flag) for flag in FLOORS}
        yield from ((case, judged_with(case, scales)) for case in all_cases if case.family == family)


def judged_with(case: Case, scales: dict[Urgency, Scale]) -> frozenset[Urgency]:
    plain, words = line_of(case.text).plain, spoken(case.text)
    by_words = flags_with(scales, words) and flags_with(scales, heard(plain))
    return frozenset(flags_by_rule(plain, woken(words)) | (set() if past_or_made_good(plain) else by_words))


def lines_of(name: str, judged: Judged) -> Iterator[str]:
    yield f"{name}: {len(judged)} cases; look-alikes flagged as what they are not: {any_look_alike(judged)}"
    for flag in Urgency:
        of = figures(judged, flag)
        yield f"  {flag:<13} recall {of.recall}  precision {of.precision}  look-alikes {of.look_alikes}"


def main() -> None:
    for name, judged in (("hard, out of family", hard()), ("unseen", told("unseen")), ("fresh", told("fresh"))):
        sys.stdout.writelines(f"{line}\n" for line in lines_of(name, judged))


if __name__ == "__main__":
    main()

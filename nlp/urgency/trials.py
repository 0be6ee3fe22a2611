"""The patterns of all rules, and which of them the words of a comment leave possible."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.urgency.needs import Need, needs_of
from nlp.urgency.rule import Rule, compiled, expanded


@dataclass(frozen=True)
class Trial:
    """One pattern of a rule, ready to be tried; `needs` has a bit for each set of words it cannot do without."""

    rule: Rule
    pattern: re.Pattern[str]
    needs: int


@dataclass(frozen=True)
class Trials:
    """`bits` are the needs a start of a word meets; `by_start` the patterns whose rarest need it meets."""

    trials: tuple[Trial, ...]
    bits: dict[str, int]
    by_start: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    def woken(self, starts: set[str]) -> list[Trial]:
        """The patterns that these starts of words leave possible, in their order."""
        known = starts & self.bits.keys()
        met = 0
        numbers = set(self.always)
        for start in known:
            met |= self.bits[start]
            numbers.update(self.by_start.get(start, ()))
        awake = (self.trials[number] for number in sorted(numbers))
        return [trial for trial in awake if trial.needs & met == trial.needs]


def ways_of(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern outside any bracket: each is tried by itself, since each needs other words."""
    depth = start = 0
    for at, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def trials_of(rules: Iterable[Rule]) -> Trials:
    """Every pattern of these rules, compiled once. Raises ValueError for a pattern whose brackets do not match."""
    ways = [(rule, way) for rule in rules for pattern in rule.patterns for way in ways_of(expanded(pattern))]
    needs = [needs_of(way) for _, way in ways]
    number_of = {need: at for at, need in enumerate(dict.fromkeys(need for each in needs for need in each))}
    trials = tuple(
        Trial(rule, compiled(way), sum(1 << number_of[need] for need in set(each)))
        for (rule, way), each in zip(ways, needs, strict=True)
    )
    always = tuple(number for number, each in enumerate(needs) if not each)
    return Trials(trials, bits_of(number_of), by_rarest(needs), always)


def bits_of(number_of: dict[Need, int]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for need, number in number_of.items():
        for start in need:
            bits[start] = bits.get(start, 0) | 1 << number
    return bits


def by_rarest(needs: list[tuple[Need, ...]]) -> dict[str, tuple[int, ...]]:
    """Which patterns a start wakes: by the first of their needs only, the rest is looked at after."""
    waking: dict[str, tuple[int, ...]] = {}
    for number, each in enumerate(needs):
        for start in each[0] if each else ():
            waking[start] = (*waking.get(start, ()), number)
    return waking

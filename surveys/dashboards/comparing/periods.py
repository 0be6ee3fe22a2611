"""Two periods against each other: what is higher, what is lower, and where there is no clear difference. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from surveys.answers.models import Mode
from surveys.dashboards.pages.shown_cuts import ShownPlaces, shown_alone
from surveys.rates.comparing import Comparison, Judged, Verdict, against_the_rest, compare, judge
from surveys.rates.intervals import Proportion
from surveys.rates.protection_rules import HIDDEN
from surveys.rates.protection_tables import Mark, Shown
from surveys.rates.statistics import LOW_BASE, Rate
from surveys.rates.weighting import WeightedRate
from surveys.rates.words import percent

VERDICTS = {
    Verdict.HIGHER: "higher",
    Verdict.LOWER: "lower",
    Verdict.NO_CLEAR_DIFFERENCE: "no clear difference",
}
TOO_FEW = "too few answers to compare"
WEIGHTED = "All together, weighted to contacts"
PLAIN = "All together, unweighted"
# A change of the mix by so much may move a rate by itself.
MIX_MATTERS = 0.05
Key = TypeVar("Key")
MODE_WORDS = {Mode.WEB: "by web page", Mode.SMS: "by text", Mode.OFFICER: "through an officer"}


@dataclass(frozen=True)
class Compared:
    """One line: a name, both rates as they may be shown, and the judgement where both can be relied upon."""

    name: str
    one: Shown
    other: Shown
    judged: Judged | None

    @property
    def verdict(self) -> str:
        return VERDICTS[self.judged.verdict] if self.judged else TOO_FEW


def lines_of_periods(
    now: ShownPlaces, before: ShownPlaces, names: Mapping[int, str], weighted: Sequence[WeightedRate | None]
) -> list[Compared]:
    """Everything together, each service, each channel: one family, so that luck alone rarely finds a difference.

    weighted: of the one period and of the other.
    """
    pairs = {PLAIN: (now.whole, before.whole)}
    if all(rate is not None for rate in weighted) and firm(now.whole, before.whole):
        one, other = (shown_weighted(rate) for rate in weighted if rate is not None)
        pairs = {WEIGHTED: (one, other)} | pairs
    pairs |= beside(now.services, before.services, lambda service: names[service])
    pairs |= beside(now.channels, before.channels, lambda channel: f"{channel.label}, all services")
    family = {
        name: compare(proportion_of(*pair, 0), proportion_of(*pair, 1)) for name, pair in pairs.items() if firm(*pair)
    }
    effective = [rate.proportion for rate in weighted if rate is not None]
    if WEIGHTED in family:
        family[WEIGHTED] = compare(effective[0], effective[1])
    judged = judge(family)
    return [Compared(name, *pair, judged.get(name)) for name, pair in pairs.items()]


def lines_against_the_rest(now: ShownPlaces, names: Mapping[int, str]) -> list[Compared]:
    """Each service against all the others together: never against a total that it is part of."""
    whole, family, rests = now.whole, dict[str, Comparison](), dict[str, Shown]()
    for service, shown in now.services.items():
        if shown.satisfied is None or shown.base is None or whole.satisfied is None or whole.base is None:
            continue
        found = against_the_rest((shown.satisfied, shown.base), (whole.satisfied, whole.base))
        rest = shown_alone(Rate(whole.satisfied - shown.satisfied, whole.base - shown.base, 0))
        rests[names[service]] = rest
        if found and firm(shown, rest):
            family[names[service]] = found
    judged = judge(family)
    return [
        Compared(names[service], shown, rests.get(names[service], HIDDEN), judged.get(names[service]))
        for service, shown in now.services.items()
    ]


def beside(
    now: Mapping[Key, Shown], before: Mapping[Key, Shown], name: Callable[[Key], str]
) -> dict[str, tuple[Shown, Shown]]:
    """Each that has answers in either period, in the order of the newer one."""
    nobody = Shown(0, 0, 0, marks=(Mark.NONE_RECORDED,))
    return {name(key): (now.get(key, nobody), before.get(key, nobody)) for key in {**now, **before}}


def firm(one: Shown, other: Shown) -> bool:
    return one.reliable and other.reliable


def proportion_of(one: Shown, other: Shown, place: int) -> Proportion:
    shown = (one, other)[place]
    return Proportion(shown.share or 0.0, shown.base or 1)


def shown_weighted(rate: WeightedRate) -> Shown:
    return Shown(base=round(rate.unweighted.base), share=rate.share, interval=rate.interval)


def periods_sentence(lines: Sequence[Compared], now: str, before: str) -> str:
    """What clearly moved, named; nothing is said to have moved where a test does not say so."""
    together = next(line for line in lines if line.name in (WEIGHTED, PLAIN))
    if together.judged is None:
        return f"There are too few answers in {now} or in {before} to compare them."
    one, other = percent(together.one.share or 0), percent(together.other.share or 0)
    first = f"Satisfaction was {one} in {now} and {other} in {before}: {together.verdict}."
    parts = [line for line in lines if line.name not in (WEIGHTED, PLAIN)]
    told = [
        f"{words}: {', '.join(names)}"
        for words, verdict in (("Higher", Verdict.HIGHER), ("Lower", Verdict.LOWER))
        if (names := [line.name for line in parts if line.judged and line.judged.verdict is verdict])
    ]
    return f"{first} {'. '.join(told)}." if told else f"{first} No service or channel clearly differs."


def rest_sentence(lines: Sequence[Compared]) -> str:
    told = [
        f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} {words} than all the others together"
        for words, verdict in (("higher", Verdict.HIGHER), ("lower", Verdict.LOWER))
        if (names := [line.name for line in lines if line.judged and line.judged.verdict is verdict])
    ]
    return f"{'; '.join(told)}." if told else "No service clearly differs from all the others together."


def mix_note(now: Mapping[Mode, int], before: Mapping[Mode, int], words: tuple[str, str]) -> str:
    """Told where the ways of answering shifted by enough to move a rate by themselves; "" where they did not."""
    totals = sum(now.values()), sum(before.values())
    if min(totals) < LOW_BASE:
        return ""
    shares = {mode: (now.get(mode, 0) / totals[0], before.get(mode, 0) / totals[1]) for mode in {**now, **before}}
    moved = {mode: pair for mode, pair in shares.items() if abs(pair[0] - pair[1]) >= MIX_MATTERS}
    if not moved:
        return ""
    mode, (one, other) = max(moved.items(), key=lambda item: abs(item[1][0] - item[1][1]))
    return (
        f"The ways of answering shifted: {percent(one)} answered {MODE_WORDS[mode]} in {words[0]}, {percent(other)} in "
        f"{words[1]}. People answer differently by different ways, so part of a difference may come from that."
    )

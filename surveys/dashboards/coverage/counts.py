"""Who could be asked, who was and who answered, counted for the pages: the funnel, by place, and the mix of both."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.rates.contacted import Outcomes, Population, together
from surveys.rates.cube import Cube, Pair
from surveys.rates.places import shown_counts
from surveys.rates.protection_tables import Counts, Shown
from surveys.rates.response_rates import ResponseRates, response_rates
from surveys.rates.series import Series
from surveys.sampling.models import Outcome

# Who had an address and still was not asked, and why: DESIGN's reasons in the words of the page.
LEFT_OUT = {
    Outcome.OPTED_OUT: "said stop before",
    Outcome.ASKED_RECENTLY: "asked within 90 days",
    Outcome.TOO_OLD: "loaded too late",
    Outcome.EXCLUDED_BY_RULE: "left out by a rule",
}


@dataclass(frozen=True)
class Step:
    """One step of the funnel. left: why contacts fell out before it, in words."""

    name: str
    count: int
    left: str = ""


@dataclass(frozen=True)
class Reach:
    """One service and channel, or a total. rates is None where so few were asked that it is hidden."""

    series: Series
    outcomes: Outcomes
    rates: ResponseRates | None

    @property
    def out_of_reach_share(self) -> float | None:
        return self.outcomes.out_of_reach / self.outcomes.contacts if self.outcomes.contacts else None


@dataclass(frozen=True)
class Mix:
    """One service's share of all contacts and of all answers; None where fewer than five answered, or it would tell."""

    name: str
    contacts: int
    answers: int | None
    of_contacts: float
    of_answers: float | None


def funnel(all_of_it: Outcomes) -> tuple[Step, ...]:
    """From everybody who got in touch to complete answers; each step is a part of the one before."""
    n = all_of_it.by_outcome
    unreachable, landline = n.get(Outcome.UNREACHABLE, 0), n.get(Outcome.LANDLINE, 0)
    reachable = all_of_it.contacts - unreachable - landline
    reasons = [f"{n[outcome]:,} {words}" for outcome, words in LEFT_OUT.items() if n.get(outcome)]
    left_out = sum(n.get(outcome, 0) for outcome in LEFT_OUT)
    undrawn = f"{n.get(Outcome.NOT_DRAWN, 0):,} not drawn"
    if waiting := reachable - left_out - n.get(Outcome.NOT_DRAWN, 0) - all_of_it.selected:
        undrawn += f", {waiting:,} wait for the draw"
    ended = all_of_it.dispositions
    asked = all_of_it.selected - all_of_it.not_sent
    silent = asked - ended.answered
    return (
        Step("Got in touch", all_of_it.contacts),
        Step("Could be reached", reachable, f"{unreachable:,} left no address, {landline:,} a landline only"),
        Step("Were eligible", reachable - left_out, ", ".join(reasons)),
        Step("Were drawn", all_of_it.selected, undrawn),
        Step("Were asked", asked, f"{all_of_it.not_sent:,} drawn and not sent"),
        Step("Answered", ended.answered, f"{silent:,} did not answer, {all_of_it.waiting:,} of them still may"),
        Step("Answered to the end", ended.complete, f"{ended.partial:,} in part"),
    )


def reaches(by_pair: Mapping[Pair, Outcomes]) -> list[Reach]:
    """All together, each service, and each of its channels. Response is hidden where fewer than five were asked."""
    asked = {pair: asked_of(found) for pair, found in by_pair.items()}
    shown = shown_counts({pair: counts for pair, counts in asked.items() if counts.answered})
    own: dict[int, dict[Channel, Outcomes]] = defaultdict(dict)
    for (service, channel), found in by_pair.items():
        own[service][channel] = found
    lines = [reach_of(Series(), together(by_pair.values()), shown)]
    for service, channels in own.items():
        lines.append(reach_of(Series(service), together(channels.values()), shown))
        # Of a service with one channel, the service's total is that channel.
        if len(channels) > 1:
            lines += [reach_of(Series(service, channel), found, shown) for channel, found in channels.items()]
    return lines


def reach_of(series: Series, found: Outcomes, shown: Mapping[Series, Shown]) -> Reach:
    is_shown = series in shown and shown[series].base is not None
    return Reach(series, found, response_rates(found.dispositions) if is_shown else None)


def asked_of(outcomes: Outcomes) -> Counts:
    """Those whose asking has ended as a base, so that they are protected like answers."""
    ended = outcomes.dispositions
    base = ended.eligible + ended.unknown
    return Counts(ended.complete, base, base)


def mix(cube: Cube, population: Population, shown: Mapping[int, Shown]) -> Sequence[Mix]:
    """Each service's share of contacts and of answers, by name; nothing where there are none of either.

    shown: what may be shown of the cube by service.
    """
    contacts: dict[int, int] = {}
    for (_, service, _), count in population.contacts.items():
        contacts[service] = contacts.get(service, 0) + count
    answers = {service: one.base for service, one in shown.items()}
    all_contacts, all_answers = sum(contacts.values()), cube.overall.base
    if not all_contacts or not all_answers:
        return []
    names = {service: place.name for service, place in population.places.items()} | dict(cube.names)
    return [
        Mix(
            names[service],
            contacts.get(service, 0),
            base := answers.get(service, 0),
            contacts.get(service, 0) / all_contacts,
            None if base is None else base / all_answers,
        )
        for service in sorted({*contacts, *answers}, key=names.__getitem__)
    ]

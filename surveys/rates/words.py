"""Sentences written from the figures, to stand beside a chart and its table: they claim no more than the figures do."""

from collections.abc import Sequence

from surveys.rates.comparing import Attained, Attainment, Judged, Verdict
from surveys.rates.control import Chart, Period
from surveys.rates.drivers import Driver
from surveys.rates.intervals import Interval
from surveys.rates.response_rates import ResponseRates
from surveys.rates.signals import SHIFT, TREND, Rule, Signal
from surveys.rates.weighting import Flag, WeightedRate


def percent(share: float) -> str:
    """A share as people read it. Nearly all is not "100%", and hardly any is not "0%"."""
    words = f"{share * 100:.0f}%"
    if words == "0%" and share > 0:
        return "less than 1%"
    return "more than 99%" if words == "100%" and share < 1 else words


def points(difference: float) -> str:
    """The size of a difference of two shares, without its sign."""
    size = round(abs(difference) * 100)
    if size == 0:
        return "less than 1 percentage point"
    return f"{size} percentage point{'s' if size > 1 else ''}"


def between(interval: Interval) -> str:
    return f"{percent(interval.lower)} to {percent(interval.upper)}"


def chart_sentence(name: str, chart: Chart, unit: str = "month") -> str:
    """What the newest point of a chart says. unit is what one period is."""
    if not chart.points:
        return f"There are too few answers about {name} for a chart."
    last = chart.points[-1]
    share, when = percent(last.period.share), when_of(last.period)
    if chart.baseline is None or last.lower is None or last.upper is None:
        so_far = f"{name} was at {share} in {when}"
        found = [signal_words(signal, chart, unit) for signal in last.signals]
        return f"{'; '.join([so_far, *found])}. There are too few {unit}s yet to say what is usual."
    usual = Interval(last.lower, last.upper)
    if not last.signals:
        return f"{name} was at {share} in {when}, within its usual range of {between(usual)}."
    verb = verb_of(chart, last.signals)
    if any(signal.rule is Rule.BEYOND_LIMITS for signal in last.signals):
        return f"{name} {verb} {share} in {when}, outside its usual range of {between(usual)}."
    found = [signal_words(signal, chart, unit) for signal in last.signals]
    return f"{name} {verb} {share} in {when}, within its usual range but {' and '.join(found)}."


def when_of(period: Period) -> str:
    first, last = period.labels[0], period.labels[-1]
    return first if first == last else f"{first} to {last}"


def verb_of(chart: Chart, signals: Sequence[Signal]) -> str:
    """Fell or rose only where the last step goes the way that the signals point."""
    if len(chart.points) < 2:
        return "was at"
    step = chart.points[-1].period.share - chart.points[-2].period.share
    ways = {signal.upward for signal in signals}
    if ways == {True} and step > 0:
        return "rose to"
    return "fell to" if ways == {False} and step < 0 else "was at"


def signal_words(signal: Signal, chart: Chart, unit: str) -> str:
    centre = "its middle" if chart.run_chart or chart.centre is None else f"its usual {percent(chart.centre)}"
    side = "above" if signal.upward else "below"
    return {
        Rule.BEYOND_LIMITS: f"{side} its usual range",
        Rule.SHIFT: f"{side} {centre} for at least {SHIFT} {unit}s in a row",
        Rule.TREND: f"{'rising' if signal.upward else 'falling'} over at least {TREND} {unit}s in a row",
        Rule.TWO_OF_THREE: f"near the {'upper' if signal.upward else 'lower'} end of it twice within three {unit}s",
    }[signal.rule]


def comparison_sentence(name: str, other_name: str, judged: Judged) -> str:
    """One rate against another, by the p that is adjusted for the family."""
    comparison = judged.comparison
    one, other = percent(comparison.one.share), percent(comparison.other.share)
    if judged.verdict is Verdict.NO_CLEAR_DIFFERENCE:
        return f"There is no clear difference between {name} ({one}) and {other_name} ({other})."
    ends = sorted((comparison.interval.lower * 100, comparison.interval.upper * 100))
    if judged.verdict is Verdict.LOWER:
        ends = [-end for end in reversed(ends)]
    return (
        f"{name} was {judged.verdict.value} than {other_name}: {one} against {other}, a difference of "
        f"{points(comparison.difference)} (95% confidence interval {ends[0]:.0f} to {ends[1]:.0f})."
    )


def target_sentence(name: str, attained: Attained) -> str:
    """Whether a target is met, as far as the interval can tell; then the bare comparison, called that."""
    figures = f"{percent(attained.rate.share)}, with a 95% confidence interval of {between(attained.rate.interval)}"
    target = percent(attained.target)
    if attained.attainment is Attainment.MET:
        return f"{name} met its target of {target}: it is at {figures}."
    if attained.attainment is Attainment.NOT_MET:
        return f"{name} did not meet its target of {target}: it is at {figures}."
    bare = "at or above" if attained.plainly else "below"
    return (
        f"The answers cannot tell whether {name} meets its target of {target}: it is at {figures}. "
        f"The bare figure is {bare} the target."
    )


def weighted_sentences(rate: WeightedRate) -> list[str]:
    """The weighted rate beside the unweighted one, and each thing a reader must know about it."""
    contacts = sum(stratum.population for stratum in rate.strata)
    first = (
        f"Weighted to all {contacts:,} contacts, {percent(rate.share)} were very or fairly satisfied "
        f"(95% confidence interval {between(rate.interval)}); of the {rate.unweighted.base:,.0f} who answered, "
        f"{percent(rate.unweighted.share)}."
    )
    warnings = {
        Flag.DESIGN_EFFECT: f"The weights cost precision: the answers are worth {rate.kish_base:,.0f} equal ones.",
        Flag.LARGE_WEIGHT: f"Some answers count {rate.largest_weight:.0f} times as much as the average.",
        Flag.NOT_REPRESENTED: (
            f"Nobody answered from services and channels with {percent(rate.not_represented)} of the contacts: "
            "others speak for them."
        ),
        Flag.WEIGHTING_MATTERS: "The two are far apart: those who answered are not the mix that got in touch.",
    }
    return [first, *(warnings[flag] for flag in rate.flags)]


def response_sentence(rates: ResponseRates) -> str:
    """The share of those asked who answered in full, between its two bounds."""
    if rates.rr1 is None or rates.rr5 is None:
        return "Nobody has been asked in this period."
    low, high = percent(rates.rr1), percent(rates.rr5)
    if low == high:
        return f"{low} of those asked completed the survey."
    return f"{low} of those asked completed the survey; {high} of those whose message is known to have arrived."


def drivers_sentence(drivers: Sequence[Driver]) -> str:
    """The driver that goes most closely with satisfaction, of those with enough answers."""
    ranked = [driver for driver in drivers if not driver.low_base and driver.importance is not None]
    if not ranked or (ranked[0].difference or 0) <= 0:
        return "No driver stands out: there are too few answers, or none goes together with overall satisfaction."
    first = ranked[0]
    return (
        f"{first.driver} goes most closely with overall satisfaction: among those content with it "
        f"{points(first.difference or 0)} more were satisfied. {percent(first.performance.share)} were content "
        "with it. What goes together need not be the cause."
    )

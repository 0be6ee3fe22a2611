"""The figures of a pack as tables, from its own tally: rates with intervals, hidden where few, good and bad ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.evidence.figures.rows import GroupCount
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable, shared
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Key, Shown, Table
from surveys.rates.statistics import Rate, rate_of

ALL = "all"
NUMBER, INTEGER = Datatype.NUMBER, Datatype.INTEGER
LEVEL = Column(
    "level", "Level", description="whole, service, channel, service_channel, month or service_month", required=True
)
SERVICE = Column("service", "Service", description="short name; “all” for all services together", required=True)
CHANNEL = Column("channel", "Channel", description="“all” for all channels together", required=True)
MONTH = Column("month", "Month", description="as in 2026-03; “all” for the whole period", required=True)
RATES = (
    Column("satisfied", "Very or fairly satisfied", INTEGER, "answers"),
    Column("base", "Base", INTEGER, "answers on the five points"),
    Column("do_not_know", "I do not know", INTEGER, "answers beside the base"),
    Column("share", "Share satisfied", NUMBER, "satisfied / base", share=True),
    Column("lower", "95% interval, lower", NUMBER, "Wilson's score interval", share=True),
    Column("upper", "95% interval, upper", NUMBER, "Wilson's score interval", share=True),
    Column("mark", "Mark", description="why a figure is hidden, or what to mind"),
)
HIDING = (
    "Figures of fewer than 5 answers are hidden ([c]), and others where a hidden one could be worked out from them. "
    "This is for the council and its assessors; what is published is protected further."
)
SAMPLING = "Intervals are 95% confidence intervals: sampling error only, not bias from people who did not answer."


@dataclass(frozen=True)
class Cut:
    """One row of the results and where it stands in its protected table."""

    level: str
    service: str = ALL
    channel: str = ALL
    month: str = ALL


def results_table(tally: Tally) -> PackTable:
    """The headline of the drawn by service, channel and month."""
    places = protected({(s, c): tally.rate(s, c) for s, c in sorted({(s, c) for s, c, _ in tally.ratings})})
    months = protected({(s, m): tally.rate(s, "", m) for s, m in sorted({(s, m) for s, _, m in tally.ratings})})
    rows: dict[Cut, Shown] = {Cut("whole"): whole_of(places)}
    for (service, channel), shown in places.items():
        rows[cut_of(service, channel=channel)] = shown
    for (service, month), shown in months.items():
        if month != ALL:
            rows[cut_of(service, month=month)] = shown
    ordered = sorted(rows, key=lambda cut: (LEVELS.index(cut.level), cut.service, cut.channel, cut.month))
    return PackTable(
        name="results",
        title="Overall satisfaction",
        description="Share of residents who were very or fairly satisfied, of those drawn who answered.",
        columns=(LEVEL, SERVICE, CHANNEL, MONTH, *RATES),
        rows=[(cut.level, cut.service, cut.channel, cut.month, *cells(rows[cut])) for cut in ordered],
        key=("level", "service", "channel", "month"),
        notes=(HIDING, SAMPLING),
    )


LEVELS = ("whole", "service", "channel", "service_channel", "month", "service_month")


def cut_of(service: str, channel: str = ALL, month: str = ALL) -> Cut:
    named = [part for part, code in (("service", service), ("channel", channel), ("month", month)) if code != ALL]
    filled = {"service": service, "channel": channel, "month": month}
    return Cut("_".join(named) or "whole", **{part: filled[part] for part in named})


def protected(rates: Mapping[tuple[str, str], Rate]) -> Mapping[Key, Shown]:
    """Two ways of cutting the same answers, with both totals, as managers may see them."""
    if not rates:
        return {}
    firsts, seconds = ({key[place] for key in rates} for place in (0, 1))
    dimensions = tuple(Dimension(tuple(sorted(codes)), {ALL: tuple(sorted(codes))}) for codes in (firsts, seconds))
    leaves: dict[Key, Counts] = {key: Counts(r.satisfied, r.base, r.all_base) for key, r in rates.items()}
    return protect(Table(dimensions, leaves), View.MANAGERS).shown


def whole_of(places: Mapping[Key, Shown]) -> Shown:
    return places.get((ALL, ALL), Shown(0, 0, 0))


def cells(shown: Shown) -> tuple[Cell, ...]:
    """The cells of one rate; where it is hidden each says so."""
    mark = " ".join(mark.value for mark in shown.marks)
    if shown.base is None or shown.answered is None or shown.satisfied is None:
        return (*["[c]"] * (len(RATES) - 1), mark)
    counts = (shown.satisfied, shown.base, shown.answered - shown.base)
    if shown.share is None or shown.interval is None:
        return (*counts, "[w]", "[w]", "[w]", mark or "[w]")
    return (*counts, shared(shown.share), shared(shown.interval.lower), shared(shown.interval.upper), mark)


def undrawn_table(tally: Tally) -> PackTable:
    """Kiosks and posters apart, because nobody was drawn there."""
    shown = protected({key: rate_of(counts) for key, counts in tally.undrawn.items()})
    rows = [(*key, *cells(one)) for key, one in sorted(shown.items()) if ALL not in key]
    return PackTable(
        name="undrawn",
        title="Satisfaction at kiosks and posters",
        description="Answers of people who chose to give them at a place. Nobody was drawn: they count nowhere else.",
        columns=(SERVICE, Column("mode", "Answered at", required=True), *RATES),
        rows=rows,
        key=("service", "mode"),
        notes=(HIDING, "These people chose themselves: the interval does not tell how far they stand for others."),
    )


def groups_table(counts: Iterable[GroupCount]) -> PackTable:
    """The headline by what residents told of themselves."""
    ratings: dict[tuple[str, str], dict[str, int]] = {}
    for one in counts:
        ratings.setdefault((one.item, one.code), {})[one.rating] = one.responses
    items = sorted({item for item, _ in ratings})
    rows: list[tuple[Cell, ...]] = []
    for item in items:
        shown = protected({(item, code): rate_of(found) for (of, code), found in ratings.items() if of == item})
        rows += [(*key, *cells(one)) for key, one in sorted(shown.items()) if ALL not in key]
    return PackTable(
        name="groups",
        title="Satisfaction by customer group",
        description="Overall satisfaction by what residents told of themselves after the end, of their own will.",
        columns=(
            Column("item", "Asked about", required=True),
            Column("code", "Group", description="small_groups: those of fewer than ten, together", required=True),
            *RATES,
        ),
        rows=rows,
        key=("item", "code"),
        notes=(
            HIDING,
            SAMPLING,
            "Only some residents answer these questions, so groups may not stand for all of theirs.",
        ),
    )


def answers_table(tally: Tally) -> PackTable:
    """How often each answer to each question was chosen."""
    rows: list[tuple[Cell, ...]] = []
    for question in sorted({question for question, _ in tally.codes}):
        counts = {code: n for (of, code), n in sorted(tally.codes.items()) if of == question}
        shown = protect(
            Table((total_of(counts),), {(code,): Counts(n, n, n) for code, n in counts.items()}), View.MANAGERS
        )
        for code in counts:
            base = shown.shown[code,].base
            rows.append((question, code, "[c]" if base is None else base))
    return PackTable(
        name="answers",
        title="All answers",
        description="How many of those drawn chose each answer to each question.",
        columns=(
            Column("question", "Question", required=True),
            Column("code", "Answer", required=True),
            Column("count", "Answers", INTEGER),
        ),
        rows=rows,
        key=("question", "code"),
        notes=(HIDING,),
    )


def total_of(counts: Mapping[str, int]) -> Dimension:
    return Dimension(tuple(sorted(counts)), {ALL: tuple(sorted(counts))})


def funnel_table(tally: Tally) -> PackTable:
    """What the draw said of every contact, by service and channel."""
    return PackTable(
        name="funnel",
        title="Who was asked, and why others were not",
        description="Every contact of the period by what the draw said of it. Contacts, not people; none is left out.",
        columns=(
            SERVICE,
            CHANNEL,
            Column("outcome", "Outcome", required=True),
            Column("contacts", "Contacts", INTEGER, required=True),
        ),
        rows=[(*key, count) for key, count in sorted(tally.outcomes.items())],
        key=("service", "channel", "outcome"),
        notes=("The rules and their order are in the method statement.",),
    )

"""What residents wrote, as a pack tells it: themes by sentiment, approved quotations, and praise passed on."""

from collections.abc import Mapping
from datetime import date

from nlp.comments import SENTIMENTS
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.quotations.lists import approved_quotations
from surveys.comments.texts.reach import Reach
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.queries import Themes, read_themes
from surveys.evidence.figures.cube import Known
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import ALL, INTEGER, MONTH, NUMBER, SAMPLING, SERVICE, protected
from surveys.evidence.files.tables import Cell, Column, PackTable, shared
from surveys.followups.learning.counts import read_passed_on
from surveys.rates.intervals import wilson
from surveys.rates.protection import View, protect
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.protection_tables import Counts, Dimension, Key, Mark, Table
from surveys.rates.statistics import LOW_BASE, Rate

HIDDEN, LOW, NOBODY = Mark.CONFIDENTIAL.value, Mark.LOW_RELIABILITY.value, Mark.NONE_RECORDED.value
FEW = "Figures of fewer than 5 are hidden ([c]), and others where a hidden one could be worked out from them."
NOT_SEALED = "Comments are not sealed and not in the pack, so these counts cannot be counted again from it."
# More than anybody reads; a person approved each of them.
MOST_QUOTED = 500
THEME_COLUMNS = (
    Column("theme", "Theme", description="its name for programs; “all” for all comments together", required=True),
    Column("label", "Label", required=True),
    Column("sentiment", "Sentiment", description="pos, neutral_mixed, neg, or “all”", required=True),
    Column("comments", "Comments", INTEGER, "about the theme with this sentiment"),
    Column("base", "Base", INTEGER, "classified comments of the period"),
    Column("share", "Share of comments", NUMBER, "comments / base", share=True),
    Column("lower", "95% interval, lower", NUMBER, "Wilson's score interval", share=True),
    Column("upper", "95% interval, upper", NUMBER, "Wilson's score interval", share=True),
    Column("mark", "Mark", description="why a figure is hidden, or what to mind"),
)


def themes_table(period: PackPeriod) -> PackTable:
    themes, _ = read_themes(whole_of(period), period.starts_on)
    return PackTable(
        name="themes",
        title="What comments are about",
        description="Comments by theme and sentiment. A comment may have several themes, so they add up to more.",
        columns=THEME_COLUMNS,
        rows=theme_rows(themes),
        key=("theme", "sentiment"),
        notes=(
            FEW,
            SAMPLING,
            "A program gives the labels and people correct some of them. Only comments in English are classified.",
            NOT_SEALED,
        ),
    )


def whole_of(period: PackPeriod) -> Reach:
    return Reach(period.starts_on, period.ends_on, None, None)


def theme_rows(themes: Themes) -> list[tuple[Cell, ...]]:
    """All comments first, then the themes, each by sentiment, in the order of the code frame; others last, by name."""
    frame = {label.name: label.label for label in frame_in_force().labels}
    retired = sorted(set(themes.counts) - set(frame) - {EVERY})
    labels = {EVERY: "All comments"} | frame | {name: name.replace("_", " ").capitalize() for name in retired}
    told = {name: label for name, label in labels.items() if themes.of(name)}
    sizes = shown_sizes({name: {one: themes.of(name, one) for one in SENTIMENTS} for name in told})
    return [
        (ALL if name == EVERY else name, label, sentiment, *share_cells(sizes[name, sentiment], themes.base))
        for name, label in told.items()
        for sentiment in (ALL, *SENTIMENTS)
    ]


def shown_sizes(counts: Mapping[str, Mapping[str, int]]) -> dict[Key, int | None]:
    """Counts by two codes with the total over the second; None where one is hidden."""
    if not counts:
        return {}
    seconds = tuple(dict.fromkeys(code for found in counts.values() for code in found))
    leaves: dict[Key, Counts] = {
        (one, other): Counts(n, n, n) for one, found in counts.items() for other, n in found.items()
    }
    table = Table((Dimension(tuple(counts)), Dimension(seconds, {ALL: seconds})), leaves)
    return {key: shown.base for key, shown in protect(table, View.MANAGERS).shown.items()}


def share_cells(count: int | None, base: int) -> tuple[Cell, ...]:
    """From comments to the mark."""
    interval = None if count is None or base < SMALLEST_FOR_MANAGERS else wilson(count, base)
    if count is None or interval is None:
        return (*[HIDDEN] * 5, HIDDEN)
    limits = (shared(interval.lower), shared(interval.upper))
    return (count, base, shared(count / base), *limits, LOW if base < LOW_BASE else "")


def quotations_table(period: PackPeriod, known: Known) -> PackTable:
    """Each was approved by a person who was shown where else it might lead; the month and never the day is told."""
    found = [
        (known.slugs[one.service_id], month_of(one.day), one.sentiment or "", "; ".join(one.topics), one.words)
        for one in approved_quotations(whole_of(period), most=MOST_QUOTED)
        if one.decided_at is not None and one.decided_at <= period.cutoff_at
    ]
    return PackTable(
        name="quotations",
        title="In residents’ own words",
        description="Quotations from comments, good and bad, that a person approved one by one.",
        columns=(
            Column("number", "Number", INTEGER, "within this pack", required=True),
            SERVICE,
            Column("month", "Month", description="of the contact", required=True),
            Column("sentiment", "Sentiment", description="pos, neutral_mixed or neg"),
            Column("themes", "Themes"),
            Column("words", "Quotation", required=True),
        ),
        rows=[(number, *row) for number, row in enumerate(sorted(found), 1)],
        key=("number",),
        notes=(
            "They were chosen by people. They show what residents mean, and not how many of them mean it.",
            "Personal details were taken out: “[name removed]” or “[detail removed]” stands in their place.",
            "Only services with ten writers or more in a month are quoted.",
        ),
    )


def month_of(day: date) -> str:
    return day.isoformat()[:7]


def compliments_table(period: PackPeriod, known: Known) -> PackTable:
    """Praise by the month in which it was passed on to the team that earned it."""
    counts = {
        (known.slugs[service], str(month)): Rate(count, count, 0)
        for (month, service), count in read_passed_on(period.scope).items()
    }
    shown = sorted(protected(counts).items())
    return PackTable(
        name="compliments",
        title="Praise passed on to teams",
        description="Comments of praise that were passed on to the team that earned them. Never by person.",
        columns=(SERVICE, MONTH, Column("passed_on", "Passed on", INTEGER)),
        rows=[(*key, HIDDEN if one.base is None else one.base) for key, one in shown],
        key=("service", "month"),
        notes=(FEW, NOT_SEALED),
    )

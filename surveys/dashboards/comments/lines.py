"""What comments are about, as lines and sentences. Shares pass through the protection of small numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.code_frame import CodeFrame
from nlp.comments import SENTIMENTS
from surveys.comments.texts.wording import sentiment_words
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.queries import Part, Themes
from surveys.core.csv_out import Cell
from surveys.dashboards.pages.panels import number, percent
from surveys.rates.comparing import Verdict, compare, judge
from surveys.rates.intervals import proportion
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Shown, Table

CHANGES = {
    Verdict.HIGHER: "more often",
    Verdict.LOWER: "less often",
    Verdict.NO_CLEAR_DIFFERENCE: "no clear change",
}
TOO_FEW = "too few to compare"
FEWEST_FOR_A_BAR = 5
EVERYTHING = "all"


@dataclass(frozen=True)
class ThemeLine:
    """One label of the period: how many comments have it, of which sentiment, and against the period before."""

    name: str
    label: str
    count: int
    by_sentiment: Mapping[str, int]
    shown: Shown
    change: str

    @property
    def bar(self) -> list[tuple[str, str, float, float]]:
        """(sentiment, its words, start, width) in percent of the bar; nothing where a few comments would make it."""
        if self.count < FEWEST_FOR_A_BAR:
            return []
        widths = [100 * self.by_sentiment[s] / self.count for s in SENTIMENTS]
        return [(s, sentiment_words(s), sum(widths[:i]), widths[i]) for i, s in enumerate(SENTIMENTS) if widths[i]]


def theme_lines(themes: Themes, before: Themes, frame: CodeFrame) -> list[ThemeLine]:
    """The most frequent first; labels of equal count in the order of the code frame."""
    order = {name: place for place, name in enumerate(frame.names)}
    names = {label.name: label.label for label in frame.labels}
    counted = [label for label in themes.counts if label != EVERY and themes.of(label)]
    changes = changes_of(themes, before, counted)
    shares = shares_apart({label: Part(themes.of(label), themes.base) for label in counted})
    lines = [
        ThemeLine(
            label,
            names.get(label, label.replace("_", " ").capitalize()),
            themes.of(label),
            {sentiment: themes.of(label, sentiment) for sentiment in SENTIMENTS},
            shares[label],
            changes[label],
        )
        for label in counted
    ]
    return sorted(lines, key=lambda line: (-line.count, order.get(line.name, len(order)), line.name))


def changes_of(themes: Themes, before: Themes, labels: Sequence[str]) -> dict[str, str]:
    """In words, and only where a test says so that is adjusted for all of these labels looked at together."""
    shares = {label: Part(themes.of(label), themes.base) for label in labels}
    earlier = {label: Part(before.of(label), before.base) for label in labels}
    both = [shares_apart(shares), shares_apart(earlier)]
    family = {
        label: compare(
            proportion(shares[label].count, shares[label].base), proportion(earlier[label].count, earlier[label].base)
        )
        for label in labels
        if all(shown[label].reliable for shown in both)
    }
    verdicts = {label: CHANGES[judged.verdict] for label, judged in judge(family).items()}
    return {label: verdicts.get(label, TOO_FEW) for label in labels}


def shares_apart(parts: Mapping[str, Part]) -> dict[str, Shown]:
    """Shares that do not add up to a whole: of comments by label, or of months."""
    table = Table((Dimension(tuple(parts)),), {(name,): counts_of(part) for name, part in parts.items()})
    return {key[0]: shown for key, shown in protect(table, View.MANAGERS).shown.items()}


def shares_within(parts: Mapping[str, Part]) -> dict[str, Shown]:
    """Shares of parts whose sum the page prints too: one that is hidden must not be the sum less the rest."""
    leaves = tuple(parts)
    table = Table(
        (Dimension(leaves, {EVERYTHING: leaves}),), {(name,): counts_of(part) for name, part in parts.items()}
    )
    return {key[0]: shown for key, shown in protect(table, View.MANAGERS).shown.items() if key[0] in parts}


def counts_of(part: Part) -> Counts:
    return Counts(part.count, part.base, part.base)


def mood_sentence(themes: Themes) -> str:
    """How many comments, and of which sentiment."""
    if not themes.base:
        return "No comment of this period has been classified."
    parts: dict[str, Part] = {s: Part(themes.of(EVERY, s), themes.base) for s in reversed(SENTIMENTS)}
    shown = shares_apart(parts)
    told = [
        f"{percent(shown[s].share)} {sentiment_words(s).lower()} ({limits(shown[s])})"
        for s in parts
        if shown[s].interval
    ]
    if not told:
        return "Fewer than five comments of this period have been classified, so no share is shown."
    return f"Of {themes.base:,} comments, {', '.join(told[:-1])} and {told[-1]}. In brackets: 95% confidence intervals."


def limits(shown: Shown) -> str:
    return f"{percent(shown.interval.lower)} to {percent(shown.interval.upper)}" if shown.interval else ""


def themes_sentence(lines: Sequence[ThemeLine]) -> str:
    """What is named most, and what clearly moved."""
    most = [f"{line.label} ({percent(line.shown.share)})" for line in lines[:3] if line.shown.share is not None]
    if not most:
        return ""
    first = f"Named most: {', '.join(most)}. "
    moved = [f"{line.label} {line.change}" for line in lines if line.change in ("more often", "less often")]
    if moved:
        return f"{first}Against the period before: {', '.join(moved)}."
    if all(line.change == TOO_FEW for line in lines):
        return f"{first}There are too few comments to compare with the period before."
    return f"{first}No theme clearly changed against the period before."


def part_cells(shown: Shown) -> tuple[Cell, ...]:
    interval = shown.interval
    return (
        number(shown.share),
        number(interval.lower) if interval else None,
        number(interval.upper) if interval else None,
        shown.base,
        " ".join(shown.marks),
    )

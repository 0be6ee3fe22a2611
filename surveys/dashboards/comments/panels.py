"""What comments are about, as lines, charts and sentences. Shares pass through the protection of small numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nlp.code_frame import CodeFrame
from nlp.comments import SENTIMENTS
from surveys.comments.texts.wording import sentiment_words
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.queries import Part, ThemeCuts, Themes
from surveys.core.csv_out import Cell
from surveys.dashboards.pages.charts import DARK_BLUE, GRID, arms, layout, month_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number, percent
from surveys.rates.comparing import Verdict, compare, judge
from surveys.rates.intervals import proportion
from surveys.rates.months import Month
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Shown, Table

CHANGES = {
    Verdict.HIGHER: "more often",
    Verdict.LOWER: "less often",
    Verdict.NO_CLEAR_DIFFERENCE: "no clear change",
}
TOO_FEW = "too few to compare"
FEWEST_FOR_A_BAR = 5
PART_HEADINGS = ("Share of comments (%)", "Lower limit (%)", "Upper limit (%)", "Comments", "Note")
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


def panels_of_theme(label: str, cuts: ThemeCuts) -> list[Panel]:
    """One label by month, by service and by channel."""
    services = shares_within(cuts.services)
    channels = shares_within({channel.label: part for channel, part in cuts.channels.items()})
    return [
        trend_panel(label, cuts.months),
        parts_panel("theme-services", f"{label} by service", "Service", services),
        parts_panel("theme-channels", f"{label} by channel", "Channel", channels),
    ]


def trend_panel(label: str, months: Mapping[date, Part]) -> Panel:
    shown = shares_apart({first.isoformat(): part for first, part in months.items()})
    by_month = {Month(first.year, first.month): shown[first.isoformat()] for first in months}
    drawn = {month: one for month, one in by_month.items() if one.interval}
    figure = {
        "data": [points(list(drawn.values()), "y", [month.first.isoformat() for month in drawn])],
        "layout": layout(300, 56)
        | {"xaxis": month_axis(list(drawn)), "yaxis": share_axis(range=[0, highest(drawn.values())])},
    }
    return Panel(
        "theme-months",
        f"{label} by month",
        trend_sentence(label, by_month),
        figure if drawn else None,
        ("Month", *PART_HEADINGS),
        [(month.label, *part_cells(one)) for month, one in by_month.items()],
    )


def trend_sentence(label: str, by_month: Mapping[Month, Shown]) -> str:
    """From the highest and lowest months that have a base worth relying upon."""
    firm = {month: one.share or 0 for month, one in by_month.items() if one.reliable}
    if not firm:
        return "No month has 30 comments or more, so no month is compared."
    high, low = max(firm, key=lambda m: firm[m]), min(firm, key=lambda m: firm[m])
    if firm[high] == firm[low]:
        return f"{percent(firm[high])} of comments are about {label.lower()} in {high.label}."
    return (
        f"Most often in {high.label} ({percent(firm[high])} of comments), least often in {low.label} "
        f"({percent(firm[low])}). Lines show 95% confidence intervals."
    )


def parts_panel(key: str, title: str, heading: str, parts: Mapping[str, Shown]) -> Panel:
    drawn = {name: one for name, one in list(parts.items())[::-1] if one.interval}
    figure = {
        "data": [points(list(drawn.values()), "x", list(drawn))],
        "layout": layout(96 + 34 * len(drawn), 150)
        | {
            "xaxis": share_axis(range=[0, highest(drawn.values())]),
            "yaxis": {"automargin": True, "gridcolor": GRID, "fixedrange": True},
        },
    }
    firm = [one.share or 0 for one in parts.values() if one.reliable]
    few = f"No {heading.lower()} has 30 comments or more in this period, so none is compared."
    many = (
        f"Where there are 30 comments or more, the share goes from {percent(min(firm))} to {percent(max(firm))}. "
        "Lines show 95% confidence intervals."
        if firm
        else few
    )
    rows = [(name, *part_cells(one)) for name, one in parts.items()]
    return Panel(key, title, many, figure if len(drawn) > 1 else None, (heading, *PART_HEADINGS), rows)


def highest(shown: Any) -> int:
    """The end of an axis that begins at 0: the next ten percent above every interval."""
    most = max((one.interval.upper for one in shown if one.interval), default=1.0)
    return min(100, 10 * (int(most * 10) + 1))


def points(shown: Sequence[Shown], measure: str, names: Sequence[str]) -> dict[str, Any]:
    """Dots with their intervals; measure is the axis of the shares. Months are joined by a line."""
    other = "x" if measure == "y" else "y"
    return {
        "type": "scatter",
        "mode": "lines+markers" if measure == "y" else "markers",
        measure: [number(s.share) for s in shown],
        other: list(names),
        f"error_{measure}": arms(shown),
        "text": [f"{percent(s.share)} of {s.base:,} comments" for s in shown],
        "hovertemplate": ("%{x|%B %Y}" if measure == "y" else "%{y}") + ": %{text}<extra></extra>",
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"size": 9, "color": DARK_BLUE},
    }

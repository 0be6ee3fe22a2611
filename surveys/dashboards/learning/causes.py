"""What caused cases, by service, and what clearly comes up more or less often than in the period before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from surveys.core.csv_out import Cell
from surveys.dashboards.comments.lines import CHANGES, TOO_FEW
from surveys.dashboards.learning.counts import count_cell, shown_counts
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.charts import hover
from surveys.dashboards.pages.panels import Panel, number, percent
from surveys.dashboards.pages.shown_cuts import EVERYTHING, shown_alone
from surveys.dashboards.satisfaction.place_panels import dots_figure
from surveys.rates.comparing import Comparison, compare, judge
from surveys.rates.intervals import proportion
from surveys.rates.protection_tables import Key, Shown
from surveys.rates.statistics import LOW_BASE, Rate

EVERY_SERVICE = "All of these"
HEADINGS = ("Cases", "Share (%)", "Lower limit (%)", "Upper limit (%)", "Period before", "Change")
FIELDS = ("cases", "share_percent", "lower_percent", "upper_percent", "cases_before", "change")
CLEARLY = ("more often", "less often")
MOST_TOLD = 5

# By the words of the cause and the name of the service.
Counts = Mapping[Key, int]


@dataclass(frozen=True)
class CauseLine:
    """One cause in one service or in all of them. share: of its cases whose cause is known."""

    cause: str
    service: str
    now: Shown
    share: Shown
    before: Shown | None
    change: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        before = 0 if self.before is None else count_cell(self.before)
        if self.now.base is None:
            return (HIDDEN, None, None, None, before, TOO_FEW)
        interval = self.share.interval
        limits = (number(interval.lower), number(interval.upper)) if interval else (None, None)
        return (self.now.base, number(self.share.share), *limits, before, self.change)


def cause_lines(now: Counts, before: Counts) -> list[CauseLine]:
    """First of all services, then of each by name; the most frequent cause first."""
    current = {cell: count for cell, count in now.items() if count}
    shown, earlier = shown_counts(current), shown_counts({cell: count for cell, count in before.items() if count})
    sums, sums_before = totals_of(current), totals_of(before)
    services = [EVERYTHING, *sorted({service for _, service in current})]
    keys = sorted(shown, key=lambda key: (services.index(key[1]), -sums[key[0], EVERYTHING], key[0]))
    changes = changes_of(sums, sums_before, shown, earlier)
    return [
        CauseLine(
            cause=key[0],
            service=EVERY_SERVICE if key[1] == EVERYTHING else key[1],
            now=shown[key],
            share=shown_alone(Rate(sums[key], sums[EVERYTHING, key[1]], 0)),
            before=earlier.get(key),
            change=changes.get(key, TOO_FEW),
        )
        for key in keys
        if key[0] != EVERYTHING
    ]


def totals_of(counts: Counts) -> Mapping[Key, int]:
    """How many cases count towards each cell; EVERYTHING stands for any cause or service."""
    sums: Counter[Key] = Counter()
    for (cause, service), n in counts.items():
        for key in product((cause, EVERYTHING), (service, EVERYTHING)):
            sums[key] += n
    return sums


def changes_of(
    now: Mapping[Key, int], before: Mapping[Key, int], shown: Mapping[Key, Shown], earlier: Mapping[Key, Shown]
) -> dict[Key, str]:
    """In words, adjusted for all cells looked at together; only where both periods have 30 cases with a cause."""
    family: dict[Key, Comparison] = {}
    for key, one in shown.items():
        whole = (EVERYTHING, key[1])
        bases = now[whole], before[whole]
        hidden = one.base is None or (key in earlier and earlier[key].base is None)
        if key[0] != EVERYTHING and not hidden and min(bases) >= LOW_BASE:
            pair = (proportion(counts[key], base) for counts, base in zip((now, before), bases, strict=True))
            family[key] = compare(*pair)
    return {key: CHANGES[judged.verdict] for key, judged in judge(family).items()}


def causes_panel(lines: Sequence[CauseLine], without: int, subtitle: str) -> Panel:
    """Of all services together. without: cases whose cause nobody has noted."""
    whole = [line for line in lines if line.service == EVERY_SERVICE]
    drawn = {line.cause: line.share for line in whole if line.now.base is not None}
    figure = dots_figure(drawn, ()) if drawn else None
    if figure is not None:
        figure["data"][0]["hovertext"] = [
            f"{cause}: {words}" for cause, words in zip(drawn, hover(drawn.values(), "cases"), strict=True)
        ]
    return Panel(
        key="causes",
        title="What caused them",
        sentence=causes_sentence(whole, without),
        figure=figure,
        headings=("Cause", *HEADINGS),
        rows=[(line.cause, *line.cells) for line in whole],
        subtitle=f"{subtitle}. Of the cases whose cause is known; the period before is as many months",
        reading="Dots are shares of the cases whose cause is known, and lines their 95% confidence intervals.",
        fields=("cause", *FIELDS),
    )


def causes_sentence(lines: Sequence[CauseLine], without: int) -> str:
    named = [f"{line.cause} ({percent(line.share.share)})" for line in lines[:3] if line.now.base is not None]
    open_ones = f" Of {without:,} cases nobody has noted the cause." if without >= LOW_BASE else ""
    if not named:
        return f"Too few cases have a cause noted to say what comes up again.{open_ones}"
    moved = [f"{line.cause} {line.change}" for line in lines if line.change in CLEARLY]
    compared = any(line.change != TOO_FEW for line in lines)
    calm = "No cause clearly changed" if compared else "There are too few cases to compare"
    change = f"Against the period before: {', '.join(moved)}." if moved else f"{calm} against the period before."
    return f"What comes up most: {', '.join(named)}. {change}{open_ones}"


def causes_by_service_panel(lines: Sequence[CauseLine], subtitle: str) -> Panel:
    parts = [line for line in lines if line.service != EVERY_SERVICE]
    moved = [f"{line.cause} in {line.service} {line.change}" for line in parts if line.change in CLEARLY]
    return Panel(
        key="causes-services",
        title="What caused them, by service",
        sentence=moved_sentence(moved),
        figure=None,
        headings=("Service", "Cause", *HEADINGS),
        rows=[(line.service, line.cause, *line.cells) for line in parts],
        subtitle=f"{subtitle}. Shares of each service’s cases whose cause is known",
        fields=("service", "cause", *FIELDS),
    )


def moved_sentence(moved: Sequence[str]) -> str:
    if not moved:
        return "In no service a cause clearly changed."
    more = f"; and {len(moved) - MOST_TOLD} more, in the table" if len(moved) > MOST_TOLD else ""
    return f"Clearly changed: {'; '.join(moved[:MOST_TOLD])}{more}."

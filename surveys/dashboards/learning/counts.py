"""How many cases there were, closed, opened again and late, by month and by service; praise passed on beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.panels import Panel, number
from surveys.dashboards.pages.shown_cuts import EVERYTHING, counts_of, shown_alone
from surveys.followups.learning.counts import Progress, together
from surveys.rates.months import Month
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Dimension, Key, Shown, Table
from surveys.rates.statistics import Rate
from surveys.rates.words import percent

COUNT_HEADINGS = ("Opened", "Closed", "Opened again", "First action late", "Answered late")
COUNT_FIELDS = ("opened", "closed", "opened_again", "first_action_late", "answered_late")
COUNTED = "Counted where a case was opened. Late: the last day for it passed first. [c] hidden to protect few people."


def shown_rates(parts: Mapping[Key, Rate]) -> Mapping[Key, Shown]:
    """Parts by one or two codes, with all their totals under EVERYTHING: none can be told as a total less the rest."""
    if not parts:
        return {}
    dimensions = [tuple(dict.fromkeys(codes)) for codes in zip(*parts, strict=True)]
    leaves = {key: counts_of(rate) for key, rate in parts.items()}
    table = Table(tuple(Dimension(codes, {EVERYTHING: codes}) for codes in dimensions), leaves)
    return protect(table, View.MANAGERS).shown


def shown_counts(parts: Mapping[Key, int]) -> Mapping[Key, Shown]:
    return shown_rates({key: Rate(0, count, 0) for key, count in parts.items()})


def count_cell(shown: Shown) -> Cell:
    return HIDDEN if shown.base is None else shown.base


def share_cell(shown: Shown) -> Cell:
    return HIDDEN if shown.base is None else number(shown.share)


@dataclass(frozen=True)
class ProgressLine:
    """One month or service. acted and answered: of those due, what may be shown."""

    name: str
    progress: Progress
    opened: Shown
    acted: Shown
    answered: Shown

    @property
    def cells(self) -> tuple[Cell, ...]:
        if self.opened.base is None:
            return (HIDDEN,) * len(COUNT_HEADINGS)
        return (
            self.opened.base,
            self.progress.closed,
            self.progress.reopened,
            late_cell(self.acted),
            late_cell(self.answered),
        )


def late_cell(shown: Shown) -> Cell:
    return HIDDEN if shown.base is None or shown.satisfied is None else shown.base - shown.satisfied


def progress_lines(parts: Mapping[str, Progress]) -> list[ProgressLine]:
    """A line for each in their order, and one for all of them last."""
    if not parts:
        return []
    opened = shown_counts({(name,): one.opened for name, one in parts.items()})
    acted = shown_rates({(name,): in_time(one) for name, one in parts.items()})
    answered = shown_rates({(name,): answered_in_time(one) for name, one in parts.items()})
    lines = [(name, name, one) for name, one in parts.items()]
    whole = together(parts.values())
    return [
        ProgressLine(name, one, opened[(code,)], acted[(code,)], answered[(code,)])
        for code, name, one in [*lines, (EVERYTHING, "All of these", whole)]
    ]


def in_time(progress: Progress) -> Rate:
    return Rate(progress.acted_in_time, progress.acknowledgements_due, 0)


def answered_in_time(progress: Progress) -> Rate:
    return Rate(progress.answered_in_time, progress.answers_due, 0)


def months_panel(by_month: Mapping[Month, Progress], answers: tuple[int, int], subtitle: str) -> Panel:
    lines = progress_lines({month.label: one for month, one in sorted(by_month.items())})
    return Panel(
        key="months",
        title="Cases by month",
        sentence=f"{cases_sentence(lines)} {answers_sentence(*answers)}".strip(),
        figure=None,
        headings=("Month", *COUNT_HEADINGS),
        rows=[(line.name, *line.cells) for line in lines],
        subtitle=f"{subtitle}. {COUNTED}",
        fields=("month", *COUNT_FIELDS),
    )


def services_panel(
    by_service: Mapping[str, Progress], answers: Mapping[str, tuple[int, int]], subtitle: str, links: Sequence[str]
) -> Panel:
    """answers: of the answers about contacts of the period, how many became cases. links: one for each service."""
    lines = progress_lines(by_service)
    became = shown_rates({(name,): Rate(*answers.get(name, (0, 0)), 0) for name in by_service})
    shares = [share_cell(became[(name,)]) for name in [*by_service, EVERYTHING]] if lines else []
    return Panel(
        key="services",
        title="Cases by service",
        sentence="How many cases each service had, and what share of the answers about its contacts became one.",
        figure=None,
        headings=("Service", *COUNT_HEADINGS, "Of answers (%)"),
        rows=[(line.name, *line.cells, share) for line, share in zip(lines, shares, strict=True)],
        subtitle=f"{subtitle}. {COUNTED}",
        fields=("service", *COUNT_FIELDS, "of_answers_percent"),
        links=(*links, "") if lines else (),
    )


def cases_sentence(lines: Sequence[ProgressLine]) -> str:
    if not lines:
        return "No case was opened in this period."
    whole = lines[-1]
    if whole.opened.base is None:
        return "Fewer than five cases were opened in this period, so nothing is told of them."
    one, count = whole.progress, whole.opened.base
    told = [f"{count:,} cases were opened: {one.closed:,} of them are closed, {one.reopened:,} were opened again."]
    if whole.acted.share is not None:
        told.append(f"The first action was in time for {percent(whole.acted.share)} of those that were due.")
    if whole.answered.share is not None:
        told.append(f"The answer was in time for {percent(whole.answered.share)}.")
    return " ".join(told)


def answers_sentence(became: int, answers: int) -> str:
    shown = shown_alone(Rate(became, answers, 0))
    if not shown.base or shown.share is None:
        return ""
    return f"Of {shown.base:,} answers about contacts of this period, {percent(shown.share)} became cases."


def praise_panel(passed_on: Mapping[tuple[Month, int], int], names: Mapping[int, str], subtitle: str) -> Panel:
    """Months with both totals in one protected table, so that no line gives another away."""
    counts: dict[Key, int] = {
        (month.label, names[service]): n for (month, service), n in sorted(passed_on.items()) if service in names
    }
    shown = shown_counts(counts)
    whole = shown.get((EVERYTHING, EVERYTHING))
    keys = [*counts, *((EVERYTHING, name) for name in sorted({name for _, name in counts}))]
    sentence = "No praise was passed on to a team in this period."
    if whole is not None:
        told = f"{whole.base:,}" if whole.base is not None else "Fewer than five"
        sentence = f"{told} comments of praise were passed on to the teams that earned them."
    return Panel(
        key="praise",
        title="Praise passed on to teams",
        sentence=sentence,
        figure=None,
        headings=("Month", "Service", "Passed on"),
        rows=[("All months" if key[0] == EVERYTHING else key[0], key[1], count_cell(shown[key])) for key in keys],
        subtitle=f"{subtitle}, all channels, by the month in which it was passed on. Never by person.",
        fields=("month", "service", "passed_on"),
    )

"""What the public reads of one service: published figures in words and rows, never live ones. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.evidence.published import Figures, Issue
from surveys.evidence.publishing_counts import CHANNELS, STAGES
from surveys.evidence.quarters import Quarter
from surveys.evidence.results import ALL
from surveys.evidence.results_chart import Chart, chart_of
from surveys.rates.protection_tables import Mark, Shown

HIDDEN = Mark.CONFIDENTIAL.value
STAGE_NAMES = {
    "chosen": "Chosen by lot to be asked",
    "not_chosen": "Could have been chosen, and were not",
    "asked_recently": "Left out: asked in the months before",
    "said_stop": "Left out: said that they want no surveys",
    "no_address": "Left out: no mobile number or email address",
    "left_out": "Left out: too long ago, or by another rule",
}
MARK_WORDS = {
    Mark.CONFIDENTIAL: "hidden to protect people",
    Mark.LOW_RELIABILITY: "few answers: not to be relied upon",
    Mark.ROUNDS_TO_ZERO: "rounds to zero",
    Mark.REVISED: "revised since it was first published",
}


@dataclass(frozen=True)
class Row:
    """One line of a table, as words: the share, where it lies allowing for chance, the answers, and what to mind."""

    name: str
    share: str
    interval: str
    answers: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.name, self.share, self.interval, self.answers, self.note)


@dataclass(frozen=True)
class ServicePage:
    """issue: the newest that tells of the service. chart is None where only one does."""

    slug: str
    name: str
    issue: Issue
    headline: tuple[str, ...]
    channels: tuple[Row, ...]
    months: tuple[Row, ...]
    funnel: tuple[tuple[str, str], ...]
    trend: tuple[Row, ...]
    chart: Chart | None


def services_of(issues: Sequence[Issue]) -> dict[str, Issue]:
    """Each service by its short name, with the newest quarter that tells of it; in the order of their names."""
    found: dict[str, Issue] = {}
    for issue in issues:
        for slug in issue.figures.names:
            found.setdefault(slug, issue)
    return dict(sorted(found.items(), key=lambda one: one[1].figures.names[one[0]].casefold()))


def service_page(slug: str, issues: Sequence[Issue]) -> ServicePage | None:
    """issues: the newest version of each quarter, the newest first. None where none of them tells of the service."""
    told = [issue for issue in issues if slug in issue.figures.names]
    if not told:
        return None
    figures = told[0].figures
    trend = [(issue.quarter, rate_in(issue.figures, slug)) for issue in reversed(told)]
    return ServicePage(
        slug=slug,
        name=figures.names[slug],
        issue=told[0],
        headline=headline(rate_in(figures, slug), figures.quarter),
        channels=tuple(channel_rows(figures, slug)),
        months=tuple(
            row_of(month.label, shown)
            for month in figures.quarter.months
            if (shown := figures.rate(slug, month=str(month))) is not None
        ),
        funnel=tuple(funnel_rows(figures, slug)),
        trend=tuple(row_of(quarter.label, shown) for quarter, shown in trend),
        chart=chart_of(trend) if len(trend) > 1 else None,
    )


def rate_in(figures: Figures, slug: str) -> Shown:
    return figures.rate(slug) or Shown(marks=(Mark.CONFIDENTIAL,))


def headline(shown: Shown, quarter: Quarter) -> tuple[str, ...]:
    """The figure of a service in sentences that claim no more than it does."""
    if shown.base is None or shown.share is None or shown.interval is None:
        return (f"The figure for {quarter.label} is hidden: so few people answered that some might be recognised.",)
    interval = f"{whole(shown.interval.lower)} and {whole(shown.interval.upper)}"
    words = [
        f"Of those who got in touch in {quarter.label} and answered, {whole(shown.share)} were very or fairly "
        "satisfied.",
        f"This comes from about {shown.base:,} answers. Allowing for chance, it lies between {interval} (95% "
        "confidence interval). People who did not answer may think otherwise.",
    ]
    if Mark.LOW_RELIABILITY in shown.marks:
        words.append("These are few answers: do not rely on this figure.")
    return tuple(words)


def channel_rows(figures: Figures, slug: str) -> list[Row]:
    found = [(Channel(code).label, figures.rate(slug, code)) for code in CHANNELS]
    rows = [row_of(label, shown) for label, shown in found if shown is not None]
    return [*rows, row_of("All channels", rate_in(figures, slug))]


def funnel_rows(figures: Figures, slug: str) -> list[tuple[str, str]]:
    rows = [(STAGE_NAMES[stage], count_of(figures.contacts(slug, stage))) for stage in STAGES]
    return [*rows, ("All contacts", count_of(figures.contacts(slug, ALL)))]


def row_of(name: str, shown: Shown) -> Row:
    note = "; ".join(MARK_WORDS[mark] for mark in shown.marks)
    if shown.base is None or shown.share is None or shown.interval is None:
        return Row(name, HIDDEN, HIDDEN, HIDDEN, note)
    interval = f"{whole(shown.interval.lower)} to {whole(shown.interval.upper)}"
    return Row(name, whole(shown.share), interval, f"{shown.base:,}", note)


def count_of(shown: Shown) -> str:
    return HIDDEN if shown.base is None else f"{shown.base:,}"


def whole(share: float) -> str:
    return f"{round(100 * share)}%"

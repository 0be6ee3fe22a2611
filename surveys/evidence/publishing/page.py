"""What the public reads of one service: published figures in words and rows, never live ones. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.evidence.figures.results import ALL
from surveys.evidence.publishing.chart import Chart, chart_of
from surveys.evidence.publishing.counts import CHANNELS, STAGES
from surveys.evidence.publishing.published import Figures, Issue
from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.publishing.wording import OWN_WORDS, channel_in, marks_in, month_in, quarter_in
from surveys.rates.protection_tables import Mark, Shown

HIDDEN = Mark.CONFIDENTIAL.value


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


def service_page(slug: str, issues: Sequence[Issue], language: str) -> ServicePage | None:
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
        headline=headline(rate_in(figures, slug), figures.quarter, language),
        channels=tuple(channel_rows(figures, slug, language)),
        months=tuple(
            row_of(month_in(language, month), shown, language)
            for month in figures.quarter.months
            if (shown := figures.rate(slug, month=str(month))) is not None
        ),
        funnel=tuple(funnel_rows(figures, slug, language)),
        trend=tuple(row_of(quarter_in(language, quarter), shown, language) for quarter, shown in trend),
        chart=chart_of(trend, language) if len(trend) > 1 else None,
    )


def rate_in(figures: Figures, slug: str) -> Shown:
    return figures.rate(slug) or Shown(marks=(Mark.CONFIDENTIAL,))


def headline(shown: Shown, quarter: Quarter, language: str) -> tuple[str, ...]:
    """The figure of a service in sentences that claim no more than it does."""
    w, named = OWN_WORDS[language], quarter_in(language, quarter)
    if shown.base is None or shown.share is None or shown.interval is None:
        return (w["headline_hidden"].format(quarter=named),)
    lower, upper = whole(shown.interval.lower), whole(shown.interval.upper)
    words = [
        w["headline"].format(quarter=named, share=whole(shown.share)),
        w["sure"].format(base=f"{shown.base:,}", lower=lower, upper=upper),
    ]
    if Mark.LOW_RELIABILITY in shown.marks:
        words.append(w["few"])
    return tuple(words)


def channel_rows(figures: Figures, slug: str, language: str) -> list[Row]:
    found = [(channel_in(language, Channel(code)), figures.rate(slug, code)) for code in CHANNELS]
    rows = [row_of(label, shown, language) for label, shown in found if shown is not None]
    return [*rows, row_of(OWN_WORDS[language]["all_channels"], rate_in(figures, slug), language)]


def funnel_rows(figures: Figures, slug: str, language: str) -> list[tuple[str, str]]:
    w = OWN_WORDS[language]
    rows = [(w[stage], count_of(figures.contacts(slug, stage))) for stage in STAGES]
    return [*rows, (w["all_contacts"], count_of(figures.contacts(slug, ALL)))]


def row_of(name: str, shown: Shown, language: str) -> Row:
    note = marks_in(language, shown)
    if shown.base is None or shown.share is None or shown.interval is None:
        return Row(name, HIDDEN, HIDDEN, HIDDEN, note)
    lower, upper = whole(shown.interval.lower), whole(shown.interval.upper)
    interval = OWN_WORDS[language]["to"].format(lower=lower, upper=upper)
    return Row(name, whole(shown.share), interval, f"{shown.base:,}", note)


def count_of(shown: Shown) -> str:
    return HIDDEN if shown.base is None else f"{shown.base:,}"


def whole(share: float) -> str:
    return f"{round(100 * share)}%"

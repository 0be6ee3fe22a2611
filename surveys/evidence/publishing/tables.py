"""The open data of a quarter as tables: every cell as it was protected, and what a reader must know of it. Pure."""

from surveys.evidence.figures.results import ALL, CHANNEL, INTEGER, NUMBER, SERVICE
from surveys.evidence.files.tables import Cell, Column, PackTable
from surveys.evidence.publishing.published import Figures
from surveys.rates.protection_tables import Mark, Shown

NAME = Column("service_name", "Name of the service", required=True)
MONTH = Column("month", "Month of the contact", description="as in 2026-03", required=True)
STAGE = Column("stage", "What the draw said", description="“all” for all contacts", required=True)
MARK = Column("mark", "Mark", description="why a figure is hidden, or what to mind")
RATES = (
    Column("answers", "Answers", INTEGER, "those who answered, “I do not know” included, to the nearest 5"),
    Column("base", "Base", INTEGER, "those who chose one of the five points, to the nearest 5"),
    Column("share", "Share very or fairly satisfied", NUMBER, "of the base, in whole hundredths", share=True),
    Column("lower", "95% interval, lower", NUMBER, "Wilson’s score interval, from share and base as here", share=True),
    Column("upper", "95% interval, upper", NUMBER, "Wilson’s score interval, from share and base as here", share=True),
    MARK,
)
ROUNDED = (
    "Counts are to the nearest 5. Figures of fewer than 10 people, or of fewer than 30 who all said alike, are hidden "
    "([c]), and so are others from which a hidden figure could be worked out."
)
WITHOUT_ROW = "What has no row did not occur: nobody got in touch with that service in that way."
SAMPLING = (
    "Shares are of people who were drawn by lot, were asked after they got in touch, and answered. Intervals allow for "
    "chance alone, not for people who did not answer."
)
ALL_SERVICES = "All services"
HIDDEN = Mark.CONFIDENTIAL.value


def publication_tables(figures: Figures) -> tuple[PackTable, ...]:
    return satisfaction_table(figures), months_table(figures), funnel_table(figures)


def satisfaction_table(figures: Figures) -> PackTable:
    rows = [
        (service, name_of(figures, service), channel, *rate_cells(shown))
        for (service, channel, month), shown in sorted(figures.rates.shown.items())
        if month == ALL
    ]
    return PackTable(
        name="satisfaction",
        title=f"Overall satisfaction by service and channel, {figures.quarter.label}",
        description="Share of residents who were very or fairly satisfied, by service and channel of their contact.",
        columns=(SERVICE, NAME, CHANNEL, *RATES),
        rows=rows,
        key=("service", "channel"),
        notes=(SAMPLING, ROUNDED, WITHOUT_ROW),
    )


def months_table(figures: Figures) -> PackTable:
    rows = [
        (service, name_of(figures, service), month, *rate_cells(shown))
        for (service, channel, month), shown in sorted(figures.rates.shown.items())
        if channel == ALL and month != ALL
    ]
    return PackTable(
        name="months",
        title=f"Overall satisfaction by service and month, {figures.quarter.label}",
        description="Share of residents who were very or fairly satisfied, by service and month of their contact.",
        columns=(SERVICE, NAME, MONTH, *RATES),
        rows=rows,
        key=("service", "month"),
        notes=(SAMPLING, ROUNDED),
    )


def funnel_table(figures: Figures) -> PackTable:
    rows = [
        (service, name_of(figures, service), stage, *count_cells(shown))
        for (service, stage), shown in sorted(figures.funnel.shown.items())
    ]
    return PackTable(
        name="funnel",
        title=f"Who was chosen to be asked, {figures.quarter.label}",
        description="Contacts, not people, by service and by what the draw said of them.",
        columns=(SERVICE, NAME, STAGE, Column("contacts", "Contacts", INTEGER, "to the nearest 5"), MARK),
        rows=rows,
        key=("service", "stage"),
        notes=(
            "chosen: drawn by lot; not_chosen: might have been; asked_recently: asked in the months before; said_stop: "
            "wants no surveys; no_address: no mobile number or email; left_out: too old, or by a rule.",
            "Counts are to the nearest 5. Fewer than 10 contacts are hidden ([c]), and so are others from which a "
            "hidden figure could be worked out.",
        ),
    )


def name_of(figures: Figures, service: str) -> str:
    return ALL_SERVICES if service == ALL else figures.names[service]


def rate_cells(shown: Shown) -> tuple[Cell, ...]:
    mark = marks_of(shown)
    if shown.base is None or shown.share is None or shown.interval is None:
        return (*[HIDDEN] * (len(RATES) - 1), mark)
    answered = HIDDEN if shown.answered is None else shown.answered
    return (answered, shown.base, shown.share, shown.interval.lower, shown.interval.upper, mark)


def count_cells(shown: Shown) -> tuple[Cell, ...]:
    """Of the marks only those of a count: its share means nothing."""
    revised = [mark.value for mark in shown.marks if mark is Mark.REVISED]
    return (HIDDEN, HIDDEN) if shown.base is None else (shown.base, " ".join(revised))


def marks_of(shown: Shown) -> str:
    return " ".join(mark.value for mark in shown.marks)

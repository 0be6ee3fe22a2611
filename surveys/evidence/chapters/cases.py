"""What was put right, as a pack tells it: how many cases, how soon, of what kind, and what came of them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import day_of, start_of
from surveys.core.db import db
from surveys.dashboards.learning.counts import ProgressLine, progress_lines
from surveys.dashboards.learning.times import shown_days
from surveys.dashboards.pages.shown_cuts import EVERYTHING
from surveys.evidence.chapters.comments import FEW, HIDDEN, NOBODY
from surveys.evidence.figures.cube import Known
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import ALL, INTEGER, NUMBER, SERVICE, protected
from surveys.evidence.files.tables import Cell, Column, PackTable, shared
from surveys.followups.cases.models import Case, CaseKind, CaseOutcome
from surveys.followups.learning.counts import Progress, end_of, read_days, read_progress, together
from surveys.messaging.hours import Nation
from surveys.rates.protection_tables import Shown
from surveys.rates.statistics import Rate

LIVE = (
    "Cases as they stood when the pack was built. They are no part of the sealed answers, so these figures cannot be "
    "counted again from the pack."
)
OPEN = "open"
COLUMNS = (
    SERVICE,
    Column("opened", "Opened", INTEGER),
    Column("closed", "Closed", INTEGER, "of these, by now"),
    Column("reopened", "Opened again", INTEGER),
    Column("first_action_due", "First action due", INTEGER, "cases whose last day for it has passed"),
    Column("first_action_in_time", "First action in time", NUMBER, "share of those due", share=True),
    Column("answer_due", "Answer due", INTEGER, "cases whose last day for it has passed; handed over ones apart"),
    Column("answered_in_time", "Answered in time", NUMBER, "share of those due", share=True),
    Column("first_action_days", "First action: half within", NUMBER, "working days; of those acted on"),
    Column("first_action_ninetieth", "First action: nine of ten within", INTEGER, "working days"),
    Column("close_days", "Closed: half within", NUMBER, "working days; of those closed"),
    Column("close_ninetieth", "Closed: nine of ten within", INTEGER, "working days"),
)


def cases_table(period: PackPeriod, known: Known, nation: Nation) -> PackTable:
    """By service, and all of them together, of the cases that were opened in the period."""
    today = day_of(period.cutoff_at)
    progress: dict[str, list[Progress]] = {}
    for (month, number), one in read_progress(period.scope, today).items():
        if month >= period.first:
            progress.setdefault(known.slugs[number], []).append(one)
    lines = progress_lines({slug: together(progress[slug]) for slug in sorted(progress)})
    days = {known.slugs[number]: one for number, one in read_days(period.scope, today, nation).items()}
    acted = shown_days({slug: one.to_first_action for slug, one in sorted(days.items())})
    closed = shown_days({slug: one.to_close for slug, one in sorted(days.items())})
    return PackTable(
        name="cases",
        title="Cases: what was put right, and how soon",
        description="Cases that were opened in the period from answers that somebody had to act on.",
        columns=COLUMNS,
        rows=[case_row(line, acted, closed, last=line is lines[-1]) for line in lines],
        key=("service",),
        notes=(FEW, LIVE, "Days are working days from opening, without bank holidays."),
    )


def case_row(
    line: ProgressLine,
    acted: Mapping[str, tuple[Cell, Cell]],
    closed: Mapping[str, tuple[Cell, Cell]],
    last: bool,
) -> tuple[Cell, ...]:
    name = EVERYTHING if last else line.name
    hidden = line.opened.base is None
    counts = (HIDDEN,) * 3 if hidden else (line.progress.opened, line.progress.closed, line.progress.reopened)
    spreads = (spread for found in (acted, closed) for spread in (found.get(name) or (None, None)))
    return (
        ALL if last else line.name,
        *counts,
        *in_time_cells(line.acted),
        *in_time_cells(line.answered),
        *(HIDDEN if hidden else NOBODY if one is None else one for one in spreads),
    )


def in_time_cells(shown: Shown) -> tuple[Cell, Cell]:
    if shown.base is None:
        return HIDDEN, HIDDEN
    return shown.base, NOBODY if shown.share is None else shared(shown.share)


def case_counts_table(period: PackPeriod, known: Known) -> PackTable:
    """The same cases by kind and by outcome, each with both totals."""
    kinds: Counter[tuple[str, str]] = Counter()
    outcomes: Counter[tuple[str, str]] = Counter()
    for service, kind, outcome, count in db.session.execute(counted(period)):
        kinds[known.slugs[service], kind.value] += count
        outcomes[known.slugs[service], outcome.value if outcome else OPEN] += count
    return PackTable(
        name="case_counts",
        title="Cases by kind and by outcome",
        description="Cases that were opened in the period: what they were about, and what came of them.",
        columns=(
            SERVICE,
            Column("by", "By", description="kind or outcome", required=True),
            Column("code", "Kind or outcome", description="open: not closed yet; “all” for all cases", required=True),
            Column("cases", "Cases", INTEGER),
        ),
        rows=[*count_rows("kind", kinds, list(CaseKind)), *count_rows("outcome", outcomes, [*CaseOutcome, OPEN])],
        key=("service", "by", "code"),
        notes=(FEW, LIVE, "An outcome is the judgement of the person who closed the case."),
    )


def counted(period: PackPeriod) -> sa.Select[*tuple[Any, ...]]:
    c = Case
    query = sa.select(c.service_id, c.kind, c.outcome, sa.func.count()).group_by(c.service_id, c.kind, c.outcome)
    return query.where(c.opened_at >= start_of(period.starts_on), c.opened_at < end_of(period.scope))


def count_rows(by: str, counts: Mapping[tuple[str, str], int], codes: list[str]) -> list[tuple[Cell, ...]]:
    shown = protected({key: Rate(count, count, 0) for key, count in counts.items()})
    order = [ALL, *(str(code) for code in codes)]
    keys = sorted(shown, key=lambda key: (key[0] != ALL, key[0], order.index(key[1])))
    return [
        (service, by, code, HIDDEN if shown[service, code].base is None else shown[service, code].base)
        for service, code in keys
    ]

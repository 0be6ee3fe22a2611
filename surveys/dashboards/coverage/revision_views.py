"""The page of revisions: by month, and by service and channel."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response

from surveys.core.clock import day_in_words, day_of
from surveys.core.csv_out import Cell
from surveys.dashboards.coverage.revisions import Changed, months_of
from surveys.dashboards.pages.asked import asked
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import page_or_file
from surveys.rates.months import Month
from surveys.rates.sums import read_months
from surveys.rates.told import Revised, read_revisions

SHARES = ("Before (%)", "Answers before", "Now (%)", "Answers now")
FIELDS = ("before_percent", "before_base", "now_percent", "now_base")
ABOUT = "Very or fairly satisfied in months that were over and were changed by late answers"

blueprint = Blueprint("revisions", __name__)


def months_panel(changed: Mapping[Month, Changed], whose: str) -> Panel:
    newest = next((month for month in changed), None)
    return Panel(
        key="months",
        title="Months that were revised",
        sentence="No month was revised." if newest is None else changed[newest].words(newest.label),
        subtitle=f"{ABOUT}. {whose}.",
        figure=None,
        headings=("Month", *SHARES, "In words"),
        fields=("month", *FIELDS, "words"),
        rows=[(month.label, *one.cells, one.words(month.label)) for month, one in changed.items()],
    )


def revisions_panel(found: Sequence[Revised], whose: str) -> Panel:
    return Panel(
        key="revisions",
        title="Each revision by service and channel",
        sentence=f"{len(found)} revisions, the newest first." if len(found) != 1 else "There is one revision.",
        subtitle=f"{ABOUT}. {whose}.",
        figure=None,
        headings=("Told on", "Month", "Service", "Channel", *SHARES, "Late answers"),
        fields=("told_on", "month", "service", "channel", *FIELDS, "late"),
        rows=[cells_of(one) for one in found],
    )


def cells_of(one: Revised) -> tuple[Cell, ...]:
    changed = Changed(one.before, one.after)
    place = (day_in_words(day_of(one.at)), one.month.label, one.service, one.channel.label)
    return (*place, *changed.cells, changed.late)


@blueprint.get("/rates/revisions")
def show() -> str | Response:
    page = asked()
    whose = page.about
    found = read_revisions(page.scope)
    panels = [months_panel(months_of(found, read_months(page.scope)), whose), revisions_panel(found, whose)]
    return page_or_file("dashboards/revisions.html", page, panels)

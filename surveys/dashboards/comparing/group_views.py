"""The page of customer groups: one whole year, for one service or for all that were granted."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from surveys.core.clock import today
from surveys.core.csv_out import csv_response
from surveys.dashboards.comparing.group_panels import group_panel
from surveys.dashboards.pages.asked import granted, granted_months, granted_services
from surveys.dashboards.pages.filters import in_words, read_month
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import FILE
from surveys.people.models import Service
from surveys.questionnaires.equality import EQUALITY, PREFER_NOT
from surveys.rates.groups import groups_of, read_groups_by_service
from surveys.rates.months import Month
from surveys.rates.scope import Scope, newest_month

YEARS = 5
CODES = {item: (*codes, PREFER_NOT) for item, codes in EQUALITY.items()}

blueprint = Blueprint("groups", __name__)


@dataclass(frozen=True)
class Wanted:
    """service None: all that were granted. A service that was not granted, or several, is all of them too."""

    year: int
    years: Sequence[int]
    service: Service | None
    services: Sequence[Service]

    @property
    def about(self) -> str:
        whose = self.service.name if self.service else ("all services" if granted() is None else "your services")
        return f"Contacts about {whose}, all channels, {self.words}"

    @property
    def months(self) -> tuple[Month, Month]:
        """The whole year; of an assessor the months of it that they were given, which are always the same ones."""
        first, last = granted_months() or (Month(self.year, 1), Month(self.year, 12))
        return max(first, Month(self.year, 1)), min(last, Month(self.year, 12))

    @property
    def words(self) -> str:
        whole = self.months == (Month(self.year, 1), Month(self.year, 12))
        return str(self.year) if whole else in_words(*self.months)

    @property
    def query(self) -> str:
        return f"year={self.year}" + (f"&service={self.service.id}" if self.service else "")


def wanted() -> Wanted:
    """From the address: a year, or the year in which the period of another page ends."""
    last, months = newest_month() or Month.of(today()), granted_months()
    years: Sequence[int] = range(last.year, last.year - YEARS, -1)
    if months is not None:
        years = [year for year in years if months[0].year <= year <= months[1].year] or [months[1].year]
        last = min(max(last, months[0]), months[1])
    typed = request.args.get("year", "")
    year = read_month(f"{typed}-01" if typed else request.args.get("to", ""), last, "To", []).year
    services = granted_services()
    chosen = request.args.getlist("service")
    one = next((s for s in services if [str(s.id)] == chosen), None)
    return Wanted(year if year in years else years[0], years, one, services)


def panels_of(page: Wanted) -> list[Panel]:
    scope = Scope(*page.months, granted())
    found = read_groups_by_service(scope, CODES)
    groups = groups_of(found, CODES, page.service.id if page.service else None)
    return [group_panel(one, page.about) for one in groups]


@blueprint.get("/rates/groups")
def show() -> str | Response:
    """The page; or, where the address asks for a file, every item in one."""
    page = wanted()
    panels = panels_of(page)
    if FILE not in request.args:
        return render_template(
            "dashboards/groups.html", wanted=page, panels=panels, here=request.path, query=page.query
        )
    lines = [(panel.title, *row) for panel in panels for row in panel.rows]
    fields = ("question", *(panels[0].fields if panels else ()))
    return csv_response(f"groups-{page.year}.csv", fields, lines)

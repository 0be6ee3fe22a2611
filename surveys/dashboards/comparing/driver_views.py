"""The page of key drivers: how content people are with each, and how closely it goes with the whole."""

from flask import Blueprint, Response

from surveys.dashboards.comparing.driver_panel import driver_lines, drivers_panel
from surveys.dashboards.pages.asked import Asked, asked
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import page_or_file
from surveys.rates.codes import driver_counts, read_crosses
from surveys.rates.driver_questions import published_drivers

blueprint = Blueprint("drivers", __name__)


def panel_of(page: Asked) -> Panel:
    questions = published_drivers()
    found = read_crosses(page.scope, [one.question for one in questions])
    return drivers_panel(driver_lines(driver_counts(questions, found)), page.about)


@blueprint.get("/rates/drivers")
def show() -> str | Response:
    page = asked()
    return page_or_file("dashboards/drivers.html", page, [panel_of(page)])

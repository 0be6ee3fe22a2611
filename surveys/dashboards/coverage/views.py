"""The page of response and coverage: who could be asked, who was, who answered, and what that does to the rate."""

from collections.abc import Mapping

from flask import Blueprint, Response

from surveys.dashboards.coverage.control import control_panel
from surveys.dashboards.coverage.counts import funnel, mix, reaches
from surveys.dashboards.coverage.mix_panel import mix_panel
from surveys.dashboards.coverage.panels import funnel_panel, reach_panel, response_panel
from surveys.dashboards.pages.asked import Asked, asked
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import page_or_file
from surveys.dashboards.pages.shown_cuts import shown_places
from surveys.rates.contacted import Outcomes, Place, Population, read_outcomes, read_outcomes_by_month, strata, together
from surveys.rates.cube import Cube, Pair
from surveys.rates.protection_tables import Shown
from surveys.rates.response_rates import response_rates
from surveys.rates.sums import read_places
from surveys.rates.told import read_control
from surveys.rates.weighting import weighted_rate
from surveys.rates.words import weighted_sentences

blueprint = Blueprint("coverage", __name__)


def counted_panels(page: Asked, by_pair: Mapping[Pair, Outcomes], whose: str) -> list[Panel]:
    """What becomes of contacts: two more queries."""
    all_of_it = together(by_pair.values())
    rates = response_rates(all_of_it.dispositions)
    return [
        funnel_panel(funnel(all_of_it), whose),
        response_panel(read_outcomes_by_month(page.scope), rates, whose),
        reach_panel(reaches(by_pair), page.names, whose),
        control_panel(read_control(page.scope), by_pair, whose),
    ]


def population_of(page: Asked, by_pair: Mapping[Pair, Outcomes]) -> Population:
    """Who got in touch in the period as a whole, from what was read already."""
    places = {service.id: Place(service.name, service.area) for service in page.services}
    month = page.filters.last_month
    return Population({(month, *pair): found.contacts for pair, found in by_pair.items()}, places)


def representative_words(cube: Cube, population: Population, whole: Shown) -> list[str]:
    """The weighted rate beside the unweighted one, where it may be shown at all."""
    if whole.base is None:
        return []
    rate = weighted_rate(strata(cube, population))
    return weighted_sentences(rate) if rate else []


@blueprint.get("/rates/coverage")
def show() -> str | Response:
    page = asked()
    by_pair = read_outcomes(page.scope)
    cube, population = read_places(page.scope), population_of(page, by_pair)
    shown, whose = shown_places(cube), page.about
    panels = [*counted_panels(page, by_pair, whose), mix_panel(mix(cube, population, shown.services), whose)]
    words = representative_words(cube, population, shown.whole)
    return page_or_file("dashboards/coverage.html", page, panels, words=words)

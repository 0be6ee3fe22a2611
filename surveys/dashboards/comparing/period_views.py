"""Comparison of two periods, and of each service with all the others."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request

from surveys.answers.models import Mode
from surveys.dashboards.comparing.period_panels import compared_panel
from surveys.dashboards.comparing.periods import (
    lines_against_the_rest,
    lines_of_periods,
    mix_note,
    periods_sentence,
    rest_sentence,
)
from surveys.dashboards.pages.asked import Asked, asked, granted_months
from surveys.dashboards.pages.filters import in_words, read_month
from surveys.dashboards.pages.showing import page_or_file
from surveys.dashboards.pages.shown_cuts import ShownPlaces, shown_places
from surveys.rates.contacted import Population, read_population, strata
from surveys.rates.cube import Cube, read_cube
from surveys.rates.modes import read_modes
from surveys.rates.months import Month, months_between
from surveys.rates.weighting import WeightedRate, weighted_rate

USUAL_MONTHS = 3
blueprint = Blueprint("periods", __name__)


@dataclass(frozen=True)
class Period:
    """One of the two periods: its months, what was answered in them, and the weighted rate."""

    words: str
    shown: ShownPlaces
    weighted: WeightedRate | None
    modes: Counter[Mode]


def other_period(page: Asked) -> tuple[Month, Month]:
    """As asked for; else as many months, which end where the one period begins."""
    filters, notes = page.filters, list[str]()
    length = len(months_between(filters.first_month, filters.last_month))
    last = read_month(request.args.get("before_to", ""), filters.first_month.plus(-1), "Other period to", notes)
    first = read_month(request.args.get("before_from", ""), last.plus(1 - length), "Other period from", notes)
    months = granted_months()
    if months is not None:
        first, last = (min(max(month, months[0]), months[1]) for month in (first, last))
    return min(first, last), max(first, last)


@blueprint.get("/rates/compare")
def compare() -> str | Response:
    page = asked(USUAL_MONTHS)
    first, last = other_period(page)
    filters = page.filters
    scope = replace(page.scope, first_month=min(first, filters.first_month), last_month=max(last, filters.last_month))
    cube, population, modes = read_cube(scope), read_population(scope), read_modes(scope)
    now, before = (
        period_of(months, cube, population, modes)
        for months in (months_between(filters.first_month, filters.last_month), months_between(first, last))
    )
    overlap = last >= filters.first_month and first <= filters.last_month
    lines = lines_of_periods(now.shown, before.shown, cube.names, (now.weighted, before.weighted))
    rest = lines_against_the_rest(now.shown, cube.names)
    about = f"Very or fairly satisfied, {page.population}"
    panels = [
        compared_panel(
            "periods",
            "The two periods",
            periods_sentence(lines, now.words, before.words),
            lines,
            (now.words, before.words),
            f"{about}, {now.words} less {before.words}",
        ),
        compared_panel(
            "rest",
            "Each service against all the others",
            rest_sentence(rest),
            rest,
            ("This service", "All the others"),
            f"{about}, {now.words}, each service less all the others, unweighted",
        ),
    ]
    return page_or_file(
        "dashboards/compare.html",
        page,
        [*([] if overlap else panels[:1]), *(panels[1:] if len(now.shown.services) > 1 else [])],
        before=(first, last),
        now_words=now.words,
        before_words=before.words,
        mix=mix_note(now.modes, before.modes, (now.words, before.words)),
        overlap=overlap,
    )


def period_of(
    months: Collection[Month], cube: Cube, population: Population, modes: dict[Month, dict[Mode, int]]
) -> Period:
    part = cube.part(frozenset(months))
    contacts = {cell: count for cell, count in population.contacts.items() if cell[0] in set(months)}
    counted: Counter[Mode] = Counter()
    for month in months:
        counted.update(modes.get(month, {}))
    ordered = sorted(months)
    return Period(
        words=in_words(ordered[0], ordered[-1]),
        shown=shown_places(part),
        weighted=weighted_rate(strata(part, Population(contacts, population.places))),
        modes=counted,
    )

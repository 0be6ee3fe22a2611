"""/cases/learning: what cases teach, for those who see rates; figures alone, never a case."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response

from surveys.comments.labels.code_frames import frame_in_force
from surveys.core.clock import today
from surveys.dashboards.learning.causes import cause_lines, causes_by_service_panel, causes_panel
from surveys.dashboards.learning.counts import months_panel, praise_panel, services_panel
from surveys.dashboards.learning.times import MEASURE, in_time_of, in_time_panel, times_panel
from surveys.dashboards.pages.asked import Asked, asked
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import page_or_file
from surveys.followups.cases.causes import cause_words, causes
from surveys.followups.learning.counts import Progress, read_passed_on, together
from surveys.followups.learning.reading import answers_by_service, causes_by_service, days_by_service, progress_by_month
from surveys.rates.months import Month, months_between
from surveys.rates.protection_tables import Key

PATH = "/cases/learning"
Cells = Mapping[tuple[Month, int], Progress]
Counted = Mapping[tuple[str | None, int], int]

blueprint = Blueprint("learning", __name__)


@blueprint.get(PATH)
def show() -> str | Response:
    """Up to the month that runs: cases do not wait for the ratings."""
    page = asked(newest=Month.of(today()))
    progress = progress_by_month(page.scope, today())
    panels = [*count_panels(page, progress), *time_panels(page, progress), *cause_panels(page)]
    passed_on = read_passed_on(page.scope)
    return page_or_file("dashboards/learning.html", page, [*panels, praise_panel(passed_on, page.names, page.about)])


def count_panels(page: Asked, progress: Cells) -> list[Panel]:
    """Two more queries."""
    found, answers = in_period(page, progress), answers_by_service(page.scope)
    by_service = services_of(page, found)
    links = [link_to(page, service) for service in by_service]
    whole = (sum(became for became, _ in answers.values()), sum(count for _, count in answers.values()))
    names = page.names
    return [
        months_panel(months_of(found), whole, page.about),
        services_panel(
            {names[service]: one for service, one in by_service.items()},
            {names[service]: counts for service, counts in answers.items() if service in names},
            page.about,
            links,
        ),
    ]


def time_panels(page: Asked, progress: Cells) -> list[Panel]:
    """The chart of all that was chosen, and in words that of each service. One more query."""
    names, running = page.names, Month.of(today())
    months = months_between(page.filters.first_month, page.filters.last_month)
    days = days_by_service(page.scope)
    by_service = services_of(page, in_period(page, progress))
    ever: dict[int, dict[Month, Progress]] = {service: {} for service in by_service}
    for (month, service), one in progress.items():
        if service in ever:
            ever[service][month] = one
    each = [in_time_of(names[service], found, months, running) for service, found in ever.items()]
    return [
        in_time_panel(in_time_of(MEASURE, months_of(progress), months, running), page.about, each),
        times_panel(
            {names[service]: one for service, one in by_service.items()},
            {names[service]: days[service] for service in by_service if service in days},
            page.about,
        ),
    ]


def cause_panels(page: Asked) -> list[Panel]:
    """Two more queries."""
    filters, known, names = page.filters, causes(frame_in_force()), page.names
    months = len(months_between(filters.first_month, filters.last_month))
    both = causes_by_service(page.scope, filters.first_month.plus(-months))
    now, before = (worded(counts, known, names) for counts in both)
    lines = cause_lines(now, before)
    without = sum(count for (cause, _), count in both[0].items() if cause is None)
    return [causes_panel(lines, without, page.about), causes_by_service_panel(lines, page.about)]


def worded(counts: Counted, known: Mapping[str, str], names: Mapping[int, str]) -> dict[Key, int]:
    """Cases with a cause by what the cause and the service are called; two causes of one name are one."""
    found: Counter[Key] = Counter()
    for (cause, service), n in counts.items():
        if cause and service in names:
            found[cause_words(cause, known), names[service]] += n
    return found


def in_period(page: Asked, progress: Cells) -> Cells:
    first, last = page.filters.first_month, page.filters.last_month
    return {(month, service): one for (month, service), one in progress.items() if first <= month <= last}


def months_of(progress: Cells) -> dict[Month, Progress]:
    found: dict[Month, list[Progress]] = defaultdict(list)
    for (month, _), one in progress.items():
        found[month].append(one)
    return {month: together(parts) for month, parts in found.items()}


def services_of(page: Asked, progress: Cells) -> dict[int, Progress]:
    """By name."""
    found: dict[int, list[Progress]] = defaultdict(list)
    for (_, service), one in progress.items():
        found[service].append(one)
    return {service: together(found[service]) for service in sorted(found, key=lambda one: page.names[one])}


def link_to(page: Asked, service: int) -> str:
    return f"{PATH}?{replace(page.filters, services=frozenset({service})).query}"

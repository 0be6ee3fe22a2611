"""The queries that pages of figures are made of, each over two years of every service and channel."""

from collections.abc import Callable
from typing import Any

from bench.dashboard_rows import MONTHS
from surveys.core.clock import today
from surveys.questionnaires.equality import EQUALITY
from surveys.rates.codes import read_codes, read_crosses
from surveys.rates.contacted import read_outcomes, read_outcomes_by_month, read_population
from surveys.rates.cube import read_cube
from surveys.rates.driver_questions import published_drivers
from surveys.rates.groups import read_groups_by_service
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.scope import Scope
from surveys.rates.told import read_control


def whole() -> Scope:
    newest = Month.of(today())
    return Scope(newest.plus(1 - MONTHS), newest)


READS: dict[str, Callable[[], Any]] = {
    "cube": lambda: read_cube(whole()),
    "population": lambda: read_population(whole()),
    "outcomes": lambda: read_outcomes(whole()),
    "outcomes_by_month": lambda: read_outcomes_by_month(whole()),
    "ratings": lambda: read_codes(whole(), [RATING]),
    "drivers": lambda: read_crosses(whole(), [one.question for one in published_drivers()]),
    "groups": lambda: read_groups_by_service(whole(), list(EQUALITY)),
    "control": lambda: read_control(whole()),
}

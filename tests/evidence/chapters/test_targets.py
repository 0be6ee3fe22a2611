"""The targets of a pack: as they were set by the cutoff, judged by the interval over the months in which they held."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from surveys.core.db import transaction
from surveys.evidence.chapters.beside_rates import read_known
from surveys.evidence.chapters.targets import targets_table
from surveys.evidence.figures.tally import Tally
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.targets import end_target, set_target
from tests.evidence.tabled import CUTOFF, FIRST, LAST, answer, contact, make_period, row
from tests.makers.people import make_service, make_user

EARLIER, LATER = CUTOFF - timedelta(days=60), CUTOFF + timedelta(days=1)


def put(series: Series, share: int, owner: int, moment: datetime = EARLIER, month: Month = FIRST) -> int:
    with transaction():
        return set_target(series, share, month, owner, owner, moment).id


def tally_of(service: str, satisfied: int, base: int) -> Tally:
    tally = answer(Tally(), satisfied, service=service)
    return answer(tally, base - satisfied, "neither", service=service)


def test_a_target_is_met_missed_or_not_known_by_its_interval_and_names_its_owner(app: Flask) -> None:
    owner = make_user()
    parking = make_service()
    put(Series(parking.id), 9000, owner.id)
    for satisfied, held in ((100, "met"), (50, "not met"), (88, "cannot tell")):
        found = row(targets_table(make_period(), tally_of("parking", satisfied, 100), read_known()), "parking", "all")
        assert (found["held"], found["target"], found["share"]) == (held, 0.9, satisfied / 100)
        assert (found["owner"], found["set_on"], found["weighting"]) == ("Some Body", "2026-03-05", "plain")
        assert (found["from_month"], found["to_month"]) == ("2026-01", "2026-03")


def test_what_was_set_or_ended_after_the_cutoff_had_not_happened(app: Flask) -> None:
    owner = make_user()
    series = Series(make_service().id)
    first = put(series, 8000, owner.id)
    with transaction():
        end_target(first, None, LATER)
    put(series, 9900, owner.id, LATER)
    found = row(targets_table(make_period(), tally_of("parking", 95, 100), read_known()), "parking", "all")
    assert (found["target"], found["held"]) == (0.8, "met")


def test_the_whole_is_weighted_to_the_packs_own_contacts(app: Flask) -> None:
    owner = make_user()
    make_service()
    make_service("benefits", "Benefits")
    put(Series(), 7000, owner.id)
    tally = tally_of("parking", 90, 100)
    answer(tally, 20, service="benefits")
    answer(tally, 20, "neither", service="benefits")
    contact(tally, 300)
    contact(tally, 900, "benefits")
    found = row(targets_table(make_period(), tally, read_known()), "all", "all")
    assert (found["weighting"], found["base"]) == ("weighted", 140)
    assert found["share"] == pytest.approx(0.9 * 0.25 + 0.5 * 0.75)
    assert found["unweighted"] == pytest.approx(110 / 140, abs=1e-6)


def test_a_target_that_nobody_answered_for_has_no_figure(app: Flask) -> None:
    owner = make_user()
    put(Series(make_service().id), 9000, owner.id)
    found = row(targets_table(make_period(), Tally(), read_known()), "parking", "all")
    assert (found["held"], found["share"], found["base"], found["mark"]) == ("no figure", "[w]", "[w]", "[w]")
    few = answer(Tally(), 3, month=LAST)
    hidden = row(targets_table(make_period(), few, read_known()), "parking", "all")
    assert (hidden["held"], hidden["share"], hidden["base"]) == ("no figure", "[c]", "[c]")

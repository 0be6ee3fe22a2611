"""Ratings added up by the database are what the cube's own cells come to."""

from datetime import date

import pytest
from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.contacted import Place, Population
from surveys.rates.cube import read_cube
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.series import Series
from surveys.rates.sums import Sums, read_months, read_places, read_sums
from tests.counting import statements
from tests.makers.people import make_service
from tests.rates.made import make_response, roll_up_all

JANUARY, MARCH, APRIL = Month(2026, 1), Month(2026, 3), Month(2026, 4)
SPRING = Scope(MARCH, APRIL)
WIDE = Scope(JANUARY, APRIL)


@pytest.fixture
def parking(app: Flask) -> int:
    """Two services from January to April, each month by phone and on the web, some months without an answer."""
    services = [make_service("parking").id, make_service("libraries", "Libraries").id]
    ratings = list(Satisfaction)
    with transaction():
        for n in range(40):
            day = date(2026, 1 + n % 4, 10)
            channel = (Channel.PHONE, Channel.WEB)[n // 4 % 2]
            make_response(services[n % 3 % 2], ratings[n % len(ratings)], day, channel)
    roll_up_all()
    return services[0]


def sums(scope: Scope = SPRING) -> Sums:
    return read_sums(scope, WIDE.first_month, WIDE.last_month)


def test_places_are_of_the_period_and_months_of_all_that_were_asked_for(parking: int) -> None:
    found, cube, wide = sums(), read_cube(SPRING), read_cube(WIDE)
    assert found.places.by_pair == read_places(SPRING).by_pair == cube.by_pair
    assert found.places.names == cube.names
    assert found.by_month == read_months(WIDE) == wide.by_month
    assert list(found.by_month) == sorted(wide.by_month)
    assert found.by_service == wide.months_by_service
    assert found.months_of(Series(parking)) == wide.months_of(Series(parking))
    assert found.months_of(Series(10**6)) == {}


def test_months_of_one_channel_are_told_where_the_scope_has_no_other(parking: int) -> None:
    by_web = Scope(MARCH, APRIL, None, frozenset({Channel.WEB}))
    wide = read_cube(WIDE)
    assert sums(by_web).months_of(Series(None, Channel.WEB)) == wide.months_of(Series(None, Channel.WEB))
    assert sums(by_web).months_of(Series(parking, Channel.WEB)) == wide.months_of(Series(parking, Channel.WEB))
    with pytest.raises(ValueError, match="one channel"):
        sums().months_of(Series(None, Channel.WEB))


def test_places_and_months_are_one_query(parking: int) -> None:
    with statements() as seen:
        sums()
    assert len(seen) == 1


def test_months_told_as_one_are_their_sum(parking: int) -> None:
    cube = read_cube(WIDE)
    assert cube.as_one({MARCH, APRIL}, APRIL).by_pair == read_cube(SPRING).by_pair
    assert list(cube.as_one({MARCH, APRIL}, APRIL).by_month) == [APRIL]
    contacts = {(month, parking, Channel.WEB): n for n, month in enumerate((JANUARY, MARCH, APRIL), 1)}
    found = Population(contacts, {parking: Place("Parking", "")}).as_one({MARCH, APRIL}, APRIL)
    assert found.contacts == {(APRIL, parking, Channel.WEB): 5}

"""Rates cut by month, service and channel, within what a person may see."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys.answers.models import UNDRAWN, Mode
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.cube import read_cube
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month, months_between
from surveys.rates.scope import Scope, newest_month
from surveys.rates.statistics import Rate
from tests.counting import statements
from tests.makers.people import make_service
from tests.rates.made import EVERYTHING, make_response, roll_up_all

VERY, FAIRLY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED, Satisfaction.NEITHER
UNKNOWN = Satisfaction.DO_NOT_KNOW
FEBRUARY, MARCH, APRIL = Month(2026, 2), Month(2026, 3), Month(2026, 4)


@pytest.fixture
def services(app: Flask) -> tuple[int, int]:
    """Parking and libraries over three months, by phone and on the web."""
    parking, libraries = make_service("parking").id, make_service("libraries", "Libraries").id
    with transaction():
        for service, rating, day, channel in (
            (parking, VERY, date(2026, 2, 28), Channel.PHONE),
            (parking, NEITHER, date(2026, 3, 1), Channel.PHONE),
            (parking, UNKNOWN, date(2026, 3, 31), Channel.WEB),
            (libraries, FAIRLY, date(2026, 3, 15), Channel.WEB),
            (libraries, NEITHER, date(2026, 4, 1), Channel.WEB),
            (libraries, VERY, date(2026, 4, 30), Channel.WEB),
        ):
            make_response(service, rating, day, channel, resolved="no")
    roll_up_all()
    return parking, libraries


def test_the_overall_rate_counts_the_rating_and_nothing_else(services: tuple[int, int]) -> None:
    assert read_cube(EVERYTHING).overall == Rate(satisfied=3, base=5, do_not_know=1)


@pytest.mark.parametrize("mode", list(Mode))
def test_only_answers_of_those_who_were_drawn_count(services: tuple[int, int], mode: Mode) -> None:
    before = read_cube(EVERYTHING).overall
    with transaction():
        make_response(services[0], VERY, date(2026, 3, 1), Channel.PHONE, mode)
    roll_up_all()
    assert read_cube(EVERYTHING).overall.base == before.base + (mode not in UNDRAWN)


def test_each_cut_adds_up_to_the_whole_and_is_in_order(services: tuple[int, int]) -> None:
    parking, libraries = services
    found = read_cube(EVERYTHING)
    for cut in (found.by_month, found.by_service, found.by_channel, found.by_pair):
        assert sum(rate.satisfied for rate in cut.values()) == 3
        assert sum(rate.base for rate in cut.values()) == 5
        assert sum(rate.do_not_know for rate in cut.values()) == 1
    assert list(found.by_month) == [FEBRUARY, MARCH, APRIL]
    assert [found.name(service) for service in found.by_service] == ["Libraries", "Parking"]
    assert list(found.by_channel) == [Channel.PHONE, Channel.WEB]
    assert list(found.by_pair) == [(libraries, Channel.WEB), (parking, Channel.PHONE), (parking, Channel.WEB)]
    assert found.by_pair[parking, Channel.WEB] == Rate(0, 0, 1)


def test_a_part_of_the_cube_is_what_a_narrower_scope_would_read(services: tuple[int, int]) -> None:
    parking, _ = services
    whole, phone = read_cube(EVERYTHING), frozenset({Channel.PHONE})
    narrow = read_cube(Scope(MARCH, MARCH, frozenset({parking}), phone))
    assert whole.part(months=[MARCH], services=[parking], channels=phone).rates == narrow.rates
    assert narrow.overall == Rate(0, 1, 0)


@pytest.mark.parametrize(
    ("first", "last", "base"), [(FEBRUARY, FEBRUARY, 1), (MARCH, MARCH, 2), (FEBRUARY, APRIL, 5), (APRIL, MARCH, 0)]
)
def test_the_period_holds_both_its_months_whole(
    services: tuple[int, int], first: Month, last: Month, base: int
) -> None:
    assert read_cube(Scope(first, last)).overall.base == base


def test_a_scope_sees_its_services_and_channels_alone(services: tuple[int, int]) -> None:
    _, libraries = services
    assert list(read_cube(Scope(FEBRUARY, APRIL, frozenset({libraries}))).by_service) == [libraries]
    assert read_cube(Scope(FEBRUARY, APRIL, None, frozenset({Channel.PHONE}))).overall == Rate(1, 2, 0)
    assert read_cube(Scope(FEBRUARY, APRIL, frozenset(services))) == read_cube(EVERYTHING)
    nothing = read_cube(Scope(FEBRUARY, APRIL, frozenset()))
    assert (nothing.overall, nothing.by_month) == (Rate(0, 0, 0), {})


def test_the_cube_is_one_query_and_the_newest_month_the_last_with_a_rating(services: tuple[int, int]) -> None:
    with statements() as seen:
        read_cube(EVERYTHING)
    assert len(seen) == 1
    assert newest_month() == APRIL


def test_without_figures_there_is_no_newest_month(app: Flask) -> None:
    assert newest_month() is None
    assert read_cube(EVERYTHING).overall.share is None


def test_the_database_refuses_a_figure_of_nothing(services: tuple[int, int]) -> None:
    with pytest.raises(IntegrityError, match="count_is_positive"), transaction():
        db.session.execute(sa.update(MonthFigure).values(count=0))


def test_months_go_on_over_the_end_of_a_year() -> None:
    assert [str(month) for month in months_between(Month(2025, 11), Month(2026, 2))] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert Month(2026, 1).plus(-13) == Month(2024, 12)
    assert (Month(2024, 2).last, Month(2024, 2).label) == (date(2024, 2, 29), "February 2024")
    assert Month.read("2026-03-31") == Month.read("2026-03") == MARCH

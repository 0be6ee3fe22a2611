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
from surveys.rates.models import DayFigure
from surveys.rates.queries import Month, Scope, last_day, read_figures
from surveys.rates.statistics import Rate
from tests.makers.people import make_service
from tests.rates.made import EVERYTHING, make_response, roll_up_all

VERY, FAIRLY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED, Satisfaction.NEITHER
UNKNOWN = Satisfaction.DO_NOT_KNOW
FEBRUARY, MARCH, APRIL = date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def services(app: Flask) -> tuple[int, int]:
    """Parking and libraries over three months, by phone and on the web."""
    parking, libraries = make_service("parking").id, make_service("libraries", "Libraries").id
    with transaction():
        for service, rating, day, channel in (
            (parking, VERY, FEBRUARY, Channel.PHONE),
            (parking, NEITHER, MARCH, Channel.PHONE),
            (parking, UNKNOWN, MARCH, Channel.WEB),
            (libraries, FAIRLY, MARCH, Channel.WEB),
            (libraries, NEITHER, APRIL, Channel.WEB),
            (libraries, VERY, APRIL, Channel.WEB),
        ):
            make_response(service, rating, day, channel, resolved="no")
    roll_up_all()
    return parking, libraries


def test_the_overall_rate_counts_the_rating_and_nothing_else(services: tuple[int, int]) -> None:
    assert read_figures(EVERYTHING).overall == Rate(satisfied=3, base=5, do_not_know=1)


@pytest.mark.parametrize("mode", list(Mode))
def test_only_answers_of_those_who_were_drawn_count(services: tuple[int, int], mode: Mode) -> None:
    before = read_figures(EVERYTHING).overall
    with transaction():
        make_response(services[0], VERY, MARCH, Channel.PHONE, mode)
    roll_up_all()
    assert read_figures(EVERYTHING).overall.base == before.base + (mode not in UNDRAWN)


def test_each_cut_adds_up_to_the_whole(services: tuple[int, int]) -> None:
    found = read_figures(EVERYTHING)
    for cut in (found.by_month, found.by_service, found.by_service_and_channel):
        assert sum(rate.satisfied for rate in cut.values()) == found.overall.satisfied
        assert sum(rate.base for rate in cut.values()) == found.overall.base
        assert sum(rate.do_not_know for rate in cut.values()) == found.overall.do_not_know


def test_the_cuts_are_in_order(services: tuple[int, int]) -> None:
    found = read_figures(EVERYTHING)
    assert list(found.by_month) == [Month(2026, 2), Month(2026, 3), Month(2026, 4)]
    assert [month.label for month in found.by_month] == ["February 2026", "March 2026", "April 2026"]
    assert list(found.by_service) == ["Libraries", "Parking"]
    assert list(found.by_service_and_channel) == [
        ("Libraries", Channel.WEB),
        ("Parking", Channel.PHONE),
        ("Parking", Channel.WEB),
    ]
    assert found.by_service_and_channel[("Parking", Channel.WEB)] == Rate(0, 0, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "base"),
    [(FEBRUARY, FEBRUARY, 1), (MARCH, MARCH, 2), (FEBRUARY, APRIL, 5), (APRIL, MARCH, 0)],
)
def test_the_period_holds_both_its_days(services: tuple[int, int], starts_on: date, ends_on: date, base: int) -> None:
    assert read_figures(Scope(starts_on, ends_on, None, None)).overall.base == base


def test_a_scope_of_some_services_sees_those_alone(services: tuple[int, int]) -> None:
    parking, libraries = services
    mine = read_figures(Scope(FEBRUARY, APRIL, frozenset({libraries}), None))
    assert list(mine.by_service) == ["Libraries"]
    assert mine.overall.base == 3
    assert read_figures(Scope(FEBRUARY, APRIL, frozenset({parking, libraries}), None)) == read_figures(EVERYTHING)


def test_a_scope_of_no_services_sees_nothing(services: tuple[int, int]) -> None:
    nothing = read_figures(Scope(FEBRUARY, APRIL, frozenset(), None))
    assert nothing.overall == Rate(0, 0, 0)
    assert (nothing.by_month, nothing.by_service) == ({}, {})


def test_a_scope_of_channels_sees_those_alone(services: tuple[int, int]) -> None:
    phone = read_figures(Scope(FEBRUARY, APRIL, None, frozenset({Channel.PHONE})))
    assert phone.overall == Rate(1, 2, 0)


def test_the_last_day_is_the_newest_with_a_figure(services: tuple[int, int]) -> None:
    assert last_day() == APRIL


def test_without_figures_there_is_no_last_day(app: Flask) -> None:
    assert last_day() is None
    assert read_figures(EVERYTHING).overall.share is None


def test_the_database_refuses_a_figure_of_nothing(services: tuple[int, int]) -> None:
    with pytest.raises(IntegrityError, match="count_is_positive"), transaction():
        db.session.execute(sa.update(DayFigure).values(count=0))

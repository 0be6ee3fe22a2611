"""The anonymous answers behind a point: all of them once, none of who gave them, and none where they are few."""

from datetime import date

import pytest
from flask import Flask

from surveys.answers.models import EqualityAnswer, Mode
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.way_down import AnonymousAnswer, answers_behind
from tests.counting import statements
from tests.makers.people import make_service
from tests.rates.made import EVERYTHING, make_response, roll_up_all

MARCH = Month(2026, 3)
VERY, UNKNOWN = Satisfaction.VERY_SATISFIED, Satisfaction.DO_NOT_KNOW


def parking_with(count: int, rating: Satisfaction = VERY) -> int:
    service = make_service().id
    with transaction():
        for n in range(count):
            make_response(service, rating, date(2026, 3, 1 + n % 31), resolved=f"code{n}")
    roll_up_all()
    return service


def test_every_answer_comes_once_in_pages_of_50_and_in_another_order_than_given(app: Flask) -> None:
    service = parking_with(120)
    pages = [answers_behind(EVERYTHING, MARCH, service, Channel.PHONE)]
    while (after := pages[-1].after) is not None:
        pages.append(answers_behind(EVERYTHING, MARCH, service, Channel.PHONE, after))
    assert [len(page.answers) for page in pages] == [50, 50, 20]
    shown = [answer.codes["resolved"] for page in pages for answer in page.answers]
    given = [f"code{n}" for n in range(120)]
    assert shown != given
    assert sorted(shown) == sorted(given)


def test_an_answer_has_its_codes_and_nothing_of_the_person(app: Flask) -> None:
    service = parking_with(5)
    with transaction():
        response = make_response(service, UNKNOWN, resolved="no", polite="yes")
        db.session.add(EqualityAnswer(response_id=response, item="age", code="16_24"))
        make_response(service, VERY, mode=Mode.KIOSK, resolved="kiosk")
        make_response(service, VERY, date(2026, 4, 1), resolved="april")
        make_response(service, VERY, channel=Channel.WEB, resolved="web")
    roll_up_all()
    found = answers_behind(EVERYTHING, MARCH, service, Channel.PHONE).answers
    assert len(found) == 6
    assert AnonymousAnswer(UNKNOWN, {"polite": "yes", "resolved": "no"}) in found
    assert {answer.codes["resolved"] for answer in found} == {"no", *(f"code{n}" for n in range(5))}


def test_fewer_than_five_on_the_five_points_are_not_shown(app: Flask) -> None:
    service = parking_with(4)
    with transaction():
        make_response(service, UNKNOWN)
    roll_up_all()
    with pytest.raises(Refused, match="Fewer than 5 people"):
        answers_behind(EVERYTHING, MARCH, service, Channel.PHONE)


def test_what_is_outside_the_scope_is_not_there(app: Flask) -> None:
    service = parking_with(5)
    for scope in (
        Scope(MARCH, MARCH, frozenset({service + 1})),
        Scope(MARCH, MARCH, None, frozenset({Channel.WEB})),
        Scope(MARCH.plus(1), MARCH.plus(2)),
    ):
        with pytest.raises(NotFound):
            answers_behind(scope, MARCH, service, Channel.PHONE)


def test_a_page_is_three_queries(app: Flask) -> None:
    service = parking_with(60)
    with statements() as seen:
        answers_behind(EVERYTHING, MARCH, service, Channel.PHONE)
    assert len(seen) == 3

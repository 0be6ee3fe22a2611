"""Answers to any question, answers against the rating, customer groups and drivers: each one query, exact."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.models import EqualityAnswer, Mode
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.checking import answer_drifts
from surveys.rates.codes import DriverQuestion, driver_counts, read_codes, read_crosses
from surveys.rates.drivers import DriverCounts
from surveys.rates.groups import read_groups_by_service
from surveys.rates.models import CrossFigure
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.statistics import Rate
from tests.counting import statements
from tests.makers.people import make_service
from tests.rates.made import EVERYTHING, make_response, roll_up_all

VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER
MARCH, APRIL = Month(2026, 3), Month(2026, 4)


@pytest.fixture
def answered(app: Flask) -> int:
    """Four of those drawn, and one at a kiosk who is in no figure of the drawn."""
    service = make_service().id
    with transaction():
        for rating, resolved, age, month in (
            (VERY, "first_time", "16_24", 3),
            (NEITHER, "first_time", "16_24", 3),
            (NEITHER, "no", "85_over", 4),
            (Satisfaction.DO_NOT_KNOW, "no", "85_over", 4),
        ):
            response = make_response(service, rating, date(2026, month, 10), resolved=resolved, polite="yes")
            db.session.add(EqualityAnswer(response_id=response, item="age", code=age))
        make_response(service, VERY, date(2026, 3, 10), mode=Mode.KIOSK, resolved="no")
        make_response(service, None, date(2026, 3, 10), resolved="no")
    roll_up_all()
    return service


def test_answers_are_counted_by_code(answered: int) -> None:
    assert read_codes(EVERYTHING, ["resolved"]) == {"resolved": {"first_time": 2, "no": 3}}
    assert read_codes(Scope(MARCH, MARCH), ["resolved"]) == {"resolved": {"first_time": 2, "no": 1}}
    assert read_codes(Scope(APRIL, APRIL), ["resolved", "polite"]) == {"resolved": {"no": 2}, "polite": {"yes": 2}}


def test_each_answer_has_the_rate_of_those_who_gave_it(answered: int) -> None:
    assert read_crosses(EVERYTHING, ["resolved"]) == {"resolved": {"first_time": Rate(1, 2, 0), "no": Rate(0, 1, 1)}}
    assert read_crosses(EVERYTHING, ["overall"]) == {}
    assert read_crosses(Scope(MARCH, APRIL, frozenset()), ["resolved"]) == {}


def test_customer_groups_are_by_what_residents_told_of_themselves(answered: int) -> None:
    found = {(answered, "16_24"): Rate(1, 2, 0), (answered, "85_over"): Rate(0, 1, 1)}
    assert read_groups_by_service(EVERYTHING, ["age", "sex"]) == {"age": found}


def test_drivers_are_content_or_not_by_satisfied_or_not(answered: int) -> None:
    questions = [
        DriverQuestion("delivery", "resolved", frozenset({"first_time"}), frozenset({"no"})),
        DriverQuestion("staff_attitude", "polite", frozenset({"yes"}), frozenset({"no"})),
        DriverQuestion("access", "easy", frozenset({"yes"}), frozenset({"no"})),
    ]
    found = read_crosses(EVERYTHING, [one.question for one in questions])
    assert driver_counts(questions, found) == [
        DriverCounts("delivery", content=(1, 2), not_content=(0, 1)),
        DriverCounts("staff_attitude", content=(1, 3), not_content=(0, 0)),
    ]


@pytest.mark.parametrize(
    "read",
    [
        lambda: read_codes(EVERYTHING, ["resolved"]),
        lambda: read_crosses(EVERYTHING, ["resolved", "polite"]),
        lambda: read_groups_by_service(EVERYTHING, ["age", "sex"]),
    ],
)
def test_each_of_them_is_one_query(answered: int, read: Callable[[], Any]) -> None:
    with statements() as seen:
        assert read()
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["satisfied", "base", "do_not_know"])
def test_a_cross_that_is_not_its_recount_is_found_by_the_check(answered: int, name: str) -> None:
    which = (CrossFigure.question == "resolved", CrossFigure.code == "no")
    with transaction():
        # The base goes up with the satisfied: the database refuses more satisfied than there are.
        changed = {one: getattr(CrossFigure, one) + 1 for one in {name, "base"}}
        db.session.execute(sa.update(CrossFigure).where(*which).values(changed))
    keys = [drift.key for drift in answer_drifts() if drift.key[0] == "cross"]
    assert ("cross", "2026-04-01", str(answered), "phone", "resolved", "no", name) in keys
    assert len(keys) == len({name, "base"})

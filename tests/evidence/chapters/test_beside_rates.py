"""The further tables of a pack together: the same rows give the same tables, in a bounded number of queries."""

from datetime import timedelta

from flask import Flask

from surveys.core.db import db
from surveys.evidence.chapters.beside_rates import more_tables
from surveys.evidence.figures.tally import Tally
from surveys.messaging.hours import Nation
from surveys.rates.months import Month
from tests.counting import statements
from tests.evidence.chapters.test_cases import OPENED
from tests.evidence.chapters.test_improvements import DONE
from tests.evidence.tabled import CUTOFF, answer, contact, make_period
from tests.followups.many_cases import one_case, put_cases
from tests.makers.improvements import make_improvement, make_rated
from tests.makers.people import make_service
from tests.makers.questionnaires import publish_default

MADE = CUTOFF - timedelta(days=120)


def tally() -> Tally:
    found = answer(answer(Tally(), 40), 12, "very_dissatisfied")
    contact(found, 90)
    return found


def test_more_rows_take_no_more_queries_and_the_same_rows_give_the_same_tables(app: Flask) -> None:
    publish_default()
    parking = make_service()
    counted = []
    for more in range(3):
        make_improvement(parking, done_on=DONE, made_at=MADE)
        make_rated(parking.id, Month(2025, 9).plus(more), 15, 20)
        put_cases([one_case(parking.id, OPENED, acted=1, closed=2)])
        more_tables(make_period(), tally(), Nation.ENGLAND)
        db.session.rollback()
        with statements() as seen:
            first = more_tables(make_period(), tally(), Nation.ENGLAND)
        counted.append(len(seen))
        assert more_tables(make_period(), tally(), Nation.ENGLAND) == first
        db.session.rollback()
    assert counted[0] == counted[-1] <= 40

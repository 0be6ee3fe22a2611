"""Customer groups: protected over answers and services at once, and compared as one family."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import EqualityAnswer
from surveys.core.db import db, transaction
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.comparing import Verdict
from surveys.rates.groups import groups_of, read_groups_by_service
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.statistics import Rate
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of
from tests.rates.made import make_response, roll_up_all

CODES = {"age": ("16_24", "25_34", "85_over", "prefer_not_to_say")}
YEAR = Scope(Month(2026, 1), Month(2026, 12))
VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER


def bases(found: dict[tuple[int, str], Rate], service: int | None) -> dict[str, int | None]:
    [age] = groups_of({"age": found}, CODES, service)
    return {group.code: group.shown.base for group in age.groups} | {"total": age.total.base}


def test_few_of_a_group_are_hidden_in_their_service_and_not_told_by_another() -> None:
    """Three old people in service 1: neither its other groups nor service 2 beside the total give them away."""
    found = {
        (1, "16_24"): Rate(20, 40, 0),
        (1, "25_34"): Rate(30, 50, 0),
        (1, "85_over"): Rate(0, 3, 0),
        (2, "16_24"): Rate(60, 100, 0),
        (2, "25_34"): Rate(60, 110, 0),
        (2, "85_over"): Rate(60, 120, 0),
    }
    assert bases(found, 1) == {"16_24": None, "25_34": 50, "85_over": None, "total": 93}
    assert bases(found, 2)["85_over"] is None
    assert bases(found, None) == {"16_24": 140, "25_34": 160, "85_over": 123, "total": 423}


def test_groups_are_compared_with_all_others_and_small_ones_are_not() -> None:
    found = {(1, "16_24"): Rate(50, 100, 0), (1, "25_34"): Rate(90, 100, 0), (1, "85_over"): Rate(15, 20, 0)}
    found[1, "prefer_not_to_say"] = Rate(70, 100, 0)
    [age] = groups_of({"age": found}, CODES, 1)
    verdicts = {group.code: group.judged.verdict if group.judged else None for group in age.groups}
    assert verdicts == {
        "16_24": Verdict.LOWER,
        "25_34": Verdict.HIGHER,
        "85_over": None,
        "prefer_not_to_say": None,
    }
    [young] = [group for group in age.groups if group.code == "16_24"]
    assert young.judged is not None
    assert (young.judged.comparison.other.base, young.judged.comparison.other.share) == (220, pytest.approx(175 / 220))


@pytest.fixture
def told(app: Flask) -> int:
    """Forty young people, half of them satisfied, and forty old ones who all are, in one year; two in the next."""
    service = make_service().id
    with transaction():
        for n in range(40):
            for age, rating in (("16_24", VERY if n % 2 else NEITHER), ("85_over", VERY)):
                response = make_response(service, rating, date(2026, 3, 10))
                db.session.add(EqualityAnswer(response_id=response, item="age", code=age))
        for day in (date(2027, 1, 5), date(2027, 1, 6)):
            response = make_response(service, NEITHER, day)
            db.session.add(EqualityAnswer(response_id=response, item="age", code="16_24"))
    roll_up_all()
    return service


def test_groups_are_read_by_service_in_one_query(told: int) -> None:
    with statements() as seen:
        found = read_groups_by_service(YEAR, ["age", "sex"])
    assert found == {"age": {(told, "16_24"): Rate(20, 40, 0), (told, "85_over"): Rate(40, 40, 0)}}
    assert len(seen) == 1


def test_the_page_says_which_groups_differ(client: FlaskClient, told: int) -> None:
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get("/rates/groups?year=2026"))
    assert "“16 to 24” 50%, 50 percentage points lower than all others" in words
    assert "85 or over 100.0" in words
    file = client.get(f"/rates/groups?year=2026&service={told}&file=groups").get_data(as_text=True)
    assert "Age,16 to 24,50.0," in file


def test_a_year_is_shown_whole_or_hidden_and_no_months_can_be_chosen(client: FlaskClient, told: int) -> None:
    sign_in(client, make_user(Role.MANAGER))
    hidden = text_of(client.get("/rates/groups"))
    assert "16 to 24 [c] [c] not compared [c] too few answers to show" in hidden
    assert "50%" not in hidden
    whole = client.get("/rates/groups?year=2026").get_data(as_text=True)
    assert client.get("/rates/groups?to=2026-03&from=2026-03").get_data(as_text=True) == whole


def test_a_manager_of_another_service_sees_nobody(client: FlaskClient, told: int) -> None:
    sign_in(client, make_user(Role.MANAGER, service=make_service("libraries", "Libraries")))
    words = text_of(client.get(f"/rates/groups?year=2026&service={told}"))
    assert "Nobody has told us of themselves in this year" in words
    assert "Parking" not in words


def test_the_page_makes_a_bounded_number_of_queries(client: FlaskClient, told: int) -> None:
    sign_in(client, make_user(Role.MANAGER))
    client.get("/rates/groups")
    with statements() as seen:
        client.get("/rates/groups?year=2026")
    assert len(seen) <= 5, seen

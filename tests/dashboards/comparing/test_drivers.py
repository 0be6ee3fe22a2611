"""Key drivers: which answers say content, what is hidden, and a page that claims no cause."""

from datetime import date
from itertools import combinations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import transaction
from surveys.dashboards.comparing.driver_labels import LEFT_END, RIGHT_END, box_of, label_places
from surveys.dashboards.comparing.driver_panel import driver_lines, drivers_panel
from surveys.people.roles import Role
from surveys.questionnaires.definition import read_question
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.library import READY
from surveys.rates.driver_questions import driver_questions
from surveys.rates.drivers import DriverCounts
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.questionnaires import Definition, publish_changed
from tests.pages import soup, text_of
from tests.rates.made import make_response, roll_up_all

VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER


def test_the_positive_answers_of_each_kind_say_content_and_do_not_know_says_neither() -> None:
    found = {one.question: one for one in driver_questions(map(read_question, READY.values()))}
    assert set(found) == set(READY)
    assert {
        key: sorted(found[key].content) for key in ("outcome", "did_as_said", "polite", "easy_to_contact", "effort")
    } == {
        "outcome": ["fairly_satisfied", "very_satisfied"],
        "did_as_said": ["yes"],
        "polite": ["agree", "strongly_agree"],
        "easy_to_contact": ["fairly_easy", "very_easy"],
        "effort": ["1", "2"],
    }
    assert sorted(found["polite"].not_content) == ["disagree", "neither", "strongly_disagree"]
    assert all("do_not_know" not in one.content | one.not_content for one in found.values())


def test_a_scale_that_does_not_say_which_end_is_good_is_left_out() -> None:
    scale = READY["effort"] | {"key": "queue"}
    assert driver_questions([read_question(scale), read_question({**READY["polite"], "driver": ""})]) == []


def test_a_side_of_few_hides_its_driver_and_one_of_under_thirty_is_not_ranked() -> None:
    lines = driver_lines(
        [
            DriverCounts("access", content=(40, 50), not_content=(10, 50)),
            DriverCounts("delivery", content=(90, 100), not_content=(1, 3)),
            DriverCounts("fairness", content=(90, 100), not_content=(5, 20)),
        ]
    )
    assert [line.name for line in lines] == ["Access", "Fair treatment", "Delivery"]
    panel = drivers_panel(lines, "about")
    assert panel.rows[2][1:] == (*(None,) * 8, "[c] too few answers to show")
    assert panel.rows[1][4:9] == (120, None, None, None, None)
    assert panel.rows[0][4:6] == (100, 60.0)
    assert panel.figure is not None
    assert panel.figure["data"][0]["x"] == [50.0]
    assert panel.figure["layout"]["xaxis"]["range"] == panel.figure["layout"]["yaxis"]["range"] == [0, 100]


def with_polite(found: Definition) -> Definition:
    return found | {"questions": [*found["questions"], READY["polite"]]}


def test_no_name_of_a_point_covers_another_or_leaves_the_chart_on_a_narrow_screen() -> None:
    points = [
        ("Staff attitude", 89.0, 68.0),
        ("Fair treatment", 84.0, 49.0),
        ("Information", 77.0, 45.0),
        ("Professionalism", 86.0, 41.0),
        ("Delivery", 65.0, 33.0),
        ("Timeliness", 48.0, 27.0),
        ("Access", 57.0, 26.0),
    ]
    boxes = [box_of(place, len(name), x, y) for place, (name, x, y) in zip(label_places(points), points, strict=True)]
    assert not [one for one, other in combinations(boxes, 2) if one.meets(other)]
    assert all(box.left >= LEFT_END and box.right <= RIGHT_END for box in boxes)


@pytest.fixture
def answered(app: Flask) -> int:
    """Sixty who found us polite, nearly all of them satisfied, and forty who did not, of whom a quarter were."""
    service = make_service().id
    publish_changed(with_polite)
    with transaction():
        for n in range(100):
            code, rating = (
                ("agree", VERY if n % 20 else NEITHER) if n < 60 else ("disagree", NEITHER if n % 4 else VERY)
            )
            make_response(service, rating, date(2026, 3, 10), polite=code)
    roll_up_all()
    return service


def test_the_page_says_what_goes_with_satisfaction_and_never_what_causes_it(client: FlaskClient, answered: int) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/rates/drivers")
    words = text_of(page)
    assert (
        "Staff attitude goes most closely with overall satisfaction: among those content with it 70 percentage" in words
    )
    assert "What goes together need not be the cause" in words
    assert soup(page).select_one(".chart") is not None
    file = client.get("/rates/drivers?file=drivers").get_data(as_text=True)
    assert "Staff attitude,60.0,50.2,69.1,100,70.0," in file


def test_a_manager_of_another_service_sees_no_driver(client: FlaskClient, answered: int) -> None:
    sign_in(client, make_user(Role.MANAGER, service=make_service("libraries", "Libraries")))
    words = text_of(client.get(f"/rates/drivers?service={answered}"))
    assert "No driver stands out" in words
    assert "Staff attitude" not in words


def test_the_page_makes_a_bounded_number_of_queries(client: FlaskClient, answered: int) -> None:
    sign_in(client, make_user(Role.MANAGER))
    client.get("/rates/drivers")
    with statements() as seen:
        client.get("/rates/drivers")
    assert len(seen) <= 7, seen

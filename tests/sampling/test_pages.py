"""The pages of sampling: plans to read, rates to fix, and why a contact was (not) asked."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import transaction
from surveys.people.roles import Role
from surveys.sampling.forms import read_percent
from surveys.sampling.models import SamplingPlan
from surveys.sampling.plans import all_plans, ensure_plans, find_plan
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.sampling.made import MOMENT, draw_all, make_plan


@pytest.fixture
def next_plan(app: Flask) -> SamplingPlan:
    with transaction():
        ensure_plans(MOMENT)
    return all_plans()[0]


def test_the_plans_are_listed_with_their_commitments(client: FlaskClient, next_plan: SamplingPlan) -> None:
    words = text_of(sign_in(client, make_user(Role.ASSESSOR)).get("/sampling"))
    for plan in all_plans():
        assert plan.commitment in words or plan.commitment[:12] in words


def test_a_plan_shows_its_rules_and_outcomes_and_never_its_key(client: FlaskClient, folder: Path) -> None:
    plan = make_plan()
    load_rows(folder, [row("A1"), row("A2")])
    draw_all()
    response = sign_in(client, make_user(Role.ASSESSOR)).get(f"/sampling/{plan.id}")
    assert response.status_code == 200
    assert plan.commitment in text_of(response)
    assert plan.key.hex() not in response.get_data(as_text=True)
    assert "Selected" in text_of(response)


def test_an_unknown_plan_is_a_page_not_found(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_user())
    assert client.get("/sampling/99").status_code == 404
    assert client.post("/sampling/99/rates", data={"default": "5"}).status_code == 404


def test_only_administrators_may_set_rates(client: FlaskClient, next_plan: SamplingPlan) -> None:
    url = f"/sampling/{next_plan.id}/rates"
    sign_in(client, make_user(Role.ASSESSOR))
    assert client.get(url).status_code == 403
    assert client.post(url, data={"default": "1"}).status_code == 403
    assert find_plan(next_plan.id).default_rate == 10_000


def test_rates_are_set_on_the_page_and_shown_again(client: FlaskClient, next_plan: SamplingPlan) -> None:
    service = make_service()
    sign_in(client, make_user())
    url = f"/sampling/{next_plan.id}/rates"
    assert client.get(url).status_code == 200
    response = client.post(url, data={"default": "25", f"rate-{service.id}-web": "12.5", f"rate-{service.id}-post": ""})
    assert (response.status_code, response.location) == (303, f"/sampling/{next_plan.id}")
    page = soup(client.get(url))
    assert page.find("input", {"name": "default"})["value"] == "25"
    assert page.find("input", {"name": f"rate-{service.id}-web"})["value"] == "12.5"
    assert [(r.service_id, r.rate) for r in find_plan(next_plan.id).rates] == [(service.id, 1_250)]


def test_rates_that_cannot_be_read_are_told_and_what_was_typed_stays(
    client: FlaskClient, next_plan: SamplingPlan
) -> None:
    service = make_service()
    sign_in(client, make_user())
    response = client.post(f"/sampling/{next_plan.id}/rates", data={"default": "120", f"rate-{service.id}-web": "lots"})
    assert response.status_code == 422
    words = text_of(response)
    assert "Rate for everything else must be a percentage from 0 to 100" in words
    assert "Parking, Web: rate must be a percentage" in words
    assert soup(response).find("input", {"name": f"rate-{service.id}-web"})["value"] == "lots"
    assert find_plan(next_plan.id).default_rate == 10_000


def test_rates_of_a_period_that_has_begun_are_refused_on_the_page(client: FlaskClient, folder: Path) -> None:
    plan = make_plan()
    load_rows(folder, [row("A1")])
    draw_all()
    response = sign_in(client, make_user()).post(f"/sampling/{plan.id}/rates", data={"default": "5"})
    assert response.status_code == 422
    assert "rates are fixed" in text_of(response)


def test_the_why_page_answers_for_one_reference(client: FlaskClient, folder: Path) -> None:
    make_plan()
    load_rows(folder, [row("A1", email="some.body@example.com")])
    draw_all()
    sign_in(client, make_user(Role.OFFICER))
    assert client.get("/why").status_code == 200
    response = client.get("/why?source=crm&reference=A1")
    assert "It was selected: its number is below the rate." in text_of(response)
    assert "some.body" not in response.get_data(as_text=True)


def test_the_why_page_says_that_nothing_was_loaded_under_a_reference(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_user(Role.OFFICER))
    response = client.get("/why?source=crm&reference=<b>A9</b>")
    assert response.status_code == 200
    assert "<b>A9" not in response.get_data(as_text=True)
    assert "No contact" in text_of(response)


def test_the_why_page_asks_for_what_is_missing(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_user(Role.OFFICER))
    response = client.get("/why?source=crm&reference=")
    assert response.status_code == 422
    assert "Enter a reference" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("0", 0),
        ("100", 10_000),
        (" 25 % ", 2_500),
        ("12.5", 1_250),
        ("0.01", 1),
        ("0.001", None),
        ("100.01", None),
        ("-1", None),
        ("", None),
        ("%", None),
        ("nan", None),
        ("inf", None),
        ("1e999999", None),
        ("1e-999999", None),
        ("12,5", None),
    ],
)
def test_a_percentage_is_read_to_two_decimals_or_refused(typed: str, rate: int | None) -> None:
    assert read_percent(typed) == rate

"""What an assessor sees: the figures and packs of the months that they were given, on every page that has months."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.evidence.files.models import WorkState
from surveys.evidence.packs.models import EvidencePack
from surveys.people.assessors import Access
from surveys.people.audit import record
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.rates.made import make_ratings, roll_up_all

SATISFIED, NOT = Satisfaction.VERY_SATISFIED, Satisfaction.VERY_DISSATISFIED
FEBRUARY = Access(date(2100, 1, 1), date(2026, 2, 1), date(2026, 2, 1))


@pytest.fixture
def assessor(client: FlaskClient) -> FlaskClient:
    """Of February 2026 alone. Ten are satisfied in January, twelve are not in February, and fourteen are in March."""
    service = make_service().id
    for month, count, rating in ((1, 10, SATISFIED), (2, 12, NOT), (3, 14, SATISFIED)):
        make_ratings(service, [rating] * count, date(2026, month, 10))
    roll_up_all()
    return sign_in(client, make_user(Role.ASSESSOR, access=FEBRUARY))


def months_of(answer: TestResponse) -> set[str]:
    lines = [line.split(",") for line in answer.get_data(as_text=True).splitlines()]
    return {cells[1] for cells in lines if cells[0] == "month"}


@pytest.mark.parametrize("asked", ["", "?from=2026-01&to=2026-03", "?from=2026-03&to=2026-03", "?from=2000-01"])
def test_whatever_period_is_asked_for_only_the_months_given_are_shown(assessor: FlaskClient, asked: str) -> None:
    answer = assessor.get(f"/rates.csv{asked}")
    assert months_of(answer) == {"2026-02"}
    assert ",12," in answer.get_data(as_text=True)
    assert "14" not in answer.get_data(as_text=True).partition("\n")[2].replace("2026", "")


def test_a_page_says_that_other_months_were_left_out(assessor: FlaskClient) -> None:
    page = text_of(assessor.get("/?from=2026-01&to=2026-03"))
    assert "Your account sees February 2026. Other months were left out." in page
    assert "March 2026" not in page
    assert "left out" not in text_of(assessor.get("/?from=2026-02&to=2026-02"))


def test_the_way_down_and_the_other_period_are_cut_too(assessor: FlaskClient) -> None:
    service = make_service("bins", "Bins").id - 1
    for month, status in (("2026-01", 404), ("2026-02", 200), ("2026-03", 404)):
        assert assessor.get(f"/rates/behind/{month}/{service}/phone").status_code == status
    compared = assessor.get("/rates/compare?from=2026-02&to=2026-02&before_from=2026-01&before_to=2026-01")
    assert compared.status_code == 200
    assert "January 2026" not in text_of(compared)


def test_the_groups_of_a_year_are_of_the_months_given(assessor: FlaskClient) -> None:
    for asked in ("", "?year=2026", "?year=2025"):
        page = assessor.get(f"/rates/groups{asked}")
        years = [option.text for option in soup(page).select("#year option")]
        assert (page.status_code, years) == (200, ["2026"])


def test_the_pages_without_months_of_their_own_open(assessor: FlaskClient) -> None:
    for path in ("/rates/targets", "/rates/coverage", "/improvements", "/comments/quotations"):
        assert assessor.get(path).status_code == 200, path


def put_pack(first: date, last: date) -> int:
    with transaction():
        record("evidence pack asked for", "pack")
        pack = EvidencePack(starts_on=first, ends_on=last, cutoff=1, cutoff_at=now(), asked_at=now())
        pack.state = WorkState.QUEUED
        db.session.add(pack)
        db.session.flush()
        return pack.id


def test_only_packs_that_lie_within_the_months_are_listed_and_open(assessor: FlaskClient) -> None:
    own = put_pack(date(2026, 2, 1), date(2026, 2, 28))
    others = [put_pack(date(2026, 1, 1), date(2026, 2, 28)), put_pack(date(2026, 2, 1), date(2026, 3, 31))]
    page = soup(assessor.get("/evidence"))
    assert [link["href"] for link in page.select("tbody a")] == [f"/evidence/{own}"]
    assert assessor.get(f"/evidence/{own}").status_code == 200
    for number in others:
        assert assessor.get(f"/evidence/{number}").status_code == 404
        assert assessor.get(f"/evidence/{number}/progress").status_code == 404
        assert assessor.post(f"/evidence/{number}/download").status_code == 404


def test_an_administrator_gives_access_on_the_page(app: Flask, client: FlaskClient) -> None:
    user = make_user(Role.ASSESSOR, access=None)
    sign_in(client, make_user())
    assert "Sees nothing yet" in text_of(client.get("/evidence/assessors"))
    form = {"ends_on": (today() + timedelta(days=30)).isoformat(), "first": "2026-01", "last": "2026-03"}
    answer = client.post(f"/evidence/assessors/{user.id}", data=form)
    assert (answer.status_code, answer.location) == (303, "/evidence/assessors")
    words = text_of(client.get("/evidence/assessors"))
    assert "January 2026 to March 2026" in words
    assert "Open" in words
    assert soup(client.get(f"/evidence/assessors/{user.id}")).find("input", {"name": "last"})["value"] == "2026-03"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("last", "2025-12", "Last month must be the first month or later"),
        ("first", "soon", "First month must be a month like 2026-03"),
        ("ends_on", "", "Enter the last day"),
        ("ends_on", "1999-01-01", "Last day must be a day like 2026-09-30"),
    ],
)
def test_access_that_cannot_be_is_refused_in_words(client: FlaskClient, field: str, typed: str, words: str) -> None:
    user = make_user(Role.ASSESSOR, access=None)
    sign_in(client, make_user())
    form = {"ends_on": today().isoformat(), "first": "2026-01", "last": "2026-03"} | {field: typed}
    answer = client.post(f"/evidence/assessors/{user.id}", data=form)
    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_who_is_no_assessor_has_no_such_page(client: FlaskClient) -> None:
    manager = make_user(Role.MANAGER)
    sign_in(client, make_user())
    assert client.get(f"/evidence/assessors/{manager.id}").status_code == 404
    assert sign_in(client, manager).get("/evidence/assessors").status_code == 403


def test_the_list_of_assessors_costs_the_same_however_many_there_are(client: FlaskClient) -> None:
    sign_in(client, make_user())
    counts = []
    for number in range(4):
        make_user(Role.ASSESSOR, email=f"assessor{number}@example.gov.uk")
        with statements() as made:
            assert client.get("/evidence/assessors").status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[-1] <= 8

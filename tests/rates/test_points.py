"""Kiosks and posters in the figures: apart from those who were drawn, by place, and equal to a recount."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import PointKind
from surveys.core.db import db, transaction
from surveys.people.roles import Role
from surveys.rates.checking import check
from surveys.rates.cube import read_cube
from surveys.rates.models import PointFigure
from surveys.rates.points import read_points
from surveys.rates.roll_up import recount_everything, roll_up
from surveys.rates.scope import Scope
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.points import make_point, path_of, rate
from tests.pages import soup, text_of
from tests.rates.made import EVERYTHING


@pytest.fixture
def rated(app: Flask) -> tuple[int, int]:
    """Two services: three answers at a kiosk, one of them in doubt, and one by a poster."""
    parking, bins = make_service(), make_service("bins", "Bins")
    services = parking.id, bins.id
    kiosk = path_of(make_point(PointKind.KIOSK, parking, "Town Hall"))
    poster = path_of(make_point(PointKind.POSTER, bins, "Recycling centre"))
    client = app.test_client()
    for path, rating in ((kiosk, "very_satisfied"), (kiosk, "very_satisfied"), (kiosk, "neither"), (poster, "neither")):
        rate(client, path, rating)
    with transaction():
        roll_up()
    return services


def test_each_place_has_its_share_its_base_and_its_doubts(rated: tuple[int, int]) -> None:
    poster, kiosk = read_points(EVERYTHING)
    assert (kiosk.place, kiosk.kind, kiosk.service) == ("Town Hall", PointKind.KIOSK, "Parking")
    assert (kiosk.rate.satisfied, kiosk.rate.base, kiosk.doubted) == (2, 3, 1)
    assert (poster.place, poster.rate.base, poster.doubted) == ("Recycling centre", 1, 0)


def test_they_are_in_no_rate_of_those_who_were_drawn(rated: tuple[int, int]) -> None:
    assert read_cube(EVERYTHING).overall.base == 0


def test_only_the_services_and_channels_asked_for_are_told(rated: tuple[int, int]) -> None:
    months = EVERYTHING.first_month, EVERYTHING.last_month
    assert [p.place for p in read_points(Scope(*months, frozenset({rated[0]}), None))] == ["Town Hall"]
    assert read_points(Scope(*months, frozenset(), None)) == []
    assert read_points(Scope(months[0], months[0])) == []
    assert read_points(Scope(*months, None, frozenset())) == []


def test_the_figures_equal_a_recount_and_a_changed_one_shows(rated: tuple[int, int]) -> None:
    assert check().drifts == []
    with transaction():
        db.session.execute(sa.update(PointFigure).where(PointFigure.doubted).values(count=9))
    drift, *totals = check().drifts
    assert (drift.stored, drift.recount) == (9, 1)
    assert "doubted" in drift.key
    assert {one.key[0] for one in totals} == {"point total"}
    assert {one.key[-1] for one in totals} == {"satisfied", "base", "doubted"}
    with transaction():
        recount_everything()
    assert check().drifts == []


def test_the_rates_page_shows_them_apart_as_no_sample(client: FlaskClient, rated: tuple[int, int]) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/rates/points")
    assert "Not a sample: anyone could answer" in text_of(page)
    table = soup(page).select_one("section[aria-labelledby=points-title] table")
    assert table is not None
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows[1] == ["Town Hall", "Kiosk", "Parking", "Face to face", "66.7", "3", "1"]


def test_a_manager_of_one_service_sees_that_one_s_points_only(client: FlaskClient, rated: tuple[int, int]) -> None:
    bins = make_service("libraries", "Libraries")
    sign_in(client, make_user(Role.MANAGER, service=bins))
    assert "Town Hall" not in text_of(client.get("/rates/points"))
    assert "Town Hall" not in client.get("/rates/points.csv").get_data(as_text=True)


def test_the_file_of_points_says_that_they_are_no_sample(client: FlaskClient, rated: tuple[int, int]) -> None:
    sign_in(client, make_user(Role.MANAGER))
    lines = list(csv.DictReader(io.StringIO(client.get("/rates/points.csv").get_data(as_text=True))))
    assert {line["note"] for line in lines} == {"not a sample: anyone could answer"}
    kiosk = next(line for line in lines if line["kind"] == "kiosk")
    assert (kiosk["rate_percent"], kiosk["base"], kiosk["satisfied"], kiosk["doubted"]) == ("66.7", "3", "2", "1")

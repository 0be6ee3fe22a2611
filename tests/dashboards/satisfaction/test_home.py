"""The console's home: exact figures, only what was granted, the same numbers as CSV, a bounded cost."""

import csv
import io
import json
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.accounts import all_services
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.rates.made import make_response, roll_up_all

VERY, FAIRLY = Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED
NEITHER, WORST = Satisfaction.NEITHER, Satisfaction.VERY_DISSATISFIED
UNKNOWN = Satisfaction.DO_NOT_KNOW
MARCH = date(2026, 3, 10)
PARKING = (*[VERY] * 4, FAIRLY, FAIRLY, NEITHER, NEITHER, UNKNOWN)
LIBRARIES = (*[VERY] * 5, WORST)


@pytest.fixture
def answered(app: Flask) -> tuple[int, int]:
    """Parking 6 of 8 by phone and one who does not know, libraries 5 of 6 on the web."""
    parking, libraries = make_service("parking", "Parking").id, make_service("libraries", "Libraries").id
    with transaction():
        for rating in PARKING:
            make_response(parking, rating, MARCH, Channel.PHONE)
        for rating in LIBRARIES:
            make_response(libraries, rating, MARCH, Channel.WEB)
    roll_up_all()
    return parking, libraries


def csv_of(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/rates.csv{query}").get_data(as_text=True))))


@pytest.mark.usefixtures("answered")
def test_the_headline_is_the_exact_rate_with_base_and_interval(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/")
    words = text_of(page)
    assert "79% were very or fairly satisfied, from 14 answers" in words
    assert "52% to 92%" in words
    assert "1 more said “I do not know”; with them in the base it is 73%" in words


@pytest.mark.usefixtures("answered")
def test_the_csv_has_the_numbers_of_the_page(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    lines = csv_of(client)
    whole = lines[0]
    assert (whole["rate_percent"], whole["base"], whole["satisfied"]) == ("78.6", "14", "11")
    by_service = {line["service"]: (line["satisfied"], line["base"]) for line in lines if line["level"] == "service"}
    assert by_service == {"Parking": ("6", "8"), "Libraries": ("5", "6")}
    table = soup(client.get("/")).find(id="services-title")
    assert table is not None
    section = table.find_parent("section")
    assert section is not None
    cells = [[c.get_text() for c in r.find_all(["th", "td"])] for r in section.find_all("tr")[1:]]
    assert [(c[0], c[1], c[4]) for c in cells] == [("Libraries", "83.3", "6"), ("Parking", "75.0", "8")]


@pytest.mark.usefixtures("answered")
def test_filters_in_the_address_cut_the_figures(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    by_channel = csv_of(client, "?channel=web")
    assert (by_channel[0]["base"], by_channel[0]["satisfied"]) == ("6", "5")
    assert csv_of(client, "?from=2001-01-31&to=2001-12-01") == csv_of(client, "?from=2001-01&to=2001-12")
    nothing = csv_of(client, "?from=2001-01&to=2001-12")
    assert (nothing[0]["base"], nothing[0]["rate_percent"]) == ("0", "")
    page = client.get("/?channel=web")
    assert soup(page).select_one("#channel-web[checked]") is not None
    assert "channel=web" in str(soup(page).find("a", string="Download all of these figures (CSV)"))


def test_a_manager_of_one_service_sees_that_service_only(client: FlaskClient, answered: tuple[int, int]) -> None:
    parking, libraries = answered
    mine = next(service for service in all_services() if service.id == libraries)
    db.session.rollback()
    sign_in(client, make_user(Role.MANAGER, service=mine))
    assert {line["service"] for line in csv_of(client)} == {"", "Libraries"}
    assert csv_of(client)[0]["base"] == "6"
    assert csv_of(client, f"?service={parking}")[0]["base"] == "0"
    assert "Parking" not in text_of(client.get("/"))
    assert client.get(f"/rates/service/{parking}").status_code == 404
    assert client.get(f"/rates/behind/2026-03/{parking}/phone").status_code == 404
    for path in ("/rates/compare", "/rates/behind?from=2026-03&to=2026-03", "/rates/channel/phone"):
        assert "Parking" not in text_of(client.get(path)), path


@pytest.mark.usefixtures("answered")
def test_a_chart_never_stands_without_its_table_and_its_file(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get("/"))
    charts = page.select(".chart")
    assert len(charts) == 3
    for chart in charts:
        section = chart.find_parent("section")
        assert section is not None
        rows = [[cell.get_text() for cell in row.select("th, td")] for row in section.select("tbody tr")]
        file = client.get(str(section.select("a[href*='file=']")[0]["href"])).get_data(as_text=True)
        assert [line[0] for line in csv.reader(io.StringIO(file))][1:] == [row[0] for row in rows]
        assert "satisfaction" in str(chart["aria-label"]).lower()
    assert client.get("/?file=nothing").status_code == 404


@pytest.mark.usefixtures("answered")
def test_the_months_chart_goes_from_0_to_100_percent(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    figure = json.loads(soup(client.get("/")).find(id="months-figure").string)  # type: ignore[union-attr]  # found by id
    assert figure["layout"]["yaxis"]["range"] == [0, 100]
    assert [trace["y"] for trace in figure["data"] if trace["mode"] == "lines+markers"] == [[78.6]]


def test_few_people_are_hidden_and_so_is_what_would_give_them_away(client: FlaskClient) -> None:
    parking, libraries = make_service("parking", "Parking").id, make_service("libraries", "Libraries").id
    with transaction():
        for service, count in ((parking, 40), (libraries, 4)):
            for _ in range(count):
                make_response(service, VERY, MARCH, Channel.PHONE)
    roll_up_all()
    sign_in(client, make_user(Role.MANAGER))
    lines = csv_of(client)
    assert [line["base"] for line in lines if line["level"] == "all"] == ["44"]
    assert {line["base"] for line in lines if line["level"] == "service"} == {"[c]"}
    assert {line["satisfied"] for line in lines if line["level"] == "service and channel"} == {"[c]"}
    assert "40" not in {cell.get_text() for cell in soup(client.get("/")).select("td")}
    assert client.get(f"/rates/behind/2026-03/{parking}/phone").status_code == 422
    assert client.get(f"/rates/behind/2026-03/{libraries}/phone").status_code == 422


@pytest.mark.usefixtures("answered")
def test_the_page_makes_a_bounded_number_of_queries(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    client.get("/")
    with statements() as seen:
        client.get("/")
    assert len(seen) <= 13, seen


def test_without_an_answer_the_page_says_so(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert "Nobody has answered in this period yet" in text_of(client.get("/"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?from=yesterday", "From is not a month"),
        ("?to=9999-99-99", "To is not a month"),
        ("?from=2026-05-01&to=2026-04-01", "From is after To"),
        ("?service=x&service=-1&service=99999999999999999999&channel=pigeon", "Satisfaction"),
    ],
)
def test_an_address_that_makes_no_sense_is_told_and_shown_anyway(client: FlaskClient, query: str, words: str) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/" + query)
    assert page.status_code == 200
    assert words in text_of(page)


def test_an_officer_is_welcomed_without_figures(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.OFFICER))
    words = text_of(client.get("/"))
    assert "Hello, Some Body" in words
    assert "satisfied" not in words
    assert client.get("/rates.csv").status_code == 403

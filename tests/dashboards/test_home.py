"""The console's home: exact figures, only what was granted, the same numbers as CSV, a bounded cost."""

import csv
import io
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.opening import open_link
from surveys.contacts.models import Contact
from surveys.core.db import db, transaction
from surveys.invitations.models import Invitation
from surveys.people.accounts import all_services
from surveys.people.roles import Role
from surveys.rates.roll_up import roll_up
from tests.counting import statements
from tests.makers.answers import answer, draw_and_send
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

ANSWERS = (
    *(("parking", "phone", code) for code in ("very_satisfied", "fairly_satisfied", "neither", "do_not_know")),
    *(("libraries", "web", code) for code in ("very_satisfied", "very_satisfied", "very_dissatisfied")),
)


@pytest.fixture
def answered(app: Flask, tmp_path: Path) -> None:
    """Seven answers: parking 2 of 3 and one who does not know, libraries 2 of 3."""
    make_service("parking", "Parking")
    make_service("libraries", "Libraries")
    rows = [row(f"C{n}", service=service, channel=channel) for n, (service, channel, _) in enumerate(ANSWERS)]
    load_rows(tmp_path, rows)
    tokens = draw_and_send()
    for token, (_, _, code) in zip(sorted_by_contact(tokens), ANSWERS, strict=True):
        answer(token, code)
    with transaction():
        roll_up()


def sorted_by_contact(tokens: list[str]) -> list[str]:
    """Invitations are made in the order of their contacts' draws; put them in the order of the references."""
    by_reference = {reference_of(token): token for token in tokens}
    return [by_reference[reference] for reference in sorted(by_reference)]


def reference_of(token: str) -> str:
    opened = open_link(token)
    return db.session.scalars(
        sa.select(Contact.external_ref)
        .join(Invitation, Invitation.contact_id == Contact.id)
        .where(Invitation.id == opened.invitation_id)
    ).one()


def csv_of(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/rates.csv{query}").get_data(as_text=True))))


@pytest.mark.usefixtures("answered")
def test_the_headline_is_the_exact_rate_with_base_and_interval(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/")
    words = text_of(page)
    assert "67% were very or fairly satisfied, from 6 answers" in words
    assert "30% to 90%" in words
    assert "1 more said “I do not know”; with them in the base it is 57%" in words


@pytest.mark.usefixtures("answered")
def test_the_csv_has_the_numbers_of_the_page(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    lines = csv_of(client)
    whole = lines[0]
    assert (whole["rate_percent"], whole["base"], whole["satisfied"]) == ("66.7", "6", "4")
    by_service = {line["service"]: (line["satisfied"], line["base"]) for line in lines if line["level"] == "service"}
    assert by_service == {"Parking": ("2", "3"), "Libraries": ("2", "3")}
    table = soup(client.get("/")).find(id="services-title")
    assert table is not None
    section = table.find_parent("section")
    assert section is not None
    cells = [[c.get_text() for c in r.find_all(["th", "td"])] for r in section.find_all("tr")[1:]]
    assert [(c[0], c[1], c[4]) for c in cells] == [("Libraries", "66.7", "3"), ("Parking", "66.7", "3")]


@pytest.mark.usefixtures("answered")
def test_filters_in_the_address_cut_the_figures(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    by_channel = csv_of(client, "?channel=web")
    assert (by_channel[0]["base"], by_channel[0]["satisfied"]) == ("3", "2")
    nothing = csv_of(client, "?from=2001-01-01&to=2001-12-31")
    assert (nothing[0]["base"], nothing[0]["rate_percent"]) == ("0", "")
    page = client.get("/?channel=web")
    assert soup(page).select_one("#channel-web[checked]") is not None
    assert "channel=web" in str(soup(page).find("a", string="Download these figures (CSV)"))


@pytest.mark.usefixtures("answered")
def test_a_manager_of_one_service_sees_that_service_only(client: FlaskClient) -> None:
    libraries = next(s for s in all_services() if s.slug == "libraries")
    parking = next(s for s in all_services() if s.slug == "parking")
    sign_in(client, make_user(Role.MANAGER, service=libraries))
    assert {line["service"] for line in csv_of(client)} == {"", "Libraries"}
    assert csv_of(client)[0]["base"] == "3"
    assert csv_of(client, f"?service={parking.id}")[0]["base"] == "0"
    assert "Parking" not in text_of(client.get("/"))


@pytest.mark.usefixtures("answered")
def test_a_chart_never_stands_without_its_table(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get("/"))
    charts = page.select(".chart")
    assert len(charts) == 2
    for chart in charts:
        figure = json.loads(page.find(id=chart["data-figure"]).string)  # type: ignore[union-attr]  # found by its id
        section = chart.find_parent("section")
        assert section is not None
        assert len(section.select("tbody tr")) == len(figure["data"][0]["x"])
        assert "satisfaction" in str(chart["aria-label"]).lower()


@pytest.mark.usefixtures("answered")
def test_the_months_chart_goes_from_0_to_100_percent(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    figure = json.loads(soup(client.get("/")).find(id="months-figure").string)  # type: ignore[union-attr]  # as above
    assert figure["layout"]["yaxis"]["range"] == [0, 100]
    assert figure["data"][0]["y"] == [66.7]


@pytest.mark.usefixtures("answered")
def test_the_page_makes_a_bounded_number_of_queries(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    client.get("/")
    with statements() as seen:
        client.get("/")
    assert len(seen) <= 7, seen


def test_without_an_answer_the_page_says_so(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert "Nobody has answered in this period yet" in text_of(client.get("/"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?from=yesterday", "From is not a date"),
        ("?to=9999-99-99", "To is not a date"),
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

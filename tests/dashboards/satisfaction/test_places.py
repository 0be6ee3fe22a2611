"""Pages of one service and one channel, and the way down from a point to the anonymous answers."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.models import Service, User
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.baselines import freeze
from surveys.rates.months import Month
from surveys.rates.notes import write_note
from surveys.rates.series import Series
from surveys.rates.targets import set_target
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.rates.made import AT, make_response, roll_up_all

VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER
FIRST = Month(2025, 1)


@pytest.fixture
def parking(app: Flask) -> int:
    """Fifteen months of parking: 16 of 20 satisfied in each, half by phone and half by web, and 6 of 20 in the last.

    Libraries: 10 of 10 by phone in the last month.
    """
    service, libraries = make_service("parking", "Parking").id, make_service("libraries", "Libraries").id
    with transaction():
        for n in range(15):
            day = FIRST.plus(n).first.replace(day=10)
            for place in range(20):
                rating = VERY if place < (6 if n == 14 else 16 - n % 2) else NEITHER
                channel = (Channel.PHONE, Channel.WEB)[place % 2]
                make_response(service, rating, day, channel, resolved=("first_time", "no")[place % 2])
        for _ in range(10):
            make_response(libraries, VERY, date(2026, 3, 10))
    roll_up_all()
    return service


def by_a_manager(service: int | None = None) -> User:
    found = db.session.get_one(Service, service) if service else None
    db.session.rollback()
    return make_user(Role.MANAGER, service=found)


def set_beside(service: int, user: int) -> None:
    with transaction():
        freeze(Series(service), (FIRST, FIRST.plus(12)), "the first year", (), user, AT)
        set_target(Series(service), 8500, FIRST, user, user, AT)
        write_note(Series(service), FIRST.plus(14), "New permit system", user, AT)


def test_a_signal_is_on_the_page_of_its_service_and_among_what_needs_its_manager(
    client: FlaskClient, parking: int
) -> None:
    user = by_a_manager(parking)
    set_beside(parking, user.id)
    sign_in(client, user)
    page = client.get(f"/rates/service/{parking}")
    words = text_of(page)
    assert "Satisfaction fell to 30% in March 2026, outside its usual range of" in words
    assert "Satisfaction did not meet its target of 85%" in words
    assert "Some Body answers for this target" in words
    assert "A: New permit system (March 2026, Some Body)" in words
    needs = [str(link["href"]) for link in soup(client.get("/")).select(".needs a")]
    assert needs == [f"/rates/service/{parking}?from=2024-04&to=2026-03"] * 2
    assert "Parking fell to 30% in March 2026" in text_of(client.get("/"))


def test_both_pages_make_a_bounded_number_of_queries_however_much_is_set(client: FlaskClient, parking: int) -> None:
    user = by_a_manager()
    set_beside(parking, user.id)
    sign_in(client, user)
    for path in ("/", f"/rates/service/{parking}", "/rates/channel/phone", f"/rates/service/{parking}/questions"):
        client.get(path)
        with statements() as seen:
            client.get(path)
        assert len(seen) <= 13, (path, seen)
        assert not [
            one for one in seen if re.search(r"FROM (responses|answers|contacts)\b", one) and "EXISTS" not in one
        ]


def test_a_channel_s_page_has_its_services_and_its_own_figures_alone(client: FlaskClient, parking: int) -> None:
    sign_in(client, by_a_manager())
    page = soup(client.get("/rates/channel/web"))
    assert "Libraries" not in page.select_one("#services-title").find_parent("section").get_text()  # type: ignore[union-attr]  # found by id
    assert page.select_one(".headline").get_text() == "72%"  # type: ignore[union-attr]  # as above
    assert client.get("/rates/channel/pigeon").status_code == 404


def test_answers_to_each_question_are_shares_of_those_who_answered_it(client: FlaskClient, parking: int) -> None:
    sign_in(client, by_a_manager())
    words = text_of(client.get(f"/rates/service/{parking}/questions"))
    assert "was said most, by 50%" in words
    assert "300 answers" in words


def test_the_way_down_goes_from_a_month_to_its_anonymous_answers(client: FlaskClient, parking: int) -> None:
    sign_in(client, by_a_manager())
    home = soup(client.get("/"))
    point = home.select_one("#months-title").find_parent("section").select("tbody a")[-1]  # type: ignore[union-attr]  # found by id
    behind = soup(client.get(str(point["href"])))
    (link,) = [a for a in behind.select("td a") if a.get("aria-label") == "Answers: Parking, phone, March 2026"]
    address = str(link["href"])
    assert address == f"/rates/behind/2026-03/{parking}/phone"
    with statements() as seen:
        answers = client.get(address)
    assert len(seen) <= 12, seen
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in soup(answers).select("tbody tr")]
    assert len(rows) == 10
    assert sorted({row[0] for row in rows}) == ["Neither satisfied nor dissatisfied", "Very satisfied"]
    assert "30% were very or fairly satisfied, of 10 answers" in text_of(answers)
    assert "2026-03-1" not in answers.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/rates/behind/2026-03/999/phone", "/rates/behind/2026-03/1/pigeon", "/rates/behind/yesterday/1/phone"],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, parking: int, path: str) -> None:
    sign_in(client, by_a_manager())
    assert client.get(path).status_code == 404


def test_a_choice_of_services_does_not_show_what_the_whole_hides(client: FlaskClient, parking: int) -> None:
    """Four answers by email, and whatever stands on a line with them, stay hidden whichever services are ticked."""
    with transaction():
        for _ in range(4):
            make_response(parking, VERY, date(2026, 3, 11), Channel.EMAIL)
    roll_up_all()
    sign_in(client, by_a_manager())
    for query in ("", f"&service={parking}", f"&service={parking}&channel=email&channel=web"):
        page = soup(client.get(f"/rates/behind?from=2026-03&to=2026-03{query}"))
        lines = {row.select("th")[0].get_text(): row.get_text() for row in page.select("tbody tr")}
        assert "[c]" in lines["Parking, email"]
        assert "[c]" in lines["Parking, web"]
    assert client.get(f"/rates/behind/2026-03/{parking}/web").status_code == 422


def test_more_than_a_year_at_once_is_not_taken_apart(client: FlaskClient, parking: int) -> None:
    sign_in(client, by_a_manager())
    assert client.get("/rates/behind?from=2025-01&to=2026-03").status_code == 422

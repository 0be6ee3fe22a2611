"""Contacts given another questionnaire: their lines break where its rating is worded otherwise, and others go on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.uses import remove_use
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.questionnaires import make_published, publish_changed, publish_default, reworded, use
from tests.pages import text_of
from tests.rates.made import make_response, roll_up_all

CHANGED = "The wording of the rating changed in {} [b]: months before and after are not compared."
GOES_ON = "In {} the wording changed for fewer than half of the services here: the line goes on."


def at(month: int) -> time_machine.travel:
    return time_machine.travel(datetime(2026, month, 10, 12, tzinfo=UTC), tick=False)


@pytest.fixture
def services(app: Flask, client: FlaskClient) -> Iterator[list[int]]:
    """Three of them, each with ten answers by phone and ten by web in each month from January to May."""
    found = [make_service(name.lower(), name).id for name in ("Parking", "Libraries", "Waste")]
    with at(1):
        publish_default()
    with transaction():
        for service in found:
            for number in range(100):
                day, channel = date(2026, 1 + number % 5, 10), (Channel.PHONE, Channel.WEB)[number % 2]
                make_response(service, Satisfaction.VERY_SATISFIED, day, channel)
    roll_up_all()
    with at(5):
        sign_in(client, make_user(Role.MANAGER))
        yield found


def shown(client: FlaskClient, path: str) -> str:
    words = text_of(client.get(path))
    assert "Satisfaction by month" in words
    return words


def told(words: str) -> bool:
    """Whether a change is told, and not just the legend."""
    return "wording of the rating" in words or "[b] wording" in words or "wording changed for" in words


def test_a_switch_to_other_words_breaks_the_service_s_lines_and_the_council_s_goes_on(
    client: FlaskClient, services: list[int]
) -> None:
    parking, libraries, _ = services
    with at(3):
        use(make_published("About parking", reworded), parking)
    for path in (f"/rates/service/{parking}", f"/?service={parking}&channel=phone"):
        assert CHANGED.format("March 2026") in shown(client, path)
    for path in ("/", "/rates/channel/phone"):
        words = shown(client, path)
        assert GOES_ON.format("March 2026") in words
        assert "wording changed for some" in words
        assert "[b] wording changed" not in words
    assert not told(shown(client, f"/rates/service/{libraries}"))
    marked = [line for line in client.get("/rates.csv").text.splitlines() if "wording changed" in line]
    assert [(line.split(",")[1], line.split(",")[-2]) for line in marked] == [("2026-03", "wording changed for some")]


def test_a_channel_switched_to_other_words_breaks_its_line_and_the_council_s(
    client: FlaskClient, services: list[int]
) -> None:
    with at(3):
        use(make_published("By phone", reworded), None, "phone")
    for path in ("/", "/rates/channel/phone", f"/rates/service/{services[0]}"):
        assert CHANGED.format("March 2026") in shown(client, path)
    assert not told(shown(client, "/rates/channel/web"))


def test_a_switch_to_a_questionnaire_with_the_same_rating_breaks_nothing(
    client: FlaskClient, services: list[int]
) -> None:
    with at(3):
        use(make_published("About parking"), services[0])
    for path in ("/", f"/rates/service/{services[0]}"):
        assert not told(shown(client, path))


def test_switched_and_back_over_a_new_version_of_the_default(client: FlaskClient, services: list[int]) -> None:
    parking, libraries, _ = services
    with at(2):
        use(make_published("About parking", renamed), parking)
    with at(3):
        publish_changed(reworded)
    with at(4), transaction():
        remove_use(f"{parking}/*")
    assert CHANGED.format("February 2026 and April 2026") in shown(client, f"/rates/service/{parking}")
    assert CHANGED.format("March 2026") in shown(client, f"/rates/service/{libraries}")
    words = shown(client, "/")
    assert CHANGED.format("March 2026") in words
    assert GOES_ON.format("February 2026 and April 2026") in words


def renamed(found: dict[str, object]) -> dict[str, object]:
    questions = found["questions"]
    assert isinstance(questions, list)
    questions[0]["text"]["en"] = "How was parking?"
    return found


def test_however_often_contacts_were_switched_a_page_makes_as_many_queries(
    client: FlaskClient, services: list[int]
) -> None:
    paths = ("/", f"/rates/service/{services[0]}", "/rates/channel/phone", "/rates.csv")
    before = [queries(client, path) for path in paths]
    with at(2):
        made = make_published("About parking", reworded)
    for month in (2, 3, 4):
        for service in services:
            with at(month):
                use(made, service)
            with at(month), transaction():
                remove_use(f"{service}/*")
    assert [queries(client, path) for path in paths] == before
    assert max(before) <= 13


def queries(client: FlaskClient, path: str) -> int:
    client.get(path)
    with statements() as seen:
        client.get(path)
    return len(seen)


def test_a_baseline_reaches_over_no_switch_to_other_words(client: FlaskClient, services: list[int]) -> None:
    parking, libraries, _ = services
    with at(3):
        use(make_published("About parking", reworded), parking)
    asked = {"channel": "all", "first_month": "2025-05", "last_month": "2026-04", "reason": "A year"}
    refused = client.post("/rates/baselines/new", data=asked | {"service": str(parking)})
    assert "The wording of the rating changed within these months" in text_of(refused)
    assert client.post("/rates/baselines/new", data=asked | {"service": str(libraries)}).status_code == 303

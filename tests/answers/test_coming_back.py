"""The back button, two tabs, a form sent twice, a page without the one before: nothing is lost, each page helps."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import Answer, Response
from surveys.core.db import db
from surveys.questionnaires.kinds import Satisfaction
from tests.answers.made import publish
from tests.answers.states import EVERY_KIND, Journeys, start_journeys
from tests.makers.answers import invited_token
from tests.pages import soup, text_of

FIRST = {"resolved": "no", "effort": "4", "kept_informed": ["first_time", "not_yet"], "why": "Slow"}


@pytest.fixture
def token(app: Flask, tmp_path: Path) -> str:
    publish(EVERY_KIND)
    return invited_token(tmp_path)


@pytest.fixture
def made(client: FlaskClient, token: str) -> Journeys:
    """One link, rated as very dissatisfied."""
    made = Journeys(client, {"only": token})
    made.post(f"/s/{token}", token, overall="very_dissatisfied")
    return made


def kept() -> dict[str, str | None]:
    db.session.rollback()
    return {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}


def chosen(page: TestResponse) -> dict[str, list[str]]:
    """What a page shows as chosen or written already, by field."""
    found: dict[str, list[str]] = {}
    for field in soup(page).select("input[checked]"):
        found.setdefault(str(field["name"]), []).append(str(field["value"]))
    for field in soup(page).select("textarea"):
        if field.get_text():
            found[str(field["name"])] = [field.get_text()]
    return found


def carried(page: TestResponse) -> dict[str, list[str]]:
    """What the page's form brings along that nobody sees."""
    found: dict[str, list[str]] = {}
    for field in soup(page).select("form input[type=hidden]"):
        found.setdefault(str(field["name"]), []).append(str(field["value"]))
    return found


def test_a_rating_that_is_kept_is_shown_as_chosen(made: Journeys, token: str) -> None:
    assert chosen(made.client.get(f"/s/{token}")) == {"overall": ["very_dissatisfied"]}


def test_a_rating_named_in_an_email_is_shown_and_nothing_is_kept(client: FlaskClient, token: str) -> None:
    for name in Satisfaction:
        assert chosen(client.get(f"/s/{token}?rating={name.value}")) == {"overall": [name.value]}
        client.head(f"/s/{token}?rating={name.value}")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0
    assert chosen(client.get(f"/s/{token}?rating=splendid")) == {}


def test_a_later_page_shows_what_was_given_on_it(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/more", token, **FIRST)
    shown = chosen(made.client.get(f"/s/{token}/more"))
    assert shown == {key: [given] if isinstance(given, str) else given for key, given in FIRST.items()}


def test_going_back_and_sending_a_page_again_keeps_the_later_answers(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/more", token, **FIRST)
    made.post(f"/s/{token}", token, overall="fairly_dissatisfied")
    made.post(f"/s/{token}/more", token, **FIRST | {"effort": "2", "kept_informed": ["more_than_one"]})
    found = kept()
    assert (found["overall"], found["effort"], found["why"]) == ("fairly_dissatisfied", "2", "Slow")
    options = {key.partition(".")[2]: code for key, code in found.items() if key.startswith("kept_informed.")}
    assert options == {"first_time": "not_selected", "more_than_one": "selected", "not_yet": "not_selected"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_a_comment_and_ticks_taken_away_are_not_kept(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/more", token, **FIRST)
    page = made.client.get(f"/s/{token}/more")
    emptied = {"resolved": "no", "effort": "4", "why": ""}
    made.client.post(f"/s/{token}/more", data=carried(page) | emptied)
    assert kept() == {"overall": "very_dissatisfied", "resolved": "no", "effort": "4"}


def test_what_was_taken_away_stays_so_after_an_error_on_the_same_page(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/more", token, **FIRST)
    page = made.client.get(f"/s/{token}/more")
    refused = made.client.post(f"/s/{token}/more", data=carried(page) | {"effort": "11", "why": ""})
    assert refused.status_code == 422
    assert kept()["why"] == "Slow"
    made.client.post(f"/s/{token}/more", data=carried(refused) | {"resolved": "no", "effort": "4", "why": ""})
    assert "why" not in kept()


def test_a_tab_opened_before_there_were_answers_takes_none_away(made: Journeys, token: str) -> None:
    early = carried(made.client.get(f"/s/{token}/more"))
    made.post(f"/s/{token}/more", token, **FIRST)
    made.client.post(f"/s/{token}/more", data=early | {"resolved": "not_yet", "why": ""})
    found = kept()
    assert (found["resolved"], found["why"], found["effort"]) == ("not_yet", "Slow", "4")


def test_a_form_sent_twice_is_kept_once_and_says_so(made: Journeys, token: str) -> None:
    for _ in range(2):
        assert made.post(f"/s/{token}/more", token, **FIRST).location == f"/s/{token}/more/2"
    last = [made.post(f"/s/{token}/more/2", token, did_as_said=code) for code in ("no", "yes")]
    assert last[0].location == f"/s/{token}/thanks"
    assert "Your answers were received before" in text_of(last[1])
    assert kept()["did_as_said"] == "no"


def test_a_tab_left_open_learns_that_the_answers_were_received(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/more", token, resolved="first_time")
    for path in ("", "/more", "/more/2"):
        for page in (made.client.get(f"/s/{token}{path}"), made.post(f"/s/{token}{path}", token, overall="neither")):
            assert "Your answers were received before" in text_of(page)
    assert kept()["overall"] == "very_dissatisfied"


@pytest.mark.parametrize("path", ["/more", "/more/2", "/more/0", "/more/9", "/thanks", "/equality", "/equality/2"])
def test_a_later_page_without_the_rating_leads_to_the_rating(client: FlaskClient, token: str, path: str) -> None:
    page = client.get(f"/s/{token}{path}", follow_redirects=True)
    assert page.request.path == f"/s/{token}"
    assert "how satisfied or dissatisfied" in text_of(page)


@pytest.mark.parametrize("path", ["/more/0", "/more/9", "/more/2"])
def test_a_page_that_does_not_exist_for_this_resident_leads_to_one_that_does(
    made: Journeys, token: str, path: str
) -> None:
    assert made.client.get(f"/s/{token}{path}").location == f"/s/{token}"
    assert made.post(f"/s/{token}{path}", token, overall="neither").location == f"/s/{token}"
    assert kept() == {"overall": "very_dissatisfied"}


def test_only_who_was_dissatisfied_is_told_beside_the_questions_how_to_complain(
    client: FlaskClient, token: str
) -> None:
    made = Journeys(client, {"only": token})
    said = {}
    for code in Satisfaction:
        made.post(f"/s/{token}", token, overall=code.value)
        said[code] = "How to complain" in text_of(client.get(f"/s/{token}/more"))
        assert "call 999" in text_of(client.get(f"/s/{token}/more"))
    assert [code for code in said if said[code]] == ["fairly_dissatisfied", "very_dissatisfied"]


def test_the_button_says_send_only_where_nothing_can_follow(made: Journeys, token: str) -> None:
    def button(path: str) -> str:
        return soup(made.client.get(f"/s/{token}{path}")).select("main button")[0].get_text()

    made.post(f"/s/{token}/more", token, **FIRST)
    assert [button(""), button("/more"), button("/more/2")] == ["Continue", "Continue", "Send answers"]


def test_who_said_stop_may_still_answer_this_survey(client: FlaskClient, tmp_path: Path) -> None:
    made = start_journeys(client, tmp_path)
    token = made.links["stopped"]
    assert "You can still answer this survey" in text_of(client.get(f"/stop/{token}"))
    assert made.post(f"/s/{token}", token, overall="neither").status_code == 303
    for state in ("finished", "expired"):
        made.post(f"/stop/{made.links[state]}", made.links[state])
        assert "You can still answer" not in text_of(client.get(f"/stop/{made.links[state]}"))


@pytest.mark.parametrize("path", ["/s/{}", "/stop/{}", "/about/{}", "/erase/{}", "/s/{}/equality", "/s/{}/thanks"])
def test_a_dead_link_gets_a_page_that_helps_in_its_language(client: FlaskClient, path: str) -> None:
    page = client.get(path.format("222222222222") + "?lang=pl")
    assert page.status_code == 404
    assert "Pod tym adresem nie ma ankiety" in text_of(page)
    german_and_welsh = client.get(path.format("222222222222"), headers={"Accept-Language": "de, cy;q=0.5"})
    assert "Does dim arolwg yn y cyfeiriad hwn" in text_of(german_and_welsh)

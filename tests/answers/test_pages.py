"""The resident's pages: what each shows, what it keeps, and that looking keeps nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import Answer, Response
from surveys.contacts.models import ContactPoint
from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.tokens import seal
from tests.counting import statements
from tests.makers.answers import answer, draw_and_send, invited_token
from tests.makers.contacts import load_rows, row
from tests.pages import soup, text_of


def form(token: str, **given: str) -> dict[str, str]:
    return {"seal": seal("survey forms", token), **given}


def counts() -> tuple[int, int, int]:
    tables = (Response, Answer, ContactPoint)
    found = tuple(db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables)
    db.session.rollback()
    return found[0], found[1], found[2]


def test_a_whole_answer_goes_from_rating_to_thanks(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    first = client.get(f"/s/{token}")
    assert "how satisfied or dissatisfied were you" in text_of(first)
    rated = client.post(f"/s/{token}", data=form(token, overall="very_satisfied"))
    assert (rated.status_code, rated.location) == (303, f"/s/{token}/more")
    assert "Was your query dealt with?" in text_of(client.get(rated.location))
    sent = client.post(f"/s/{token}/more", data=form(token, resolved="first_time", why="Quick and kind"))
    assert (sent.status_code, sent.location) == (303, f"/s/{token}/thanks")
    assert "We received your answers" in text_of(client.get(sent.location))
    kept = {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}
    assert kept == {"overall": "very_satisfied", "resolved": "first_time", "why": "Quick and kind"}


@pytest.mark.parametrize("rating", ["very_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied"])
def test_the_dissatisfied_alone_are_asked_whether_we_may_contact_them(
    client: FlaskClient, tmp_path: Path, rating: str
) -> None:
    token, unhappy = invited_token(tmp_path), rating.endswith("dissatisfied")
    page = client.post(f"/s/{token}", data=form(token, overall=rating), follow_redirects=True)
    assert bool(soup(page).select("[name=contact_back]")) is unhappy
    more = form(token, contact_back="yes") if unhappy else form(token)
    thanks = client.post(f"/s/{token}/more", data=more, follow_redirects=True)
    assert ("someone from the service will get in touch" in text_of(thanks)) is unhappy
    given = db.session.scalars(sa.select(Answer.code).where(Answer.question == "contact_back")).all()
    assert given == (["yes"] if unhappy else [])


def test_a_get_changes_nothing_on_any_page(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    before = counts()
    for path in (
        f"/s/{token}",
        f"/s/{token}?overall=very_satisfied",
        f"/s/{token}/more",
        f"/s/{token}/thanks",
        f"/stop/{token}",
        f"/about/{token}",
    ):
        client.get(path)
        client.head(path)
    assert counts() == before


def test_a_second_visit_says_the_answers_were_received(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token)
    for path in (f"/s/{token}", f"/s/{token}/more"):
        assert "Your answers were received before" in text_of(client.get(path))
    again = client.post(f"/s/{token}", data=form(token, overall="very_dissatisfied"))
    assert "received before" in text_of(again)
    assert db.session.scalar(sa.select(Response.satisfaction)) == "very_satisfied"


def test_continue_without_a_choice_says_what_to_do_and_links_to_the_question(
    client: FlaskClient, tmp_path: Path
) -> None:
    token = invited_token(tmp_path)
    page = client.post(f"/s/{token}", data=form(token))
    assert page.status_code == 422
    html = soup(page)
    assert html.title is not None
    assert html.title.get_text().startswith("Error: ")
    link = html.select_one(".summary a")
    assert link is not None
    assert html.find(id=str(link["href"]).removeprefix("#")) is not None
    assert link.get_text() == "Select how satisfied or dissatisfied you were"
    assert counts()[0] == 0


def test_a_comment_that_is_too_long_is_given_back_whole(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, completes=False)
    long = "long words " * 120
    page = client.post(f"/s/{token}/more", data=form(token, resolved="no", why=long))
    assert page.status_code == 422
    html = soup(page)
    area = html.find("textarea")
    assert area is not None
    assert area.get_text().strip() == long.strip()
    assert html.select_one("input[value=no][checked]") is not None


def test_nothing_is_chosen_beforehand(client: FlaskClient, tmp_path: Path) -> None:
    page = soup(client.get(f"/s/{invited_token(tmp_path)}"))
    assert page.select("input[checked]") == []


def test_a_form_that_this_page_did_not_write_is_not_taken(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    for bad in ("", "0" * 32, "é"):
        page = client.post(f"/s/{token}", data={"seal": bad, "overall": "neither"})
        assert page.status_code == 422
    assert counts()[0] == 0


def test_an_expired_link_says_until_when_it_could_be_answered(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    with time_machine.travel(now() + timedelta(days=29), tick=False):
        for page in (client.get(f"/s/{token}"), client.post(f"/s/{token}", data=form(token, overall="neither"))):
            assert page.status_code == 410
            assert "This survey has ended" in text_of(page)
    assert counts()[0] == 0


@pytest.mark.parametrize("path", ["/s/nothing-here", "/s/222222222222", "/stop/222222222222", "/s/222222222222/more"])
def test_an_unknown_link_gets_a_page_that_helps(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "check it is correct" in text_of(page)


def test_the_language_switch_stays_to_the_end(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    first = soup(client.get(f"/s/{token}?lang=cy"))
    assert first.html is not None
    assert first.html["lang"] == "cy"
    action = str(first.form["action"]) if first.form else ""
    rated = client.post(action, data=form(token, overall="neither"))
    assert rated.location.endswith("?lang=cy")
    assert "A gafodd eich ymholiad ei ddatrys?" in text_of(client.get(rated.location))


def test_an_invitation_in_welsh_opens_in_welsh(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path, language="Welsh")
    assert "pa mor fodlon neu anfodlon" in text_of(client.get(f"/s/{token}"))


def test_stop_shows_a_button_and_only_the_button_acts(client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path, phone="07700 900123")
    client.get(f"/stop/{token}")
    opted = sa.select(sa.func.count()).where(ContactPoint.opted_out_at.is_not(None))
    assert db.session.scalar(opted) == 0
    db.session.rollback()
    done = client.post(f"/stop/{token}", data=form(token))
    assert done.status_code == 303
    assert "We will not ask you again" in text_of(client.get(done.location))
    assert db.session.scalar(opted) == 2


def test_who_said_stop_is_not_drawn_for_the_next_contact(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path, phone="07700 900123")
    client.post(f"/stop/{token}", data=form(token))
    later = now() + timedelta(days=100)
    with time_machine.travel(later, tick=False):
        load_rows(tmp_path, [row("B2", phone="07700 900123", email="")])
        assert len(draw_and_send()) == 1


def test_survey_pages_keep_out_of_caches_referrers_and_search(client: FlaskClient, tmp_path: Path) -> None:
    headers = client.get(f"/s/{invited_token(tmp_path)}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_the_rating_page_costs_one_select(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    client.get(f"/s/{token}")
    with statements() as seen:
        client.get(f"/s/{token}")
    assert len(seen) == 1


def test_page_and_stylesheet_are_small(client: FlaskClient, tmp_path: Path) -> None:
    page = client.get(f"/s/{invited_token(tmp_path)}")
    sheet = soup(page).find("link", rel="stylesheet")
    assert sheet is not None
    css = client.get(str(sheet["href"]), headers={"Accept-Encoding": "gzip"})
    assert len(page.data) + len(css.data) < 15_000
    assert soup(page).find("script") is None

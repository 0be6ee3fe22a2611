"""The officer's door: only whom the draw selected, found by reference alone, the whole answer kept at once."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import Answer, Heard, Mode, Response
from surveys.answers.officer import MOST_LOOKS
from surveys.contacts.models import Contact, Stop
from surveys.contacts.suppression import addresses_of, opt_out
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.messaging.senders import senders
from surveys.people.models import AuditEntry, Service
from surveys.people.roles import Role
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import Draw
from tests.answers.made import BRANCHED, publish
from tests.invitations.told import audited
from tests.makers.answers import answer, draw_and_send, invited_token
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

WHOLE = {"q-overall": "fairly_satisfied", "heard": "phone"}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.OFFICER))


def look(client: FlaskClient, reference: str = "A1", source: str = "crm") -> TestResponse:
    return client.post("/enter", data={"source": source, "reference": reference})


def form_of(client: FlaskClient, reference: str = "A1") -> str:
    found = look(client, reference)
    assert found.status_code == 303, text_of(found)
    return str(found.location)


def kept() -> dict[str, str | None]:
    db.session.rollback()
    return {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}


def response() -> Response:
    db.session.rollback()
    return db.session.scalars(sa.select(Response)).one()


def test_an_officer_enters_a_whole_answer_for_a_caller(officer: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    place = form_of(officer)
    assert "how satisfied or dissatisfied were you" in text_of(officer.get(place))
    second = officer.post(place, data=WHOLE)
    assert second.status_code == 200
    assert "Was your query dealt with?" in text_of(second)
    assert kept() == {}
    given = {**WHOLE, "page": "1", "q-resolved": "no", "q-why": "Waited long"}
    saved = officer.post(place, data=given)
    assert (saved.status_code, saved.location) == (303, "/enter")
    assert "Answer saved" in text_of(officer.get("/enter"))
    assert kept() == {"overall": "fairly_satisfied", "resolved": "no", "why": "Waited long"}
    one = response()
    assert (one.mode, one.heard, one.language, one.satisfaction) == (
        Mode.OFFICER,
        Heard.PHONE,
        "en",
        "fairly_satisfied",
    )
    assert one.entered_by is not None
    assert one.completed_at is not None
    assert "received before" in text_of(officer.get(f"/s/{token}"))


def test_the_audit_trail_has_the_look_and_the_entry_but_no_word_of_the_answer(
    officer: FlaskClient, tmp_path: Path
) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    officer.post(place, data={**WHOLE, "page": "1", "q-why": "Secret words"})
    looked, entered = audited()[-2:]
    contact = db.session.scalars(sa.select(Contact.id)).one()
    assert looked == ("contact looked up for an answer", f"contact:{contact}", {"may_be_answered": True})
    assert entered == ("answer entered", "answers", {"heard": "phone"})


def test_what_was_typed_stays_when_a_page_is_refused(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    long = "many words " * 120
    page = officer.post(place, data={**WHOLE, "page": "1", "q-resolved": "no", "q-why": long})
    assert page.status_code == 422
    html = soup(page)
    area, link = html.find("textarea"), html.select_one("[role=alert] a")
    assert area is not None
    assert area.get_text().strip() == long.strip()
    assert link is not None
    assert link["href"] == "#q-why"
    assert html.select_one("input[value=no][checked]") is not None
    assert html.select_one("input[type=hidden][name=q-overall][value=fairly_satisfied]") is not None
    assert kept() == {}


def test_how_it_was_heard_must_be_said(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    for bad in ("", "dreamt"):
        page = officer.post(place, data={"q-overall": "neither", "page": "1", "heard": bad})
        assert page.status_code == 422
        assert "Select how you heard it" in text_of(page)
        assert soup(page).select_one("input[value=neither][checked]") is not None
    assert kept() == {}


def test_back_shows_the_earlier_page_with_what_was_chosen(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    page = soup(officer.post(form_of(officer), data={**WHOLE, "page": "1", "q-why": "Kept", "back": "yes"}))
    assert page.select_one("input[value=fairly_satisfied][checked]") is not None
    assert page.select_one("input[name=heard][value=phone][checked]") is not None
    assert page.select_one("input[type=hidden][name=q-why][value=Kept]") is not None
    assert kept() == {}


def test_pages_follow_the_answers_and_what_is_not_called_for_is_not_kept(officer: FlaskClient, tmp_path: Path) -> None:
    publish(BRANCHED)
    invited_token(tmp_path)
    place = form_of(officer)
    unhappy = {"q-overall": "very_dissatisfied", "heard": "paper", "page": "0"}
    assert "What went wrong?" in text_of(officer.post(place, data=unhappy))
    happy = {**WHOLE, "q-wrong": "slow", "page": "0"}
    assert officer.post(place, data=happy).status_code == 303
    assert kept() == {"overall": "fairly_satisfied"}


def test_the_questions_come_in_the_resident_s_language_and_another_may_be_chosen(
    officer: FlaskClient, tmp_path: Path
) -> None:
    invited_token(tmp_path, language="Welsh")
    place = form_of(officer)
    assert "pa mor fodlon neu anfodlon" in text_of(officer.get(place))
    assert "how satisfied or dissatisfied" in text_of(officer.get(f"{place}?lang=en"))
    officer.post(place, data={**WHOLE, "page": "1", "lang": "en"})
    assert response().language == "en"


def test_who_was_not_selected_cannot_be_answered_for(officer: FlaskClient, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1")])
    assert "has not been drawn yet" in text_of(look(officer))
    with transaction():
        draw(now(), Reach(texts=True, emails=True))
    assert "its invitation is not made yet" in text_of(look(officer))
    with transaction():
        db.session.execute(sa.update(Draw).values(outcome="not_drawn"))
    refused = look(officer)
    assert refused.status_code == 422
    assert "The draw did not select this contact" in text_of(refused)


def test_a_person_asked_about_another_contact_lately_is_not_asked_by_an_officer_either(
    officer: FlaskClient, tmp_path: Path
) -> None:
    load_rows(tmp_path, [row("A1")])
    draw_and_send()
    with transaction():
        db.session.execute(sa.update(Invitation).values(state="not_sent", reason="asked-recently"))
    assert "asked about another contact lately" in text_of(look(officer))


def test_an_unknown_reference_says_what_to_check(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    for reference, source in (("A2", "crm"), ("A1", "other"), ("a1", "crm")):
        refused = look(officer, reference, source)
        assert refused.status_code == 422
        assert "There is no contact with this reference" in text_of(refused)
    assert look(officer, "").status_code == 422


def test_an_answered_survey_says_on_which_day(officer: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    place = form_of(officer)
    answer(token, "neither")
    assert "already answered on" in text_of(look(officer))
    for late in (officer.get(place), officer.post(place, data={**WHOLE, "page": "1"})):
        assert late.status_code == 409
    assert kept() == {"overall": "neither"}


def test_what_the_person_has_begun_alone_is_not_overwritten(officer: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    place = form_of(officer)
    answer(token, "neither", completes=False)
    assert "began to answer by themselves on" in text_of(look(officer))
    assert officer.post(place, data={**WHOLE, "page": "1"}).status_code == 409
    assert (kept(), response().mode) == ({"overall": "neither"}, Mode.WEB)


def test_a_survey_that_ended_says_when(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    with time_machine.travel(now() + timedelta(days=29), tick=False):
        sign_in(officer, make_user(Role.OFFICER, email="later@example.gov.uk"))
        assert "This survey ended on" in text_of(look(officer))


def test_who_said_stop_may_still_answer_if_they_ask_to(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    with transaction():
        opt_out(addresses_of(db.session.scalars(sa.select(Contact.id)).one()), now(), Stop.PAGE)
    place = form_of(officer)
    assert "Go on only if they tell you that they want to answer" in text_of(officer.get(place))
    assert officer.post(place, data={**WHOLE, "page": "1"}).status_code == 303
    assert kept() == {"overall": "fairly_satisfied"}


def test_a_message_that_has_not_gone_yet_does_not_go_after_the_answer(officer: FlaskClient, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1")])
    with transaction():
        draw(now(), Reach(texts=True, emails=True))
    with transaction():
        invite(now(), Media(texts=True, emails=True))
    officer.post(form_of(officer), data={**WHOLE, "page": "1"})
    assert send_due(senders()) == 0
    db.session.rollback()
    left = db.session.scalars(sa.select(Invitation)).one()
    assert (left.state, left.reason) == ("not_sent", "answered")


def test_the_save_button_pressed_twice_saves_once_and_says_so_twice(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    for _ in range(2):
        assert officer.post(place, data={**WHOLE, "page": "1"}).location == "/enter"
    assert [action for action, _, _ in audited()].count("answer entered") == 1


def test_a_number_tried_in_the_address_opens_nothing(app: Flask, officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    number, ticket = place.split("/")[2:]
    for tried in (f"/enter/{number}/{'0' * 32}", f"/enter/{int(number) + 1}/{ticket}", f"/enter/{number}/1"):
        assert officer.get(tried).status_code == 404
        assert officer.post(tried, data={**WHOLE, "page": "1"}).status_code == 404
    other = sign_in(app.test_client(), make_user(Role.OFFICER, email="other@example.gov.uk"))
    assert other.get(place).status_code == 404
    assert kept() == {}


def test_an_officer_of_one_service_finds_no_contact_of_another(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1"), row("B1", service="bins")])
    draw_and_send()
    bins = db.session.scalars(sa.select(Service).where(Service.slug == "bins")).one()
    db.session.expunge(bins)
    db.session.rollback()
    sign_in(client, make_user(Role.OFFICER, service=bins))
    assert look(client, "B1").status_code == 303
    assert "There is no contact with this reference" in text_of(look(client, "A1"))


def test_trying_many_references_is_stopped_for_an_hour(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    moment = now()
    with time_machine.travel(moment, tick=False):
        for number in range(MOST_LOOKS):
            assert look(officer, f"X{number}").status_code == 422
        assert look(officer).status_code == 429
    with time_machine.travel(moment + timedelta(minutes=50), tick=False):
        assert look(officer).status_code == 429
    looks = sa.select(sa.func.count()).where(AuditEntry.action == "contact looked up for an answer")
    assert db.session.scalar(looks) == MOST_LOOKS
    db.session.rollback()
    other = sign_in(officer.application.test_client(), make_user(Role.OFFICER, email="other@example.gov.uk"))
    assert look(other).status_code == 303


def test_the_page_offers_no_contact_to_choose(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path, reference="A1")
    page = soup(officer.get("/enter"))
    assert "A1" not in page.get_text()
    assert page.select("main select, main datalist, main table") == []
    assert [field.get("autocomplete") for field in page.select("input[name=reference]")] == ["off"]


def test_a_hand_made_page_number_is_taken_as_one_that_exists(officer: FlaskClient, tmp_path: Path) -> None:
    invited_token(tmp_path)
    place = form_of(officer)
    assert officer.post(place, data={**WHOLE, "page": "-7"}).status_code == 200
    assert officer.post(place, data={**WHOLE, "page": "x"}).status_code == 200
    assert officer.post(place, data={**WHOLE, "page": "999"}).status_code == 303

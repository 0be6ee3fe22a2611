"""The pages on which administrators change what messages say."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.invitations.models import InvitationKind
from surveys.invitations.wording import Place, default_text, places_of, save_text, text_at
from surveys.invitations.wording_rules import Text
from surveys.messaging.models import Medium
from surveys.people.roles import Role
from surveys.questionnaires.default import DEFAULT_SLUG
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import acts

PLACES = places_of(DEFAULT_SLUG)
SMS_CY = Place(DEFAULT_SLUG, InvitationKind.INVITATION, Medium.SMS, "cy")
EMAIL_EN = Place(DEFAULT_SLUG, InvitationKind.REMINDER, Medium.EMAIL, "en")
URL = "/invitations/wording/contact/invitation/sms/cy"
OWN = "{council}: sut aeth eich cyswllt diweddar? {link} I stopio'r rhain, defnyddiwch yr un ddolen."


@pytest.fixture
def editor(client: FlaskClient, app: Flask) -> FlaskClient:
    return sign_in(client, make_user())


def stored(place: Place) -> Text:
    db.session.rollback()
    return text_at(place)


def test_the_list_has_every_message_with_its_size_and_price(editor: FlaskClient) -> None:
    words = text_of(editor.get("/invitations/wording"))
    for title in ("Invitation by text message, English", "Reminder by email, Cymraeg"):
        assert title in words
    assert "8p" in words
    assert "Changed" not in words
    assert len(soup(editor.get("/invitations/wording")).select("tbody tr")) == len(PLACES) == 8


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_each_message_opens_with_its_words_and_no_problem(editor: FlaskClient, place: Place) -> None:
    response = editor.get(f"/invitations/wording/contact/{place.kind}/{place.medium}/{place.language}")
    page = soup(response)
    assert response.status_code == 200
    assert page.find("textarea", {"name": "body"}).get_text().strip() == default_text(place).body
    assert (page.find("input", {"name": "subject"}) is not None) == (place.medium is Medium.EMAIL)
    assert page.find(role="alert") is None
    assert "Test Council" in text_of(response)


@pytest.mark.parametrize(
    "path",
    ["contact/invitation/sms/fr", "contact/invitation/post/en", "contact/nothing/sms/en", "bins/invitation/sms/en"],
)
def test_a_message_that_there_is_not_is_a_page_not_found(editor: FlaskClient, path: str) -> None:
    assert editor.get(f"/invitations/wording/{path}").status_code == 404
    assert editor.post(f"/invitations/wording/{path}", data={"body": OWN}).status_code == 404
    assert editor.post(f"/invitations/wording/{path}/default").status_code == 404


def test_a_preview_shows_the_text_as_a_phone_would_and_saves_nothing(editor: FlaskClient) -> None:
    response = editor.post(URL, data={"body": f"{OWN}\r\n<b>Tŷ</b> – gŵyr", "preview": "Preview"})
    words = text_of(response)
    assert response.status_code == 200
    assert "Test Council: sut aeth" in words
    assert "/s/xxxxxxxxxxxx" in words
    assert "UCS-2" in words
    assert "ŷ – ŵ" in words
    assert "<b>Tŷ" not in response.get_data(as_text=True)
    assert "12p" in words
    assert stored(SMS_CY) == default_text(SMS_CY)


def test_a_preview_tells_the_problems_as_well(editor: FlaskClient) -> None:
    words = text_of(editor.post(URL, data={"body": "Helo", "preview": "Preview"}))
    assert "There is a problem" in words
    assert "put {council} in the message" in words


def test_sound_words_are_saved_and_audited(editor: FlaskClient) -> None:
    response = editor.post(URL, data={"body": f" {OWN}\r\n", "save": "Save"})
    assert (response.status_code, response.location) == (303, "/invitations/wording")
    assert stored(SMS_CY).body == OWN
    assert acts()[-1] == "wording changed"
    words = text_of(editor.get("/invitations/wording"))
    assert "Wording saved" in words
    assert "Changed" in words


def test_an_email_is_saved_with_its_subject(editor: FlaskClient) -> None:
    sent = {"subject": "Your contact with {council}", "body": "{council}:\r\n\r\n{link}\r\n\r\nThis link stops these."}
    assert (
        editor.post("/invitations/wording/contact/reminder/email/en", data=sent | {"save": "Save"}).status_code == 303
    )
    assert stored(EMAIL_EN) == Text(Medium.EMAIL, "en", sent["subject"], sent["body"].replace("\r\n", "\n"))


def test_words_that_break_a_rule_are_refused_and_stay_on_the_page(editor: FlaskClient) -> None:
    response = editor.post(URL, data={"body": "{council} {name} {link}", "save": "Save"})
    page = soup(response)
    assert response.status_code == 422
    assert page.title.get_text().startswith("Error: ")
    assert page.find("textarea").get_text().strip() == "{council} {name} {link}"
    assert [link["href"] for link in page.select(".alert a")] == ["#body"] * 2
    assert stored(SMS_CY) == default_text(SMS_CY)


def test_an_accent_typed_in_two_characters_is_kept_in_one(editor: FlaskClient) -> None:
    editor.post(URL, data={"body": OWN + " w\u0302", "save": "Save"})
    assert stored(SMS_CY).body.endswith("ŵ")


def test_one_can_go_back_to_the_default(editor: FlaskClient) -> None:
    assert "Go back to the default words" not in text_of(editor.get(URL))
    editor.post(URL, data={"body": OWN, "save": "Save"})
    assert "Go back to the default words" in text_of(editor.get(URL))
    assert editor.post(f"{URL}/default").status_code == 303
    assert stored(SMS_CY) == default_text(SMS_CY)
    assert acts()[-1] == "wording restored"


def test_stored_words_that_a_rule_now_forbids_are_marked(editor: FlaskClient) -> None:
    with transaction():
        save_text(SMS_CY, Text(Medium.SMS, "cy", "", "{council}: {link} I stopio'r rhain, atebwch STOP."))
    assert "Needs a change: 1 problem" in text_of(editor.get("/invitations/wording"))
    assert "replies to these texts do not reach us" in text_of(editor.get(URL))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_wording(client: FlaskClient, app: Flask, role: Role) -> None:
    sign_in(client, make_user(role))
    assert client.get("/invitations/wording").status_code == 403
    assert client.post(URL, data={"body": OWN, "save": "Save"}).status_code == 403
    assert client.post(f"{URL}/default").status_code == 403


def test_an_administrator_of_one_service_changes_no_wording(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_user(Role.ADMINISTRATOR, service=make_service()))
    assert client.get("/invitations/wording").status_code == 403

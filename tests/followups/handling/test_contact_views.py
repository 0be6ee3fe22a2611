"""Contacting the resident behind a case: who may, what is shown and what is kept of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.contacts.models import Contact, PointKind
from surveys.contacts.suppression import mark_unusable
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.history import history
from surveys.followups.cases.models import CaseEventKind, CaseState
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.outbox import send_due
from surveys.people.audit import breaks
from surveys.people.roles import Role
from tests.followups.acting import officer_of, signed_in
from tests.followups.made import Mailbox
from tests.invitations.made import Scripted
from tests.invitations.told import audited, unusable
from tests.makers.cases import case_of, event_kinds, make_case
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

PHONE, EMAIL = "+447700900123", "resident@example.com"
WORDS = "We have put your permit right."
TALKED = {"outcome": "spoke", "words": "Said sorry, and that the permit is on its way."}


def hidden(page: TestResponse) -> dict[str, str]:
    """What the page's form sends besides what somebody types, with what was typed on the page before."""
    form = soup(page).select_one("main form")
    assert form is not None
    found = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}
    words = form.select_one("textarea.d-none")
    return found | ({"body": words.get_text().strip()} if words else {})


def preview(client: FlaskClient, number: int, medium: str = "sms", **typed: str) -> TestResponse:
    form = hidden(client.get(f"/cases/{number}/write/{medium}"))
    return client.post(f"/cases/{number}/write", data=form | {"body": WORDS} | typed)


def called(client: FlaskClient, number: int, **typed: str) -> TestResponse:
    page = client.get(f"/cases/{number}/call")
    shown = {name: str(field["value"]) for name in ("day", "hour") if (field := soup(page).find(id=name))}
    return client.post(f"/cases/{number}/call", data=hidden(page) | shown | typed)


def written() -> list[DirectMessage]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(DirectMessage)))


def test_a_text_is_previewed_whole_and_then_sent_once_however_often_the_form_is(
    app: Flask, client: FlaskClient
) -> None:
    number = make_case(phone=PHONE)
    user = signed_in(client)
    page = preview(client, number)
    assert f"{WORDS} Test Council. Replies do not reach us." in text_of(page)
    assert "sent as 1 part" in text_of(page)
    assert written() == []
    for _ in range(2):
        assert client.post(f"/cases/{number}/write", data=hidden(page) | {"send": "yes"}).status_code == 303
    (message,) = written()
    event = history(number)[-1]
    assert (event.kind, event.message_id, event.by) == (CaseEventKind.WRITTEN, message.id, user.id)
    assert (case_of(number).acted_at, case_of(number).edition) == (now(), 1)
    provider = Scripted()
    send_due(provider.senders(), now() + timedelta(hours=2))
    assert provider.recipients == [PHONE]
    assert "Sent. We do not know yet whether it arrived." in text_of(client.get(f"/cases/{number}"))


def test_what_was_changed_after_the_preview_is_previewed_again(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    signed_in(client)
    seen = hidden(preview(client, number))
    again = client.post(f"/cases/{number}/write", data=seen | {"send": "yes", "body": "Other words."})
    assert "Other words. Test Council." in text_of(again)
    assert written() == []


def test_a_faulty_message_comes_back_with_its_words_and_what_to_do(app: Flask, client: FlaskClient) -> None:
    number = make_case(email=EMAIL)
    signed_in(client)
    page = preview(client, number, "email", subject="", body="See bit.ly/abc")
    assert page.status_code == 422
    assert "Enter a subject" in text_of(page)
    assert "a link may only lead to the council’s own website" in text_of(page)
    assert soup(page).select_one("#body").get_text().strip() == "See bit.ly/abc"  # type: ignore[union-attr]  # is there
    assert client.get(f"/cases/{number}/write/letter").status_code == 404


def test_without_consent_nothing_leads_to_the_resident(app: Flask, client: FlaskClient) -> None:
    number = make_case(consent=False, phone=PHONE, email=EMAIL)
    signed_in(client)
    page = client.get(f"/cases/{number}")
    assert "did not ask to be contacted" in text_of(page)
    assert soup(page).find(string="Show how to reach them") is None
    answers = [client.get(f"/cases/{number}/{path}") for path in ("write/sms", "write/email", "call")]
    answers += [
        client.post(f"/cases/{number}/reach"),
        client.post(f"/cases/{number}/call", data=TALKED | {"number": "x"}),
    ]
    assert {answer.status_code for answer in answers} <= {409, 422}
    assert not any(PHONE in answer.text or EMAIL in answer.text for answer in answers)
    typed = {"medium": "sms", "body": WORDS, "number": "x"}
    seen = hidden(client.post(f"/cases/{number}/write", data=typed))
    assert client.post(f"/cases/{number}/write", data=seen | {"send": "yes"}).status_code == 409
    assert (written(), event_kinds(number)) == ([], [CaseEventKind.OPENED])


def test_the_address_is_shown_once_in_answer_to_a_post_and_it_is_kept_who_looked(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    number = make_case(phone=PHONE, email=EMAIL)
    user = signed_in(client)
    assert client.get(f"/cases/{number}/reach").status_code == 405
    page = client.post(f"/cases/{number}/reach")
    assert (PHONE in page.text, EMAIL in page.text, page.headers["Cache-Control"]) == (True, True, "no-store")
    event = history(number)[-1]
    assert (event.kind, event.by, event.words) == (CaseEventKind.LOOKED, user.id, None)
    assert audited()[-1] == ("resident's address looked up", f"case:{number}", {})
    assert case_of(number).acted_at is None, "to look is not to act"
    case_page = client.get(f"/cases/{number}").text
    assert not any(address in shown for address in (PHONE, EMAIL) for shown in (case_page, capsys.readouterr().err))
    assert list(breaks()) == []


PATHS = ("write/sms", "call", "right-number")


@pytest.mark.parametrize("who", ["binman", "assessor"])
def test_who_does_not_handle_the_cases_of_the_service_reaches_nobody(app: Flask, client: FlaskClient, who: str) -> None:
    number = make_case(phone=PHONE)
    sign_in(client, officer_of("bins", "binman") if who == "binman" else make_user(Role.ASSESSOR))
    typed = {"medium": "sms", "body": WORDS, "number": "x"} | TALKED
    gets = [client.get(f"/cases/{number}/{path}") for path in PATHS]
    posts = [client.post(f"/cases/{number}/{path}", data=typed) for path in ("write", "call", "reach", "right-number")]
    assert {page.status_code for page in gets + posts} == {404 if who == "binman" else 403}
    assert not any(PHONE in page.text for page in gets + posts)
    assert event_kinds(number) == [CaseEventKind.OPENED]


def test_a_call_is_logged_once_with_when_it_was_and_what_came_of_it(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    signed_in(client)
    page = client.get(f"/cases/{number}/call")
    form = hidden(page) | {"day": "2026-11-23", "hour": "07:10"} | TALKED
    for _ in range(2):
        assert client.post(f"/cases/{number}/call", data=form).status_code == 303
    events = history(number)
    assert [event.kind for event in events] == [CaseEventKind.OPENED, CaseEventKind.CALLED]
    assert events[-1].words == f"Spoke to them, 23 November 2026 at 7:10am.\n{TALKED['words']}"
    assert audited()[-1] == ("resident called", f"case:{number}", {"outcome": "spoke"})
    assert case_of(number).acted_at == now()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"outcome": ""}, "Select what came of the call"),
        ({"words": ""}, "Enter what you said and what you agreed"),
        ({"hour": "07:11"}, "and not in the future"),
        ({"day": "2026-11-22"}, "since this case was opened"),
        ({"hour": "noon"}, "Enter the day and the time of the call"),
    ],
)
def test_a_call_without_what_is_needed_comes_back_as_it_was_typed(
    app: Flask, client: FlaskClient, typed: dict[str, str], says: str
) -> None:
    number = make_case()
    signed_in(client)
    page = called(client, number, **(TALKED | typed))
    assert page.status_code == 422
    assert says in text_of(page)
    assert soup(page).select_one("#words").get_text() == (TALKED | typed)["words"]  # type: ignore[union-attr]  # there
    assert event_kinds(number) == [CaseEventKind.OPENED]


def test_a_wrong_number_is_texted_no_more(app: Flask, client: FlaskClient) -> None:
    number = make_case(phone=PHONE, email=EMAIL)
    signed_in(client)
    assert called(client, number, outcome="wrong_number").status_code == 303
    assert unusable(PHONE)
    links = [link.get_text() for link in soup(client.get(f"/cases/{number}")).select("a[href*='/write/']")]
    assert links == ["Write an email"]


def test_a_wrong_number_is_taken_back_once_with_a_reason_and_may_be_texted_again(
    app: Flask, client: FlaskClient
) -> None:
    number = make_case(phone=PHONE)
    user = signed_in(client)
    assert client.get(f"/cases/{number}/right-number").status_code == 409
    called(client, number, outcome="wrong_number")
    assert "somebody logged that their number is somebody else’s" in text_of(client.get(f"/cases/{number}"))
    form = hidden(client.get(f"/cases/{number}/right-number"))
    refused = client.post(f"/cases/{number}/right-number", data=form | {"words": " . "})
    assert refused.status_code == 422
    assert "Enter how you know that the number is right" in text_of(refused)
    assert unusable(PHONE)
    for _ in range(2):
        sent = client.post(f"/cases/{number}/right-number", data=form | {"words": "They rang from it."})
        assert sent.status_code == 303
    assert not unusable(PHONE)
    event = history(number)[-1]
    assert (event.kind, event.by) == (CaseEventKind.NOTED, user.id)
    assert event.words == "The number is right after all, and may be texted again.\nThey rang from it."
    assert event_kinds(number).count(CaseEventKind.NOTED) == 1
    assert [entry[0] for entry in audited()[-2:]] == ["address usable again", "wrong number taken back"]
    page = client.get(f"/cases/{number}")
    assert "somebody else’s" not in text_of(page)
    assert [link.get_text() for link in soup(page).select("a[href*='/write/']")] == ["Write a text"]


def test_a_number_that_the_network_refused_is_not_taken_back_by_hand(app: Flask, client: FlaskClient) -> None:
    number = make_case(phone=PHONE)
    signed_in(client)
    phone = db.session.scalars(sa.select(Contact.phone_hash).where(Contact.phone_hash.is_not(None))).one()
    assert phone is not None
    with transaction():
        mark_unusable([(PointKind.PHONE, phone)], now() - timedelta(hours=1))
    called(client, number, outcome="wrong_number", words="It is a bakery.")
    assert "somebody logged that their number" not in text_of(client.get(f"/cases/{number}"))
    typed = {"words": "I know better.", "number": "x"}
    assert client.post(f"/cases/{number}/right-number", data=typed).status_code == 409
    assert unusable(PHONE)


def test_a_closed_case_says_that_it_must_be_opened_again_first(app: Flask, client: FlaskClient) -> None:
    number = make_case(state=CaseState.CLOSED)
    signed_in(client)
    assert "Open it again before you contact the resident." in text_of(client.get(f"/cases/{number}"))
    assert client.post(f"/cases/{number}/reach").status_code == 409


def test_at_night_the_preview_says_when_it_goes(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller, mail: Mailbox
) -> None:
    number = make_case()
    signed_in(client)
    assert "It goes on 23 November 2026 at 9:00am" in text_of(preview(client, number))

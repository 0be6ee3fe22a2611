"""Replies to read: staff say what the program could not tell, without learning whose reply it is."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.conversation_models import TextConversation
from surveys.answers.models import Mode
from surveys.core.db import db, transaction
from surveys.invitations.models import InboundReply, Invitation, InvitationKind, InvitationState
from surveys.invitations.receipt_tasks import forget_receipts
from surveys.people.roles import Role
from tests.answers.by_text import (
    Phone,
    answers_of,
    asked_by_reply,
    invite,
    response_of,
    settings_for_texts,
    waiting_words,
)
from tests.counting import statements
from tests.invitations.made import MOMENT
from tests.invitations.told import EMAIL, PHONE, audited, read_back, stopped
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

LONG_AGO = timedelta(days=1, seconds=1)
RATING = "Overall, how satisfied or dissatisfied were you with the way we dealt with your recent contact?"


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(MOMENT + timedelta(hours=1), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def phone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Phone:
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    asked_by_reply()
    return Phone(app.test_client())


@pytest.fixture
def officer(client: FlaskClient, app: Flask) -> FlaskClient:
    return sign_in(client, make_user(Role.OFFICER))


def reply_id(words: str) -> int:
    db.session.rollback()
    replies = db.session.scalars(sa.select(InboundReply)).all()
    return next(reply.id for reply in replies if reply.words == words)


def unclear_twice(phone: Phone, clock: time_machine.Traveller) -> None:
    """Two replies nobody could read, so long ago that no clearer one will come."""
    clock.shift(-LONG_AGO)
    phone.says("Well, it was all right in the end I suppose")
    phone.says("As I said, all right")
    clock.shift(LONG_AGO)


def read(client: FlaskClient, words: str, meaning: str) -> int:
    return client.post(f"/replies/{reply_id(words)}", data={"meaning": meaning}).status_code


def test_unclear_replies_stand_oldest_first_with_what_was_asked_and_no_number(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    invite(tmp_path, language="cy")
    unclear_twice(phone, clock)
    page = officer.get("/replies")
    said = text_of(page)
    assert said.index("all right in the end") < said.index("As I said")
    assert [RATING in said, "9 March 2026" in said, "Welsh" in said] == [True] * 3
    assert [secret in page.get_data(as_text=True) for secret in (PHONE, "7700900123", EMAIL)] == [False] * 3
    meanings = [label.get_text() for label in soup(page).select("section")[0].select("label")]
    assert meanings[:6] == [
        "Very satisfied",
        "Fairly satisfied",
        "Neither satisfied nor dissatisfied",
        "Fairly dissatisfied",
        "Very dissatisfied",
        "I do not know",
    ]
    assert meanings[6:] == ["There is no answer in it", "It asks for no more surveys"]


def test_a_reply_waits_a_day_for_a_clearer_one_before_staff_see_it(
    phone: Phone, officer: FlaskClient, tmp_path: Path
) -> None:
    number = invite(tmp_path)
    phone.says("It was all right")
    assert "It was all right" not in text_of(officer.get("/replies"))
    with transaction():
        db.session.get_one(TextConversation, number).asked_at -= LONG_AGO
    assert "It was all right" in text_of(officer.get("/replies"))


def test_once_there_is_another_reply_to_read_staff_see_both_at_once(
    phone: Phone, officer: FlaskClient, tmp_path: Path
) -> None:
    invite(tmp_path)
    phone.says("It was all right")
    phone.says("please stop this")
    said = text_of(officer.get("/replies"))
    assert ["It was all right" in said, "please stop this" in said] == [True, True]


def test_what_a_person_reads_in_a_reply_is_an_answer_by_text_and_audited(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    number = invite(tmp_path)
    unclear_twice(phone, clock)
    reply = reply_id("As I said, all right")
    assert read(officer, "As I said, all right", "is-fairly_satisfied") == 303
    assert answers_of(number) == {"overall": "fairly_satisfied"}
    found = response_of(number)
    assert (found.mode, found.entered_by, found.satisfaction) == (Mode.SMS, None, "fairly_satisfied")
    assert audited()[-1] == (
        "reply read",
        f"reply:{reply}",
        {"question": "overall", "means": "fairly_satisfied"},
    )
    assert waiting_words() == []
    assert "There are no replies to read." in text_of(officer.get("/replies"))


def test_a_reply_without_an_answer_is_handled_and_its_words_are_let_go(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    number = invite(tmp_path)
    unclear_twice(phone, clock)
    assert read(officer, "As I said, all right", "nothing") == 303
    assert waiting_words() == ["Well, it was all right in the end I suppose"]
    assert answers_of(number) == {}
    forget_receipts()
    db.session.rollback()
    kept = db.session.scalars(sa.select(InboundReply).order_by(InboundReply.id)).all()
    assert [reply.words for reply in kept] == ["Well, it was all right in the end I suppose", None]


def test_a_reply_that_asks_for_no_more_surveys_stops_them(phone: Phone, officer: FlaskClient, tmp_path: Path) -> None:
    invite(tmp_path)
    phone.says("please stop writing to me")
    assert read(officer, "please stop writing to me", "stop") == 303
    assert (stopped(PHONE), stopped(EMAIL)) == ("officer", "officer")
    assert audited()[-1][2] == {"question": None, "means": "stop"}


def test_words_of_the_last_question_may_be_filed_as_its_answer(
    phone: Phone, officer: FlaskClient, tmp_path: Path
) -> None:
    number = invite(tmp_path)
    for words in ("2", "4"):
        phone.says(words)
    assert phone.says("End of the day it was fine") == ""
    assert waiting_words() == ["End of the day it was fine"]
    assert read(officer, "End of the day it was fine", "words") == 303
    assert answers_of(number)["why"] == "End of the day it was fine"


def test_a_reply_to_a_reminder_answers_the_survey_it_reminds_of(
    phone: Phone, officer: FlaskClient, tmp_path: Path
) -> None:
    number = invite(tmp_path)
    first = read_back(number)
    values = {"state": InvitationState.SENT, "sent_at": MOMENT, "due_at": MOMENT, "expires_at": first.expires_at}
    contact = {"contact_id": first.contact_id, "version_id": first.version_id, "language": "en"}
    with transaction():
        reminder = Invitation(
            kind=InvitationKind.REMINDER, reminder_of=number, medium=first.medium, **contact, **values
        )
        db.session.add(reminder)
        db.session.flush()
        reply = InboundReply(
            provider_ref="SMx",
            from_hash=b"x" * 16,
            meaning="other",
            words="Fine",
            invitation_id=reminder.id,
            received_at=MOMENT,
        )
        db.session.add(reply)
    assert read(officer, "Fine", "is-very_satisfied") == 303
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_a_reply_of_nobody_we_asked_has_no_question_to_answer(phone: Phone, officer: FlaskClient) -> None:
    phone.says("Hello council")
    page = officer.get("/replies")
    assert "This reply belongs to no survey" in text_of(page)
    assert [i["value"] for i in soup(page).select("input[type=radio]")] == ["nothing", "stop"]
    assert read(officer, "Hello council", "is-very_satisfied") == 422
    assert read(officer, "Hello council", "stop") == 303
    assert stopped(PHONE) == "officer"


@pytest.mark.parametrize("meaning", ["", "is-best", "overall", "words"])
def test_a_form_without_a_meaning_that_there_is_comes_back_with_what_to_do(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller, meaning: str
) -> None:
    invite(tmp_path)
    unclear_twice(phone, clock)
    page = officer.post(f"/replies/{reply_id('As I said, all right')}", data={"meaning": meaning})
    assert page.status_code == 422
    assert "Select what the reply means" in text_of(page)
    assert len(waiting_words()) == 2


def test_a_reply_that_needs_no_reading_any_more_changes_nothing(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    number = invite(tmp_path)
    unclear_twice(phone, clock)
    reply = reply_id("As I said, all right")
    phone.says("1")
    page = officer.post(f"/replies/{reply}", data={"meaning": "is-very_dissatisfied"}, follow_redirects=True)
    assert "Somebody else has read this reply, or an answer came after it." in text_of(page)
    assert answers_of(number) == {"overall": "very_satisfied"}
    assert officer.post("/replies/999", data={"meaning": "nothing"}).status_code == 404


def test_a_survey_answered_to_its_end_meanwhile_takes_no_reading(
    phone: Phone, officer: FlaskClient, tmp_path: Path
) -> None:
    number = invite(tmp_path)
    phone.says("1")
    with transaction():
        db.session.execute(sa.text("UPDATE responses SET completed_at = started_at"))
    phone.says("I meant five")
    assert "This reply belongs to no survey" in text_of(officer.get("/replies"))
    assert read(officer, "I meant five", "is-very_dissatisfied") == 303
    assert answers_of(number) == {"overall": "very_satisfied"}
    assert waiting_words() == ["I meant five"]


def test_hostile_words_stand_on_the_page_as_they_are(phone: Phone, officer: FlaskClient) -> None:
    phone.says("<script>alert(1)</script>")
    assert "&lt;script&gt;" in officer.get("/replies").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.ASSESSOR])
def test_only_officers_and_administrators_read_replies(client: FlaskClient, role: Role) -> None:
    assert sign_in(client, make_user(role)).get("/replies").status_code == 403


def test_the_page_asks_no_more_of_the_database_for_more_replies(
    phone: Phone, officer: FlaskClient, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    counts = []
    for some in (range(1), range(1, 6)):
        for number in some:
            invite(tmp_path, f"A{number}", phone=f"+44770090012{number}")
        clock.shift(-LONG_AGO)
        for number in some:
            Phone(phone.client, f"+44770090012{number}").says("It was all right")
        clock.shift(LONG_AGO)
        officer.get("/replies")
        with statements() as sent:
            assert officer.get("/replies").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]

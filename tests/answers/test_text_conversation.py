"""A survey answered by text, over the door that Twilio posts to: what is asked, what is kept, what goes back."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.conversation import TEXTS
from surveys.answers.conversation_finding import MOST_TEXTS
from surveys.answers.conversation_models import TextConversation
from surveys.answers.erasure import erase
from surveys.answers.models import Mode
from surveys.core.db import db, transaction
from surveys.core.settings import Settings
from surveys.core.tokens import token_digest, token_for
from surveys.invitations.models import InboundReply, Invitation
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.invitations.switch import pause
from surveys.questionnaires.by_text import text_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.languages import LANGUAGES
from tests.answers.by_text import (
    AGAIN,
    LONG,
    THANKS,
    Phone,
    answers_of,
    asked_by_reply,
    first_line,
    invite,
    response_of,
    settings_for_texts,
    waiting_words,
)
from tests.answers.made import publish
from tests.answers.racing import post
from tests.invitations.made import MOMENT
from tests.invitations.told import PHONE, stopped

DEALT_WITH, WHY = "Was your query dealt with?", "Why did you give that answer?"


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(MOMENT + timedelta(hours=1), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def phone(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Phone:
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    asked_by_reply()
    return Phone(client)


def public_link(phone: Phone, invitation_id: int) -> str:
    settings: Settings = phone.client.application.extensions["settings"]
    return settings.survey_url(f"/s/{token_for(TOKEN_PURPOSE, invitation_id)}")


def test_the_rating_then_two_questions_then_thanks_with_the_link(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert first_line(phone.says("2")) == DEALT_WITH
    assert first_line(phone.says("3 not yet")) == WHY
    assert phone.says("Nobody rang back.") == THANKS + public_link(phone, number)
    assert answers_of(number) == {"overall": "fairly_satisfied", "resolved": "not_yet", "why": "Nobody rang back."}
    found = response_of(number)
    assert (found.mode, found.satisfaction, found.completed_at) == (Mode.SMS, "fairly_satisfied", None)
    assert waiting_words() == []


def test_words_that_come_with_a_number_are_the_comment_and_are_not_asked_again(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert first_line(phone.says("4 - took ages")) == DEALT_WITH
    assert phone.says("Yes, first time").startswith(THANKS)
    assert answers_of(number) == {"overall": "fairly_dissatisfied", "resolved": "first_time", "why": "took ages"}


def test_a_comment_longer_than_a_form_would_take_is_kept_whole(phone: Phone, tmp_path: Path) -> None:
    number, words = invite(tmp_path), "x" * 1596
    assert first_line(phone.says(f"4 - {words}")) == DEALT_WITH
    assert answers_of(number)["why"] == words


def test_an_unclear_reply_is_asked_once_more_in_clearer_words_and_then_left(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    again = phone.says("what is this?")
    assert again.splitlines()[0] == AGAIN
    assert "5 Very dissatisfied" in again
    assert phone.says("no idea what you want from me") == ""
    assert answers_of(number) == {}
    assert waiting_words() == ["what is this?", "no idea what you want from me"]


def test_a_clear_reply_after_unclear_ones_is_taken_and_nobody_has_to_read_those(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    phone.says("what is this?")
    phone.says("hello?")
    assert first_line(phone.says("4")) == DEALT_WITH
    assert answers_of(number) == {"overall": "fairly_dissatisfied"}
    assert waiting_words() == []


def test_a_number_that_its_words_contradict_is_asked_once_more(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert phone.says("5 brilliant service thank you").startswith(AGAIN)
    assert first_line(phone.says("1")) == DEALT_WITH
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_each_question_may_be_asked_once_more(phone: Phone, tmp_path: Path) -> None:
    invite(tmp_path)
    assert phone.says("?").startswith(AGAIN)
    assert first_line(phone.says("1")) == DEALT_WITH
    assert phone.says("yes").splitlines()[:2] == [AGAIN, DEALT_WITH]
    assert phone.says("yes") == ""


def test_somebody_who_would_rather_not_answer_hears_no_more(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert phone.says("No thanks") == ""
    assert (answers_of(number), waiting_words()) == ({}, [])
    assert stopped(PHONE) is None


def test_a_sentence_that_begins_with_stop_is_answered_by_no_question(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert phone.says("stop it raining") == ""
    assert phone.says("please stop sending me these") == ""
    assert first_line(phone.says("1")) == DEALT_WITH
    assert waiting_words() == ["stop it raining", "please stop sending me these"]
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_stop_in_the_midst_stops_and_nothing_further_is_asked(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    phone.says("1")
    assert "we will not send you any more surveys" in phone.says("STOP")
    assert stopped(PHONE) == "reply"
    assert phone.says("not yet") == ""
    assert answers_of(number) == {"overall": "very_satisfied", "resolved": "not_yet"}
    assert phone.says("what?") == ""


def test_the_same_text_told_twice_is_one_answer_and_one_text_back(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert first_line(phone.says("1", sid="SM" + "7" * 32)) == DEALT_WITH
    assert phone.says("1", sid="SM" + "7" * 32) == ""
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_thanks_and_pictures_after_the_end_wait_for_nobody_and_words_do(phone: Phone, tmp_path: Path) -> None:
    invite(tmp_path)
    for words in ("1", "4", "All fine"):
        phone.says(words)
    assert [phone.says(words) for words in ("Thank you!", "👍", "ok x")] == ["", "", ""]
    assert waiting_words() == []
    assert phone.says("Sorry, I meant 2") == ""
    assert waiting_words() == ["Sorry, I meant 2"]


def open_page(invitation_id: int) -> str:
    """Let the link of a made invitation lead somewhere; returns its token."""
    token = token_for(TOKEN_PURPOSE, invitation_id)
    with transaction():
        row = sa.update(Invitation).where(Invitation.id == invitation_id)
        db.session.execute(row.values(token_digest=token_digest(token)))
    return token


def test_the_link_of_the_last_text_leads_to_a_change(phone: Phone, client: FlaskClient, tmp_path: Path) -> None:
    number = invite(tmp_path)
    token = open_page(number)
    for words in ("1", "4", "All fine"):
        phone.says(words)
    assert post("", token, overall="very_dissatisfied")(client).status_code == 303
    assert response_of(number).satisfaction == "very_dissatisfied"
    assert answers_of(number)["why"] == "All fine"


def test_what_was_begun_on_the_page_goes_on_by_text(phone: Phone, client: FlaskClient, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert post("", open_page(number), overall="very_dissatisfied")(client).status_code == 303
    assert first_line(phone.says("4")) == DEALT_WITH
    found = response_of(number)
    assert (found.mode, found.satisfaction, found.counted) == (Mode.WEB, "fairly_dissatisfied", False)


def test_erasing_lets_go_of_the_conversation(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    phone.says("4")
    phone.says("what?")
    with transaction():
        erase(number, MOMENT)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TextConversation)) == 0
    assert phone.says("1") == ""


def test_after_the_survey_was_answered_to_its_end_a_reply_waits_for_a_person(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    phone.says("1")
    found = response_of(number).id
    with transaction():
        db.session.execute(sa.text("UPDATE responses SET completed_at = started_at WHERE id = :id"), {"id": found})
    assert phone.says("not yet") == ""
    assert waiting_words() == ["not yet"]
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_a_reply_to_a_survey_that_has_ended_is_not_kept_and_is_told_so_once(
    phone: Phone, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    number = invite(tmp_path)
    with transaction():
        db.session.execute(
            sa.update(Invitation).where(Invitation.id == number).values(expires_at=MOMENT + timedelta(days=14))
        )
    clock.move_to(MOMENT + timedelta(days=15))
    assert phone.says("4 - my name is Ann") == (
        "This survey has ended, so we did not keep your reply. Thank you for wanting to answer."
    )
    assert phone.says("4") == ""
    assert phone.says("please stop these") == ""
    assert waiting_words() == ["please stop these"]
    kept = db.session.execute(sa.select(InboundReply.words, InboundReply.handled_at).order_by(InboundReply.id)).all()
    assert [(row.words, row.handled_at is None) for row in kept][:2] == [(None, False)] * 2
    assert answers_of(number) == {}


def test_a_reply_belongs_to_the_conversation_in_progress_else_to_the_newest(
    phone: Phone, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    older = invite(tmp_path, "A1", sent_at=MOMENT - timedelta(days=3))
    newer = invite(tmp_path, "B2", sent_at=MOMENT - timedelta(days=1))
    assert first_line(phone.says("1")) == DEALT_WITH
    assert (answers_of(older), answers_of(newer)) == ({}, {"overall": "very_satisfied"})
    newest = invite(tmp_path, "C3", sent_at=MOMENT + timedelta(hours=1))
    assert first_line(phone.says("4")) == WHY
    assert answers_of(newer)["resolved"] == "no"
    clock.shift(timedelta(days=2))
    last = invite(tmp_path, "D4", sent_at=MOMENT + timedelta(days=2))
    assert first_line(phone.says("2")) == DEALT_WITH
    assert (answers_of(newest), answers_of(last)) == ({}, {"overall": "fairly_satisfied"})


def test_another_person_s_number_is_another_conversation(phone: Phone, client: FlaskClient, tmp_path: Path) -> None:
    mine, theirs = invite(tmp_path, "A1"), invite(tmp_path, "B2", phone="+447700900456")
    phone.says("1")
    Phone(client, "+447700900456").says("5")
    assert (answers_of(mine), answers_of(theirs)) == ({"overall": "very_satisfied"}, {"overall": "very_dissatisfied"})


def test_a_number_that_was_never_asked_is_told_nothing(phone: Phone) -> None:
    assert phone.says("4") == ""
    assert waiting_words() == ["4"]


def test_a_machine_that_answers_every_text_gets_few_back(phone: Phone, client: FlaskClient, tmp_path: Path) -> None:
    for number in range(10):
        invite(tmp_path, f"A{number}", sent_at=MOMENT - timedelta(minutes=number))
    back = [phone.says(f"{number % 4 + 1}") for number in range(40)]
    assert sum(words != "" for words in back) == MOST_TEXTS


def test_nothing_goes_back_while_sending_is_paused_and_the_answer_is_kept(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    with transaction():
        pause(MOMENT)
    assert phone.says("1") == ""
    assert answers_of(number) == {"overall": "very_satisfied"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_comes_in_the_language_of_the_person(phone: Phone, tmp_path: Path, language: str) -> None:
    number = invite(tmp_path, language=language)
    spoken = read_definition(DEFAULT_DEFINITION).language(language)
    resolved = read_definition(DEFAULT_DEFINITION).questions[1]
    assert phone.says("?").startswith(TEXTS[spoken]["again"])
    assert phone.says("2 - qwerty") == text_of(resolved, spoken)
    assert phone.says("4") == TEXTS[spoken]["thanks"].format(link=public_link(phone, number))
    assert response_of(number).language == spoken


def test_hostile_words_are_words(phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    phone.says("1")
    phone.says("4")
    assert phone.says("<Message>&amp;</Message>{link}").startswith(THANKS)
    assert answers_of(number)["why"] == "<Message>&amp;</Message>{link}"


def test_without_replies_by_text_words_wait_for_a_person(
    phone: Phone, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = invite(tmp_path)
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app, sms_replies=False))
    assert phone.says("1") == ""
    assert (answers_of(number), waiting_words()) == ({}, ["1"])


@pytest.fixture
def long_phone(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Phone:
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    publish(LONG)
    return Phone(client)


def test_three_questions_at_most_come_by_text_in_order_and_the_one_for_words_last(
    long_phone: Phone, tmp_path: Path
) -> None:
    number = invite(tmp_path)
    assert first_line(long_phone.says("5")) == "Did we tell you why?"
    assert first_line(long_phone.says("no")) == "Why?"
    assert long_phone.says("It rained").startswith(THANKS)
    assert answers_of(number) == {"overall": "very_dissatisfied", "wrong": "no", "why": "It rained"}


def test_a_question_that_the_answers_do_not_call_for_is_not_asked(long_phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    assert first_line(long_phone.says("1")) == "How easy was it?"
    assert long_phone.says("10 - all done at once").startswith(THANKS)
    assert answers_of(number) == {"overall": "very_satisfied", "ease": "10", "why": "all done at once"}


def test_a_comment_for_which_there_is_no_question_left_is_let_go(long_phone: Phone, tmp_path: Path) -> None:
    number = invite(tmp_path)
    long_phone.says("1 - at once")
    long_phone.says("10 - very easy")
    assert answers_of(number) == {"overall": "very_satisfied", "ease": "10", "why": "at once"}


def test_a_questionnaire_that_asks_for_no_reply_leaves_words_for_a_person(
    client: FlaskClient, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    number = invite(tmp_path)
    assert Phone(client).says("1") == ""
    assert (answers_of(number), waiting_words()) == ({}, ["1"])

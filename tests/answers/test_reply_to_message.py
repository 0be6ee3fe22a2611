"""A reply to what a colleague wrote is no answer to a survey: a person reads it. STOP stops, as ever."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.messaging.models import Medium
from tests.answers.by_text import Phone, answers_of, asked_by_reply, invite, settings_for_texts
from tests.invitations.direct_made import make_message, stands
from tests.invitations.made import MOMENT, Scripted
from tests.invitations.told import PHONE, open_replies, stopped


@pytest.fixture(autouse=True)
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    with time_machine.travel(MOMENT + timedelta(hours=1), tick=False) as coordinates:
        yield coordinates


def texted(invitation: int, minutes: int) -> int:
    """The person of this survey was written to by a colleague, so long after they were asked."""
    contact = db.session.get_one(Invitation, invitation).contact_id
    number = make_message(contact=contact)
    at = MOMENT + timedelta(minutes=minutes)
    with transaction():
        db.session.execute(sa.update(DirectMessage).values(due_at=at, written_at=at))
    send_due(Scripted().senders(), at)
    assert stands(number)[0] == "sent"
    return number


def test_a_figure_that_comes_after_a_colleagues_text_is_no_rating(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    asked_by_reply()
    survey = invite(tmp_path)
    texted(survey, minutes=30)
    assert Phone(client).says("1 pm is fine") == ""
    assert Phone(client).says("1") == ""
    assert answers_of(survey) == {}
    assert [(reply.invitation_id, reply.words) for reply in open_replies()] == [(None, "1 pm is fine"), (None, "1")]


def test_a_survey_asked_after_it_is_answered_as_ever(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    asked_by_reply()
    survey = invite(tmp_path)
    texted(survey, minutes=-30)
    assert Phone(client).says("1") != ""
    assert answers_of(survey)["overall"] == "very_satisfied"


def test_an_email_or_a_text_of_long_ago_leaves_replies_to_the_survey(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    asked_by_reply()
    survey = invite(tmp_path)
    texted(survey, minutes=30)
    with transaction():
        db.session.execute(sa.update(DirectMessage).values(medium=Medium.EMAIL))
    Phone(client).says("1")
    assert answers_of(survey)["overall"] == "very_satisfied"


def test_stop_in_answer_to_it_stops_surveys_and_every_later_message(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    asked_by_reply()
    survey = invite(tmp_path)
    texted(survey, minutes=30)
    assert "we will not send you any more" in Phone(client).says("STOP")
    assert stopped(PHONE) == "reply"
    later = make_message(contact=db.session.get_one(Invitation, survey).contact_id)
    assert send_due(Scripted().senders()) == 0
    assert stands(later) == ("not_sent", "opted-out")

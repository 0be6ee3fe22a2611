"""An invitation by text asks for a reply where its version of the questionnaire may be answered by one."""

from copy import deepcopy
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.core.settings import Settings
from surveys.invitations.claim import claim
from surveys.invitations.default_wording import MESSAGE_LANGUAGES, default_body
from surveys.invitations.invite import invite
from surveys.invitations.models import InvitationKind
from surveys.invitations.pace import SendingRules
from surveys.invitations.wording import Place, answered_by_text, default_text
from surveys.invitations.wording_rules import MOST_UNITS, Setting, Text, faults_of, filled
from surveys.messaging.models import Medium
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG
from surveys.questionnaires.models import QuestionnaireVersion
from tests.answers.made import publish
from tests.counting import statements
from tests.invitations.made import BOTH, MOMENT, select
from tests.invitations.told import with_providers
from tests.makers.contacts import row
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

LINK = "https://s.example.gov.uk/s/x7KpQm3VbT9d"
SAID = {
    "en": "Barset: how satisfied or dissatisfied were you with how we dealt with your recent contact? Reply 1 (very "
    f"satisfied) to 5 (very dissatisfied), or answer here: {LINK} To get no more of these, reply STOP.",
    "cy": "Barset: pa mor fodlon neu anfodlon oeddech chi gyda'n hymateb i'ch cyswllt diweddar? Atebwch 1 (bodlon "
    f"iawn) i 5 (anfodlon iawn), neu atebwch yma: {LINK} I stopio'r negeseuon hyn, atebwch STOP.",
}
SMS = Place(DEFAULT_SLUG, InvitationKind.INVITATION, Medium.SMS, "en")
ASKS = "Reply 1 (very satisfied)"


@pytest.fixture
def replies(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts back reach us."""
    settings = Settings.model_validate(with_providers(app).model_dump() | {"sms_replies": True})
    monkeypatch.setitem(app.extensions, "settings", settings)


def publish_by_reply(by_reply: bool = True) -> None:
    publish(deepcopy(DEFAULT_DEFINITION) | {"by_reply": by_reply})


def publish_next(by_reply: bool) -> None:
    first = db.session.scalars(sa.select(QuestionnaireVersion)).one()
    definition = first.definition | {"by_reply": by_reply}
    with transaction():
        db.session.add(
            QuestionnaireVersion(
                questionnaire_id=first.questionnaire_id, number=2, definition=definition, published_at=MOMENT
            )
        )


def bodies(folder: Path, phone: str = "+447700900123") -> list[str]:
    """The words of the invitations that one person by phone is sent."""
    select(folder, [row("A1", phone=phone, email="")])
    with transaction():
        assert invite(MOMENT, BOTH) == 1
    return [claimed.message.body for claimed in claim("run", MOMENT, 10, SendingRules())]


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_the_words_that_ask_for_a_reply_are_these_and_keep_the_rules(language: str) -> None:
    body = default_body(InvitationKind.INVITATION, Medium.SMS, language, replies=True, by_reply=True)
    assert filled(body, "Barset", LINK) == SAID[language]
    setting = Setting("Bournemouth, Christchurch and Poole Council", LINK, replies=True)
    assert faults_of(Text(Medium.SMS, language, "", body), setting) == []
    assert MOST_UNITS == 306


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_neither_reminders_nor_emails_nor_senders_without_replies_ask_for_one(language: str) -> None:
    for kind in InvitationKind:
        for medium in Medium:
            for replies in (True, False):
                asks = (kind, medium, replies) == (InvitationKind.INVITATION, Medium.SMS, True)
                by_reply = default_body(kind, medium, language, replies, by_reply=True)
                assert (by_reply == default_body(kind, medium, language, replies)) is not asks


@pytest.mark.usefixtures("replies")
def test_an_invitation_asks_for_a_reply_where_its_version_may_be_answered_by_one(app: Flask, tmp_path: Path) -> None:
    publish_by_reply()
    (body,) = bodies(tmp_path)
    assert ASKS in body
    assert body.endswith("To get no more of these, reply STOP.")


@pytest.mark.usefixtures("replies")
def test_an_invitation_of_an_older_version_asks_as_that_version_does(app: Flask, tmp_path: Path) -> None:
    publish_by_reply(False)
    select(tmp_path, [row("A1", phone="+447700900123", email="")])
    with transaction():
        invite(MOMENT, BOTH)
    publish_next(by_reply=True)
    assert answered_by_text() == {DEFAULT_SLUG}
    assert [ASKS in claimed.message.body for claimed in claim("run", MOMENT, 10, SendingRules())] == [False]


def test_without_replies_an_invitation_asks_for_none(app: Flask, tmp_path: Path) -> None:
    publish_by_reply()
    assert [ASKS in body for body in bodies(tmp_path)] == [False]


@pytest.mark.usefixtures("replies")
def test_the_wording_page_shows_what_the_newest_version_sends(client: FlaskClient) -> None:
    publish_by_reply(False)
    editor = sign_in(client, make_user())
    assert ASKS not in text_of(editor.get("/invitations/wording/contact/invitation/sms/en"))
    publish_next(by_reply=True)
    assert ASKS in text_of(editor.get("/invitations/wording/contact/invitation/sms/en"))
    assert ASKS in text_of(editor.get("/invitations/wording"))


@pytest.mark.usefixtures("replies")
def test_which_questionnaires_ask_for_a_reply_is_read_once_in_a_transaction(app: Flask) -> None:
    publish_by_reply()
    with transaction(), statements() as sent:
        for _ in range(20):
            assert ASKS in default_text(SMS).body
    assert len(sent) == 1

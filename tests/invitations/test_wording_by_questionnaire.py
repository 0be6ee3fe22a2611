"""Each questionnaire has its own words; a new installation can word its messages before it has one."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.invitations.claim import claim
from surveys.invitations.models import Invitation, InvitationKind
from surveys.invitations.outbox import send_due
from surveys.invitations.pace import SendingRules
from surveys.invitations.reconcile import reconcile
from surveys.invitations.wording import Place, default_text, save_text, text_at, titles
from surveys.invitations.wording_models import MessageWording
from surveys.invitations.wording_rules import Text
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import CannotTell, Message, Uncertain
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import publish_default_if_none
from tests.counting import statements
from tests.invitations.made import MOMENT, Scripted, make_due, rows_by_reference
from tests.makers.people import make_user, sign_in
from tests.pages import CheckedClient, soup, text_of
from tests.people.conftest import acts, last_entry

CONTACT = Place(DEFAULT_SLUG, InvitationKind.INVITATION, Medium.EMAIL, "en")
BINS = Place("bins", InvitationKind.INVITATION, Medium.EMAIL, "en")
URL = "/invitations/wording/contact/invitation/email/en"


def own(words: str) -> Text:
    return Text(Medium.EMAIL, "en", words, f"{words}: {{council}}\n{{link}}\nThis link stops these.")


def make_questionnaire(slug: str = "bins", title: str = "After a missed bin") -> int:
    """A second questionnaire beside the default one; returns the number of its published version."""
    with transaction():
        publish_default_if_none()
        questionnaire = Questionnaire(slug=slug, title=title)
        db.session.add(questionnaire)
        db.session.flush()
        version = QuestionnaireVersion(
            questionnaire_id=questionnaire.id, number=1, definition=DEFAULT_DEFINITION, published_at=now()
        )
        db.session.add(version)
        db.session.flush()
        return version.id


def ask_of_bins(reference: str, version: int) -> None:
    number = rows_by_reference()[reference].id
    with transaction():
        db.session.execute(sa.update(Invitation).where(Invitation.id == number).values(version_id=version))


@pytest.fixture
def editor(client: FlaskClient, app: Flask) -> FlaskClient:
    return sign_in(client, make_user())


def test_each_invitation_gets_the_words_of_its_questionnaire(app: Flask, folder: Path) -> None:
    version = make_questionnaire()
    make_due(folder, 3)
    ask_of_bins("A001", version)
    with transaction():
        save_text(CONTACT, own("Your contact"))
        save_text(BINS, own("Your bins"))
    provider = Scripted()
    send_due(provider.senders())
    assert sorted(message.subject for message in provider.messages) == ["Your bins", "Your contact", "Your contact"]
    bins = next(message for message in provider.messages if message.subject == "Your bins")
    assert bins.recipient == "a001@example.com"


def test_words_of_one_questionnaire_are_not_those_of_another(app: Flask, folder: Path) -> None:
    version = make_questionnaire()
    make_due(folder, 1)
    ask_of_bins("A000", version)
    with transaction():
        save_text(CONTACT, own("Your contact"))
    provider = Scripted()
    send_due(provider.senders())
    assert [message.subject for message in provider.messages] == ["Your recent contact with Test Council"]
    assert text_at(BINS) == default_text(BINS) == default_text(CONTACT)


class Asked(Scripted):
    """Remembers what it was asked to look for."""

    def find(self, message: Message, _since: datetime) -> CannotTell:
        self.messages.append(message)
        return CannotTell()


def test_an_uncertain_message_is_looked_for_by_the_words_of_its_questionnaire(app: Flask, folder: Path) -> None:
    version = make_questionnaire()
    make_due(folder, 1)
    ask_of_bins("A000", version)
    with transaction():
        save_text(BINS, own("Your bins"))
    send_due(Scripted(lambda _message: Uncertain("ReadTimeout")).senders())
    provider = Asked()
    reconcile(provider.senders(), MOMENT + timedelta(minutes=5))
    assert [message.subject for message in provider.messages] == ["Your bins"]


def test_a_claim_asks_no_more_of_the_database_for_more_messages(app: Flask, folder: Path) -> None:
    make_due(folder, 6)
    counts = []
    for run, most in (("one", 1), ("five", 5)):
        with statements() as sent:
            assert len(claim(run, MOMENT, most, SendingRules())) == most
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_new_installation_words_its_messages_before_it_has_a_questionnaire(editor: FlaskClient) -> None:
    assert titles() == {DEFAULT_SLUG: DEFAULT_TITLE}
    sent = {"subject": "Your contact", "body": own("Your contact").body, "save": "Save"}
    assert editor.post(URL, data=sent).status_code == 303
    assert acts()[-2:] == ["questionnaire published", "wording changed"]
    assert last_entry().subject == "wording:contact-invitation-email-en"
    with transaction():
        assert text_at(CONTACT) == own("Your contact")
        assert publish_default_if_none().number == 1


def test_looking_at_wording_publishes_nothing(editor: FlaskClient) -> None:
    editor.get("/invitations/wording")
    editor.get(URL)
    editor.post(f"{URL}/default")
    assert "questionnaire published" not in acts()


def test_the_database_refuses_words_of_no_questionnaire_and_the_same_message_twice(app: Flask) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction():
        save_text(BINS, own("Your bins"))
    make_questionnaire()
    for place in (BINS, CONTACT):
        with transaction():
            save_text(place, own("Our words"))
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(MessageWording(**vars(BINS), subject="Again", body="Again", changed_at=MOMENT))


def test_with_one_questionnaire_the_list_has_no_headings_for_it(editor: FlaskClient) -> None:
    assert soup(editor.get("/invitations/wording")).select("main h2") == []


def test_the_list_groups_messages_by_questionnaire(editor: FlaskClient) -> None:
    make_questionnaire()
    with transaction():
        save_text(BINS, own("Your bins"))
    page = soup(editor.get("/invitations/wording"))
    assert [heading.get_text() for heading in page.select("main h2")] == [DEFAULT_TITLE, "After a missed bin"]
    tables = page.select("table")
    assert [len(table.select("tbody tr")) for table in tables] == [8, 8]
    assert ["Your bins" in table.get_text() for table in tables] == [False, True]
    links = {link["href"].split("/")[3] for link in tables[1].select("a")}
    assert links == {"bins"}


def test_the_page_of_a_message_says_which_questionnaire_it_is_for_and_saves_there(editor: FlaskClient) -> None:
    make_questionnaire()
    address = URL.replace("contact", "bins")
    assert "Questionnaire: After a missed bin" in text_of(editor.get(address))
    sent = {"subject": "Your bins", "body": own("Your bins").body, "save": "Save"}
    assert editor.post(address, data=sent).status_code == 303
    db.session.rollback()
    assert (text_at(BINS), text_at(CONTACT)) == (own("Your bins"), default_text(CONTACT))
    assert editor.post(f"{address}/default").status_code == 303
    db.session.rollback()
    assert text_at(BINS) == default_text(BINS)


def test_the_list_asks_no_more_of_the_database_for_more_questionnaires(client: CheckedClient, app: Flask) -> None:
    editor, counts = sign_in(client, make_user()), []
    for slugs in (("bins",), ("parking", "libraries", "housing")):
        for slug in slugs:
            make_questionnaire(slug, f"About {slug}")
        with statements() as sent:
            assert editor.get("/invitations/wording").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]

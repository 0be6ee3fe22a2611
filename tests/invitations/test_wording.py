"""Every message a resident can get, kept word for word; and which words are used."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from surveys.core.db import db, transaction
from surveys.core.segments import Encoding, segments
from surveys.invitations.default_wording import MESSAGE_LANGUAGES, default_body, default_subject
from surveys.invitations.models import InvitationKind
from surveys.invitations.wording import (
    Place,
    Words,
    default_text,
    html_of,
    places_of,
    restore_default,
    save_text,
    text_at,
    words_for,
)
from surveys.invitations.wording_models import MessageWording
from surveys.invitations.wording_rules import MOST_UNITS, Setting, Text, faults_of, filled
from surveys.messaging.models import Medium
from surveys.questionnaires.default import DEFAULT_SLUG
from tests.counting import statements
from tests.people.conftest import acts, last_entry

SNAPSHOTS = Path(__file__).parent / "snapshots"
COUNCIL = "Example & Sons Council"
LINK, STOP_LINK = "https://s.example.gov.uk/s/x7KpQm3VbT9d", "https://s.example.gov.uk/stop/x7KpQm3VbT9d"
PLACES = places_of(DEFAULT_SLUG)
CASES = [
    (place, replies) for place in PLACES for replies in ((False, True) if place.medium is Medium.SMS else (False,))
]
SMS_EN = Place(DEFAULT_SLUG, InvitationKind.INVITATION, Medium.SMS, "en")
OWN = Text(Medium.SMS, "en", "", "{council} asks about your recent contact: {link} To stop these, use the same link.")


def name_of(place: Place, replies: bool) -> str:
    """The default words are the same for every questionnaire."""
    return f"{place.kind}-{place.medium}-{place.language}{'-replies' if replies else ''}.txt"


def default_words(place: Place, replies: bool) -> Words:
    subject = filled(default_subject(place.kind, place.medium, place.language), COUNCIL, LINK)
    body = filled(default_body(place.kind, place.medium, place.language, replies), COUNCIL, LINK)
    return Words(subject, body, html_of(subject, body, LINK, place.language) if subject else "")


def written(words: Words) -> str:
    """One message as its snapshot has it."""
    parts = [f"Subject: {words.subject}\n" if words.subject else "", words.body, words.html]
    return "\n----\n".join(part for part in parts if part) + "\n"


@pytest.mark.parametrize(("place", "replies"), CASES, ids=lambda case: getattr(case, "code", str(case)))
def test_every_text_a_resident_can_get_is_the_one_that_was_looked_at(place: Place, replies: bool) -> None:
    assert written(default_words(place, replies)) == (SNAPSHOTS / name_of(place, replies)).read_text(encoding="utf-8")


def test_there_is_no_snapshot_of_a_text_that_nobody_gets() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == {name_of(*case) for case in CASES}


@pytest.mark.parametrize(("place", "replies"), CASES, ids=lambda case: getattr(case, "code", str(case)))
def test_the_default_words_keep_the_rules_for_a_long_name_and_link(place: Place, replies: bool) -> None:
    subject = default_subject(place.kind, place.medium, place.language)
    text = Text(place.medium, place.language, subject, default_body(place.kind, place.medium, place.language, replies))
    long_name = "Bournemouth, Christchurch and Poole Council"
    assert faults_of(text, Setting(long_name, LINK, replies)) == []


@pytest.mark.parametrize(("place", "replies"), [case for case in CASES if case[0].medium is Medium.SMS])
def test_default_texts_stay_in_the_cheap_encoding_and_two_parts_in_welsh_too(place: Place, replies: bool) -> None:
    size = segments(default_words(place, replies).body)
    assert (size.encoding, size.parts) == (Encoding.GSM, 2)
    assert size.units <= MOST_UNITS


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_the_outbox_gets_the_default_words_where_none_are_stored(app: Flask, place: Place) -> None:
    words = words_for(DEFAULT_SLUG, place.kind, place.medium, place.language, COUNCIL, LINK, STOP_LINK)
    assert words == default_words(place, replies=False)
    assert words.body.count("https://") == 1


def test_a_language_of_survey_pages_without_words_for_messages_gets_english(app: Flask) -> None:
    said = [
        words_for(DEFAULT_SLUG, InvitationKind.REMINDER, Medium.EMAIL, code, COUNCIL, LINK, STOP_LINK)
        for code in ("pl", "fr", "en", "cy")
    ]
    assert said[0] == said[1] == said[2] != said[3]


def test_stored_words_are_used_and_audited_until_the_default_is_back(app: Flask) -> None:
    with transaction():
        save_text(SMS_EN, OWN)
    assert words_for(DEFAULT_SLUG, SMS_EN.kind, Medium.SMS, "en", "A Council", LINK, STOP_LINK).body == (
        f"A Council asks about your recent contact: {LINK} To stop these, use the same link."
    )
    assert (last_entry().action, last_entry().subject) == ("wording changed", "wording:contact-invitation-sms-en")
    default = {"heading": "", "words": default_text(SMS_EN).body}
    assert last_entry().details == {"heading": "", "words": OWN.body, "before": default}
    assert text_at(Place(DEFAULT_SLUG, InvitationKind.REMINDER, Medium.SMS, "en")).body.startswith(
        "{council}: we asked"
    )
    with transaction():
        restore_default(SMS_EN)
    assert text_at(SMS_EN) == default_text(SMS_EN)
    assert acts() == ["questionnaire published", "wording changed", "wording restored"]


def test_saving_what_is_there_changes_and_audits_nothing(app: Flask) -> None:
    for _ in range(2):
        with transaction():
            save_text(SMS_EN, OWN)
            assert text_at(SMS_EN) == OWN
    with transaction():
        restore_default(Place(DEFAULT_SLUG, InvitationKind.REMINDER, Medium.SMS, "en"))
    assert acts() == ["questionnaire published", "wording changed"]


def test_saving_the_words_of_the_default_stores_nothing(app: Flask) -> None:
    for text in (OWN, default_text(SMS_EN)):
        with transaction():
            save_text(SMS_EN, text)
    assert db.session.scalar(sa.select(sa.func.count(MessageWording.id))) == 0
    assert acts() == ["questionnaire published", "wording changed", "wording restored"]


def test_a_batch_of_messages_reads_the_stored_words_once(app: Flask) -> None:
    with transaction():
        save_text(SMS_EN, OWN)
    with transaction(), statements() as sent:
        for _ in range(50):
            words_for(DEFAULT_SLUG, SMS_EN.kind, Medium.SMS, "en", COUNCIL, LINK, STOP_LINK)
    assert len(sent) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"body": ""}, {"subject": "A text has none"}, {"medium": Medium.EMAIL}],
    ids=["no words", "a text with a subject", "an email without"],
)
def test_the_database_refuses_words_that_cannot_be_sent(app: Flask, wrong: dict[str, str]) -> None:
    text = replace(OWN, **wrong)
    place = Place(DEFAULT_SLUG, InvitationKind.INVITATION, text.medium, "en")
    with pytest.raises(sa.exc.IntegrityError), transaction():
        save_text(place, text)


def test_what_is_put_into_the_words_is_never_read_as_words(app: Flask) -> None:
    words = words_for(
        DEFAULT_SLUG, InvitationKind.INVITATION, Medium.EMAIL, "en", "<b>{link}</b> Council", LINK, STOP_LINK
    )
    assert "<b>{link}</b> Council" in words.body
    page = BeautifulSoup(words.html, "html5lib")
    assert page.find("b") is None
    assert [anchor["href"] for anchor in page.find_all("a")] == [LINK]
    assert [anchor.get_text() for anchor in page.find_all("a")] == [LINK]


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_an_html_email_says_the_same_as_its_text_in_its_language(app: Flask, language: str) -> None:
    words = words_for(DEFAULT_SLUG, InvitationKind.REMINDER, Medium.EMAIL, language, COUNCIL, LINK, STOP_LINK)
    page = BeautifulSoup(words.html, "html5lib")
    assert page.html["lang"] == language
    assert page.title.get_text() == words.subject
    assert page.body.get_text(" ").split() == words.body.split()

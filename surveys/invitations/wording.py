"""The words of each message: the council's own where it has changed them, the default ones elsewhere."""

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import current_app
from markupsafe import Markup, escape
from sqlalchemy.orm import SessionTransaction

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.core.settings import Settings
from surveys.core.tokens import TOKEN_LENGTH
from surveys.invitations.default_wording import default_body, default_subject
from surveys.invitations.models import InvitationKind
from surveys.invitations.wording_models import MessageWording
from surveys.invitations.wording_rules import Setting, Text, filled
from surveys.messaging.models import Medium
from surveys.people.audit import record
from surveys.questionnaires.languages import LANGUAGES, known_language

PAGE = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    "<title>{subject}</title>\n</head>\n<body>\n{paragraphs}\n</body>\n</html>\n"
)


@dataclass(frozen=True)
class Place:
    """Which message it is."""

    kind: InvitationKind
    medium: Medium
    language: str

    @property
    def code(self) -> str:
        return f"{self.kind.value}-{self.medium.value}-{self.language}"


@dataclass(frozen=True)
class Words:
    """A message ready to go. A text message has neither subject nor html."""

    subject: str
    body: str
    html: str


PLACES = tuple(Place(kind, medium, code) for kind in InvitationKind for medium in Medium for code in LANGUAGES)
# What is stored, read once in each transaction: the outbox asks for every message of a batch.
Stored = dict[Place, Text]
read_in: WeakKeyDictionary[SessionTransaction, Stored] = WeakKeyDictionary()


def words_for(kind: InvitationKind, medium: Medium, language: str, council: str, link: str, stop_link: str) -> Words:
    """The message in the resident's language; English where there is no other.

    Words hold one link, so stop_link is not among them: it is for the header of an email. Their link stops too.
    """
    text = text_at(Place(kind, medium, known_language(language)))
    subject, body = filled(text.subject, council, link), filled(text.body, council, link)
    return Words(subject, body, html_of(subject, body, link, text.language) if medium is Medium.EMAIL else "")


def html_of(subject: str, body: str, link: str, language: str) -> str:
    """The same words as a page: paragraphs, line breaks and the one link."""
    paragraphs = [escape(part.strip()) for part in re.split(r"\n{2,}", body) if part.strip()]
    anchor = Markup('<a href="{0}">{0}</a>').format(link)
    linked = Markup("\n").join(Markup("<p>{}</p>").format(p.replace("\n", Markup("<br>\n"))) for p in paragraphs)
    direction = LANGUAGES[language].direction
    with_link = linked.replace(escape(link), anchor, 1)
    return str(PAGE.format(language=language, direction=direction, subject=subject, paragraphs=with_link))


def place_of(kind: str, medium: str, language: str) -> Place:
    found = next((p for p in PLACES if (p.kind, p.medium, p.language) == (kind, medium, language)), None)
    if found is None:
        raise NotFound("There is no such message.")
    return found


def text_at(place: Place) -> Text:
    return stored_texts().get(place) or default_text(place)


def default_text(place: Place) -> Text:
    settings: Settings = current_app.extensions["settings"]
    body = default_body(place.kind, place.medium, place.language, settings.sms_replies)
    return Text(place.medium, place.language, default_subject(place.kind, place.medium, place.language), body)


def stored_texts() -> Stored:
    session = db.session()
    begun = session.get_transaction()
    if begun is not None and begun in read_in:
        return read_in[begun]
    table = MessageWording
    rows = session.execute(sa.select(table.kind, table.medium, table.language, table.subject, table.body))
    found = {Place(*row[:3]): Text(row.medium, row.language, row.subject, row.body) for row in rows}
    if begun := session.get_transaction():
        read_in[begun] = found
    return found


def forget_read() -> None:
    if begun := db.session().get_transaction():
        read_in.pop(begun, None)


def setting_of(settings: Settings) -> Setting:
    """Where words will be used, with a link as long as a real one."""
    return Setting(settings.council_name, settings.survey_url("/s/" + "x" * TOKEN_LENGTH), settings.sms_replies)


def save_text(place: Place, text: Text) -> None:
    """Use these words from now on, and keep them in the audit trail. The default's own words store nothing.

    The caller has checked them with wording_rules.faults_of.
    """
    if text == default_text(place):
        restore_default(place)
        return
    if text == text_at(place):
        return
    delete_stored(place)
    row = MessageWording(kind=place.kind, medium=place.medium, language=place.language, changed_at=now())
    row.subject, row.body = text.subject, text.body
    db.session.add(row)
    db.session.flush()
    record("wording changed", f"wording:{place.code}", heading=text.subject, words=text.body)


def restore_default(place: Place) -> None:
    """Go back to the default words. Nothing happens where they stand already."""
    if delete_stored(place):
        record("wording restored", f"wording:{place.code}")


def delete_stored(place: Place) -> bool:
    table = MessageWording
    here = sa.and_(table.kind == place.kind, table.medium == place.medium, table.language == place.language)
    deleted = db.session.execute(sa.delete(table).where(here))
    forget_read()
    return bool(deleted.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every DELETE gives

"""The words of each questionnaire's messages: the council's own where it changed them, the default ones elsewhere."""

import re
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import current_app
from markupsafe import Markup, escape
from sqlalchemy.orm import SessionTransaction

from surveys.core.clock import now
from surveys.core.db import db, lock
from surveys.core.refusals import NotFound
from surveys.core.settings import Settings
from surveys.core.tokens import TOKEN_LENGTH
from surveys.invitations.default_wording import MESSAGE_LANGUAGES, default_body, default_subject, message_language
from surveys.invitations.models import InvitationKind
from surveys.invitations.wording_models import MessageWording
from surveys.invitations.wording_rules import Setting, Text, filled
from surveys.messaging.models import Medium
from surveys.people.audit import record
from surveys.questionnaires.default import DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import publish_default_if_none

PAGE = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    "<title>{subject}</title>\n</head>\n<body>\n{paragraphs}\n</body>\n</html>\n"
)


@dataclass(frozen=True)
class Place:
    """Which message it is, and the slug of the questionnaire it asks for."""

    questionnaire: str
    kind: InvitationKind
    medium: Medium
    language: str

    @property
    def code(self) -> str:
        return f"{self.questionnaire}-{self.kind.value}-{self.medium.value}-{self.language}"


@dataclass(frozen=True)
class Words:
    """A message ready to go. A text message has neither subject nor html."""

    subject: str
    body: str
    html: str


# What is stored, read once in each transaction: the outbox asks for every message of a batch.
Stored = dict[Place, Text]
read_in: WeakKeyDictionary[SessionTransaction, Stored] = WeakKeyDictionary()
replies_read_in: WeakKeyDictionary[SessionTransaction, frozenset[str]] = WeakKeyDictionary()


def titles() -> dict[str, str]:
    """The title of each questionnaire by its slug; of the default one while there is none.

    So a new installation can word its messages before the first is sent.
    """
    rows = db.session.execute(sa.select(Questionnaire.slug, Questionnaire.title).order_by(Questionnaire.id))
    return {row.slug: row.title for row in rows} or {DEFAULT_SLUG: DEFAULT_TITLE}


def places_of(questionnaire: str) -> list[Place]:
    return [
        Place(questionnaire, kind, medium, language)
        for kind in InvitationKind
        for medium in Medium
        for language in MESSAGE_LANGUAGES
    ]


def words_for(
    questionnaire: str,
    kind: InvitationKind,
    medium: Medium,
    language: str,
    council: str,
    link: str,
    stop_link: str,
    by_reply: bool = False,
) -> Words:
    """The message in the resident's language; English where there is no other.

    by_reply: whether the version that the resident gets may be answered by a text back.
    Words hold one link, so stop_link is not among them: it is for the header of an email. Their link stops too.
    """
    text = text_at(Place(questionnaire, kind, medium, message_language(language)), by_reply)
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


def place_of(questionnaire: str, kind: str, medium: str, language: str) -> Place:
    places = places_of(questionnaire) if questionnaire in titles() else []
    found = next((p for p in places if (p.kind, p.medium, p.language) == (kind, medium, language)), None)
    if found is None:
        raise NotFound("There is no such message.")
    return found


def text_at(place: Place, by_reply: bool | None = None) -> Text:
    return stored_texts().get(place) or default_text(place, by_reply)


def default_text(place: Place, by_reply: bool | None = None) -> Text:
    """by_reply None: as the questionnaire's newest version has it."""
    settings: Settings = current_app.extensions["settings"]
    if by_reply is None:
        by_reply = settings.sms_replies and place.medium is Medium.SMS and place.questionnaire in answered_by_text()
    body = default_body(place.kind, place.medium, place.language, settings.sms_replies, by_reply)
    return Text(place.medium, place.language, default_subject(place.kind, place.medium, place.language), body)


def stored_texts() -> Stored:
    session = db.session()
    begun = session.get_transaction()
    if begun is not None and begun in read_in:
        return read_in[begun]
    t = MessageWording
    rows = session.execute(sa.select(t.questionnaire, t.kind, t.medium, t.language, t.subject, t.body))
    found = {Place(*row[:4]): Text(row.medium, row.language, row.subject, row.body) for row in rows}
    if begun := session.get_transaction():
        read_in[begun] = found
    return found


def answered_by_text() -> frozenset[str]:
    """The questionnaires whose newest published version may be answered by a text back; read once in a transaction."""
    session = db.session()
    begun = session.get_transaction()
    if begun is not None and begun in replies_read_in:
        return replies_read_in[begun]
    q, v = Questionnaire, QuestionnaireVersion
    newest = (
        sa.select(v.questionnaire_id, sa.func.max(v.number).label("number"))
        .where(v.published_at.is_not(None))
        .group_by(v.questionnaire_id)
        .subquery()
    )
    same = sa.and_(v.questionnaire_id == newest.c.questionnaire_id, v.number == newest.c.number)
    slugs = sa.select(q.slug).join(v, v.questionnaire_id == q.id).join(newest, same).where(may_be_answered_by_text())
    found = frozenset(session.scalars(slugs))
    if begun := session.get_transaction():
        replies_read_in[begun] = found
    return found


def may_be_answered_by_text() -> sa.ColumnElement[bool]:
    """Of a version, in a query."""
    return sa.func.coalesce(QuestionnaireVersion.definition["by_reply"].as_boolean(), sa.false())


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
    was = text_at(place)
    if text == was:
        return
    delete_stored(place)
    make_sure_of(place.questionnaire)
    row = MessageWording(**vars(place), subject=text.subject, body=text.body, changed_at=now())
    db.session.add(row)
    db.session.flush()
    record("wording changed", f"wording:{place.code}", **in_trail(text), before=in_trail(was))


def make_sure_of(questionnaire: str) -> None:
    """Words of a new installation may come before its questionnaire."""
    there = sa.select(sa.exists().where(Questionnaire.slug == questionnaire))
    if questionnaire == DEFAULT_SLUG and not db.session.scalar(there):
        # Whoever makes the first invitations publishes it too, under the same lock.
        lock("invitations")
        publish_default_if_none()


def restore_default(place: Place) -> None:
    """Go back to the default words. Nothing happens where they stand already."""
    was = text_at(place)
    if delete_stored(place):
        record("wording restored", f"wording:{place.code}", **in_trail(text_at(place)), before=in_trail(was))


def in_trail(text: Text) -> dict[str, Any]:
    return {"heading": text.subject, "words": text.body}


def delete_stored(place: Place) -> bool:
    t = MessageWording
    message = (t.kind == place.kind, t.medium == place.medium, t.language == place.language)
    deleted = db.session.execute(sa.delete(t).where(t.questionnaire == place.questionnaire, *message))
    forget_read()
    return bool(deleted.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every DELETE gives

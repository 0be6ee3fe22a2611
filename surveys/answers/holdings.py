"""What is held on the person behind a link, for them to read: their contact, their address in part, their answers."""

from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from surveys.answers.equality import equality_given
from surveys.answers.models import Response
from surveys.answers.opening import Opened, given_so_far, raw_of
from surveys.contacts.models import Channel, Contact
from surveys.contacts.suppression import addresses_of, has_stopped
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.invitations.models import InboundReply, Invitation
from surveys.people.models import Service
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.languages import LANGUAGES, known_language


@dataclass(frozen=True)
class Answered:
    """A question and the answers to it, each in words."""

    question: str
    answers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Holdings:
    """phone_end and email are masked: a page may be read over a shoulder. None or empty: not held."""

    day: date
    service: str
    channel: Channel
    reference: str
    area: str
    team: str
    language: str
    phone_end: str | None
    email: str | None
    asked_on: tuple[date, ...]
    answered_on: date | None
    stopped: bool
    answers: tuple[Answered, ...]
    equality: tuple[Answered, ...]
    texts: tuple[str, ...] = field(repr=False)


def held_on(opened: Opened, language: str) -> Holdings:
    """Everything held for this survey, in a language of its questionnaire."""
    i = Invitation
    contact, service = db.session.execute(
        sa.select(Contact, Service.name)
        .join(i, i.contact_id == Contact.id)
        .join(Service, Service.id == Contact.service_id)
        .where(i.id == opened.invitation_id)
    ).one()
    definition = opened.definition
    told = {item: [code] for item, code in equality_given(opened).items()}
    return Holdings(
        day=contact.day,
        service=service,
        channel=contact.channel,
        reference=contact.external_ref,
        area=contact.area,
        team=contact.team,
        language=LANGUAGES[known_language(contact.language)].name,
        phone_end=contact.phone[-3:] if contact.phone else None,
        email=masked(contact.email) if contact.email else None,
        asked_on=asked_on(contact.id),
        answered_on=answered_on(opened),
        stopped=has_stopped(addresses_of(contact.id)),
        answers=in_words(definition.questions, raw_of(given_so_far(opened)), language),
        equality=in_words(definition.equality, told, language),
        texts=texts_of(contact.id),
    )


def masked(email: str) -> str:
    """Enough of a mailbox to know one's own by: its first letter, and where it is."""
    box, _, place = email.rpartition("@")
    return f"{box[:1]}…@{place}"


def asked_on(contact_id: int) -> tuple[date, ...]:
    sent = sa.select(Invitation.sent_at).where(Invitation.contact_id == contact_id, Invitation.sent_at.is_not(None))
    moments: list[datetime | None] = list(db.session.scalars(sent.order_by(Invitation.sent_at)))
    return tuple(day_of(moment) for moment in moments if moment is not None)


def answered_on(opened: Opened) -> date | None:
    began = db.session.scalar(sa.select(Response.started_at).where(Response.id == opened.response_id))
    return day_of(began) if began else None


def texts_of(contact_id: int) -> tuple[str, ...]:
    """The words of texts that came back and are still kept, oldest first."""
    mine = sa.select(Invitation.id).where(Invitation.contact_id == contact_id)
    words = sa.select(InboundReply.words).where(InboundReply.invitation_id.in_(mine), InboundReply.words.is_not(None))
    return tuple(one for one in db.session.scalars(words.order_by(InboundReply.id)) if one)


def in_words(questions: tuple[Question, ...], raw: dict[str, list[str]], language: str) -> tuple[Answered, ...]:
    """Each answered question with the texts of the options chosen, or with the words that were written.

    Words that were let go are held no more, so they are left out.
    """
    return tuple(
        Answered(question.text[language], tuple(worded(question, one, language) for one in raw[question.key]))
        for question in questions
        if question.key in raw and raw[question.key] != [""]
    )


def worded(question: Question, answer: str, language: str) -> str:
    options = {option.code: option.text[language] for option in question.handler.options(question)}
    return options.get(answer, answer)

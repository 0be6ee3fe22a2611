"""Replies by text that no program could read: a person says what each means. Whose they are is never shown."""

from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.answers.conversation import handle, note
from surveys.answers.conversation_finding import IN_PROGRESS, opened
from surveys.answers.conversation_models import TextConversation
from surveys.answers.models import Mode, Response
from surveys.answers.opening import sheet_of
from surveys.answers.take_in import take_in
from surveys.contacts.models import Stop
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.invitations.models import InboundReply, Invitation
from surveys.invitations.replies import Asked as AskedOf
from surveys.invitations.replies import heed, lock_number
from surveys.messaging.keywords import Meaning
from surveys.people.audit import record
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import Given, Question
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.queries import published_definition

MOST = 20
# What a reply may mean besides one of the question's options, which stand under this prefix.
OPTION = "is-"
WORDS, STOP, NOTHING = "words", "stop", "nothing"
READ_ALREADY = "Somebody else has read this reply, or an answer came after it."
SELECT_ONE = "Select what the reply means"


class NoMeaning(Refused):
    """A form that says nothing of what the reply means, or what it cannot mean."""


@dataclass(frozen=True)
class Unread:
    """A reply and what it may mean. question: empty where it answers none, or its survey takes no more answers."""

    id: int
    day: date
    language: str
    question: str
    meanings: dict[str, str]
    words: str = field(repr=False)


def unread_replies(moment: datetime) -> tuple[list[Unread], int]:
    """(the oldest replies that wait for a person, how many wait)."""
    query = waiting_replies(moment)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.execute(query.limit(MOST)).all()
    return [unread(row) for row in rows], count


def waiting_replies(moment: datetime) -> sa.Select[tuple[object, ...]]:
    """Without those whose question was asked once more within the day: a clearer answer may come yet."""
    r, i, first, t, next_one = InboundReply, Invitation, aliased(Invitation), TextConversation, aliased(InboundReply)
    lately = sa.exists().where(t.invitation_id == r.invitation_id, t.asked_at > moment - IN_PROGRESS)
    followed = sa.exists().where(next_one.invitation_id == r.invitation_id, next_one.id > r.id)
    asked_again = sa.and_(r.answered, lately, ~followed)
    return (
        sa.select(r.id, r.words, r.received_at, r.question, first.version_id, first.language)
        .add_columns(sa.or_(Response.completed_at.is_not(None), first.erased_at.is_not(None)).label("closed"))
        .outerjoin(i, i.id == r.invitation_id)
        .outerjoin(first, first.id == sa.func.coalesce(i.reminder_of, i.id))
        .outerjoin(Response, Response.invitation_id == first.id)
        .where(r.handled_at.is_(None), r.words.is_not(None), ~asked_again)
        .order_by(r.received_at, r.id)
    )


def unread(row: sa.Row[tuple[object, ...]]) -> Unread:
    name = LANGUAGES[row.language].english if row.language in LANGUAGES else ""
    if row.version_id is None or row.closed:
        return Unread(row.id, day_of(row.received_at), name, "", beside(), row.words)
    question = question_of(published_definition(row.version_id), row.question)
    return Unread(row.id, day_of(row.received_at), name, question.text["en"], meanings_of(question), row.words)


def question_of(definition: Definition, key: str | None) -> Question:
    """The question that was asked; the rating where the invitation was all we asked with."""
    return next((question for question in definition.questions if question.key == key), definition.rating)


def meanings_of(question: Question) -> dict[str, str]:
    if not question.handler.counted:
        return {WORDS: "These words answer the question"} | beside()
    return {OPTION + o.code: o.text["en"] for o in question.handler.options(question)} | beside()


def beside() -> dict[str, str]:
    return {NOTHING: "There is no answer in it", STOP: "It asks for no more surveys"}


def decide(reply_id: int, meaning: str, moment: datetime) -> None:
    """Do what a person has read in a reply, and keep in the audit trail that they did.

    Raises NoMeaning for what it cannot mean, Conflict where the reply needs no reading any more.
    """
    reply = held(reply_id)
    asked = asked_of(reply)
    if meaning == STOP:
        heed(Meaning.STOP, reply.from_hash, asked, moment, Stop.OFFICER)
        key = None
    elif meaning == NOTHING:
        key = None
    elif asked is None:
        raise NoMeaning(SELECT_ONE)
    else:
        key = answer(reply, asked, meaning, moment)
    note(reply.id, handled_at=moment)
    record("reply read", f"reply:{reply.id}", at=moment, question=key, means=meaning.removeprefix(OPTION))


def held(reply_id: int) -> InboundReply:
    """The reply, with no other reply of its number heard meanwhile. Raises Conflict once it is handled."""
    number = db.session.scalar(sa.select(InboundReply.from_hash).where(InboundReply.id == reply_id))
    if number is None:
        raise NotFound("There is no such reply.")
    lock_number(number)
    query = sa.select(InboundReply).where(InboundReply.id == reply_id)
    reply = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if reply.handled_at is not None or reply.words is None:
        raise Conflict(READ_ALREADY)
    return reply


def asked_of(reply: InboundReply) -> AskedOf | None:
    """The invitation that the reply answers: a reminder stands for the one it reminds of."""
    i = Invitation
    first = sa.select(sa.func.coalesce(i.reminder_of, i.id)).where(i.id == reply.invitation_id).scalar_subquery()
    row = db.session.execute(sa.select(i.id, i.contact_id, i.language).where(i.id == first)).one_or_none()
    return AskedOf(*row) if row else None


def answer(reply: InboundReply, asked: AskedOf, meaning: str, moment: datetime) -> str:
    """Take in what a person has read, as the answer by text that it is; returns the question's key."""
    survey = opened(asked.invitation_id)
    definition = published_definition(survey.version_id)
    question = question_of(definition, reply.question)
    if meaning not in meanings_of(question):
        raise NoMeaning(SELECT_ONE)
    given = Given(question.key, words=reply.words) if meaning == WORDS else Given(question.key, code=code_in(meaning))
    language = definition.language(survey.language)
    take_in(sheet_of(survey, (given,), language, moment, completes=False, mode=Mode.SMS), definition)
    handle(asked.invitation_id, question, moment)
    return question.key


def code_in(meaning: str) -> str:
    return meaning.removeprefix(OPTION)

"""A survey answered by text: the rating, then two more questions at most, then thanks and the link.

What is unclear is asked once more in clearer words, and after that left for a person; nothing is answered then, for
it may be a machine that writes. Somebody who may be asking us to stop gets no question either.
"""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from surveys.answers.conversation_finding import Asked, find_asked, kept_answers, may_be_texted, opened
from surveys.answers.conversation_models import TextConversation
from surveys.answers.models import Mode
from surveys.answers.opening import Opened, allotted_to, sheet_of
from surveys.answers.take_in import take_in
from surveys.core.db import db
from surveys.core.refusals import Conflict
from surveys.core.settings import Settings
from surveys.core.texts import read_texts
from surveys.core.tokens import token_for
from surveys.invitations.direct import texted_since
from surveys.invitations.models import InboundReply
from surveys.invitations.replies import Inbound, Taken, readable, take_reply
from surveys.invitations.reply_words import words_for_reply
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.keywords import Meaning, begins_with_stop
from surveys.questionnaires.by_text import (
    Declined,
    Unclear,
    Understood,
    can_be_asked,
    read_reply,
    says_nothing,
    text_of,
)
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.flow import asked_on, codes_of
from surveys.questionnaires.kinds import Given, Question
from surveys.questionnaires.queries import published_definition

TEXTS = read_texts(Path(__file__).parent / "text_words")
MOST_QUESTIONS = 3


def hear(inbound: Inbound, moment: datetime) -> str | None:
    """Take a text in and do what it says. Returns the text that goes back, None where none does."""
    taken = take_reply(inbound, moment)
    if taken is None:
        return None
    settings: Settings = current_app.extensions["settings"]
    words = None
    if taken.answer is not None:
        answer = taken.answer
        words = words_for_reply(answer.meaning, answer.language, settings.council_name, settings.contact_us)
    elif taken.meaning is Meaning.OTHER and settings.sms_replies:
        words = converse(taken, readable(inbound.words), moment)
    if words is not None:
        note(taken.id, answered=True)
    return words


def converse(taken: Taken, words: str, moment: datetime) -> str | None:
    """Read words as the answer to what their number was asked last. What nobody can read waits for a person."""
    asked = find_asked(taken.number, moment)
    if texted_since(taken.number, asked.asked_at if asked else None, moment):
        # They answer a colleague's text and not the survey: a person reads it.
        note(taken.id, invitation_id=None)
        return None
    if asked is None:
        return None
    note(taken.id, invitation_id=asked.invitation_id)
    if not asked.waiting and says_nothing(words):
        note(taken.id, handled_at=moment)
        return None
    may_stop, ended = begins_with_stop(words), moment >= asked.expires_at
    if asked.completed or (ended and may_stop):
        return None
    may_text = may_be_texted(taken.number, asked.contact_id, moment)
    if ended:
        return too_late(taken, asked, may_text, moment)
    survey, talk = opened(asked.invitation_id), conversation_of(asked, moment)
    definition = published_definition(survey.version_id)
    question = next((one for one in definition.questions if one.key == talk.question), None)
    if question is None:
        return None
    note(taken.id, question=question.key)
    if may_stop:
        return None
    language = definition.language(survey.language)
    match read_reply(question, words, language):
        case Understood(given, comment):
            if not keep_answer(survey, definition, given, comment, moment):
                return None
            handle(asked.invitation_id, question, moment)
            return next_text(survey, definition, talk, may_text, moment)
        case Declined():
            talk.question = None
            handle(asked.invitation_id, question, moment)
        case Unclear() if may_text and not talk.repeated:
            talk.repeated, talk.asked_at = True, moment
            return f"{TEXTS[language]['again']}\n{text_of(question, language)}"
    return None


def note(reply_id: int, **values: object) -> None:
    run = sa.update(InboundReply).where(InboundReply.id == reply_id).values(values)
    db.session.execute(run.execution_options(synchronize_session=False))


def handle(invitation_id: int, question: Question, moment: datetime) -> None:
    """This answer stands for whatever unclear words came before it to the same question: nobody has to read them.

    But for those that may ask us to stop.
    """
    r = InboundReply
    mine = (r.invitation_id == invitation_id, r.question == question.key, r.handled_at.is_(None))
    open_ones = db.session.execute(sa.select(r.id, r.words).where(*mine)).all()
    ids = [row.id for row in open_ones if not begins_with_stop(row.words or "")]
    run = sa.update(r).where(r.id.in_(ids)).values(handled_at=moment)
    db.session.execute(run.execution_options(synchronize_session=False))


def conversation_of(asked: Asked, moment: datetime) -> TextConversation:
    """The conversation about this survey; with the first reply it begins, at the rating that the invitation asked."""
    found = db.session.get(TextConversation, asked.invitation_id)
    if found is None:
        rating = published_definition(asked.version_id).rating
        begun = {"question": rating.key, "asked": 1, "repeated": False, "asked_at": moment, "told_ended": False}
        found = TextConversation(invitation_id=asked.invitation_id, **begun)
        db.session.add(found)
    return found


def too_late(taken: Taken, asked: Asked, may_text: bool, moment: datetime) -> str | None:
    """Nothing is kept of a reply to a survey that has ended; the person is told once."""
    note(taken.id, words=None, handled_at=moment)
    talk = conversation_of(asked, moment)
    told, talk.question = talk.told_ended, None
    if told or not may_text:
        return None
    talk.told_ended = True
    survey = opened(asked.invitation_id)
    return TEXTS[published_definition(asked.version_id).language(survey.language)]["ended"]


def keep_answer(
    survey: Opened, definition: Definition, given: tuple[Given, ...], comment: str, moment: datetime
) -> bool:
    """Take in what was read; False where the survey was answered to its end, or erased, a moment before.

    The response stays open: the link of the last text leads to what was not asked, and to a change.
    """
    before = [*kept_answers(survey.response_id), *given]
    sheet_given = given + comment_given(survey, definition, before, comment)
    language = definition.language(survey.language)
    try:
        with db.session.begin_nested():
            take_in(sheet_of(survey, sheet_given, language, moment, completes=False, mode=Mode.SMS), definition)
    except Conflict:
        return False
    return True


def comment_given(survey: Opened, definition: Definition, before: list[Given], comment: str) -> tuple[Given, ...]:
    """Words that came with an answer, as the answer to the first question for words that has none yet."""
    unanswered = [one for one in shown_to(survey, definition, before) if not one.handler.counted]
    if not comment or not unanswered:
        return ()
    match read_reply(unanswered[0], comment, definition.language(survey.language)):
        case Understood(words):
            return words
    return ()


def shown_to(survey: Opened, definition: Definition, given: list[Given]) -> list[Question]:
    """The questions that these answers call for and do not answer, in the definition's order."""
    codes, allotted = codes_of(given), allotted_to(survey)
    answered = {one.question.partition(".")[0] for one in given}
    pages = range(len(definition.pages))
    shown = {one.key for page in pages for one in asked_on(definition, page, codes, allotted)} - answered
    return [question for question in definition.questions if question.key in shown]


def next_text(
    survey: Opened, definition: Definition, talk: TextConversation, may_text: bool, moment: datetime
) -> str | None:
    """The next question, or thanks and the link where nothing more is asked by text."""
    language = definition.language(survey.language)
    left = MOST_QUESTIONS - talk.asked if may_text else 0
    question = next_question(opened(survey.invitation_id), definition, left)
    talk.question, talk.repeated, talk.asked_at = question.key if question else None, False, moment
    if question is not None:
        talk.asked += 1
        return text_of(question, language)
    return thanks(survey, language) if may_text else None


def next_question(survey: Opened, definition: Definition, left: int) -> Question | None:
    """Of the next ones in the definition, as many as are left to ask, the first; one for words comes after others."""
    language = definition.language(survey.language)
    waiting = shown_to(survey, definition, kept_answers(survey.response_id))
    coming = [question for question in waiting if can_be_asked(question, language)][:left]
    return min(coming, key=lambda question: not question.handler.counted, default=None)


def thanks(survey: Opened, language: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    link = settings.survey_url(f"/s/{token_for(TOKEN_PURPOSE, survey.invitation_id)}")
    return TEXTS[language]["thanks"].format(link=link)

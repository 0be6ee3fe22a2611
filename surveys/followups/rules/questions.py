"""The questions that a rule may ask about, from all that was ever published."""

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.rules.words import Asked, Names
from surveys.people.accounts import all_services
from surveys.questionnaires.kinds import ContactBackKind, Question
from surveys.questionnaires.languages import DEFAULT
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import published_definition


def names_for_rules() -> Names:
    """Two queries: definitions are read once in each process."""
    v = QuestionnaireVersion
    versions = db.session.scalars(sa.select(v.id).where(v.published_at.is_not(None)).order_by(v.id)).all()
    found: dict[str, Asked] = {}
    for version in versions:
        for question in published_definition(version).rest:
            if may_be_asked_for(question):
                found[question.key] = with_answers(question, found.get(question.key))
    return Names(found, {service.id: service.name for service in all_services()})


def may_be_asked_for(question: Question) -> bool:
    """The rating, and whether we may contact the person, have a place of their own in a rule."""
    return question.handler.counted and not isinstance(question.handler, ContactBackKind)


def with_answers(question: Question, before: Asked | None) -> Asked:
    """In the words of the newest version, with the answers of all."""
    answers = {option.code: option.text.get(DEFAULT, option.code) for option in question.handler.options(question)}
    earlier = before.answers if before else {}
    return Asked(question.key, question.text[DEFAULT], {**earlier, **answers})

"""Which questions measure a driver of satisfaction, and which of their answers say content: from what was published."""

from collections.abc import Iterable

import sqlalchemy as sa

from surveys.core.db import db
from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Question
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import published_definition
from surveys.rates.codes import DriverQuestion

# A scale says nowhere which of its ends is the good one; of the library's own it is known.
GOOD_BELOW = {"effort": 3}


def published_questions() -> list[Question]:
    """Of every published version, the oldest first: definitions are read once in each process, so this is one query."""
    v = QuestionnaireVersion
    versions = db.session.scalars(sa.select(v.id).where(v.published_at.is_not(None)).order_by(v.id)).all()
    return [question for version in versions for question in published_definition(version).questions]


def published_drivers() -> list[DriverQuestion]:
    return driver_questions(published_questions())


def driver_questions(questions: Iterable[Question]) -> list[DriverQuestion]:
    """One for each key; of several wordings the last one says what its answers mean."""
    found = {question.key: driver_question(question) for question in questions if question.driver}
    return [one for one in found.values() if one is not None]


def driver_question(question: Question) -> DriverQuestion | None:
    """None where nobody said which answers are the good ones."""
    codes = [option.code for option in question.handler.options(question) if not option.apart]
    if question.kind == "satisfaction":
        content, codes = [str(code) for code in SATISFIED], [str(code) for code in FIVE_POINTS]
    elif question.kind == "yes_no":
        content = ["yes"]
    elif question.kind == "scale" and question.key in GOOD_BELOW:
        content = [code for code in codes if int(code) < GOOD_BELOW[question.key]]
    elif question.kind == "choice":
        # Worded answers stand in their order, the most positive first: "neither" is not content.
        content = codes[: len(codes) // 2]
    else:
        return None
    return DriverQuestion(question.driver, question.key, frozenset(content), frozenset(codes) - frozenset(content))

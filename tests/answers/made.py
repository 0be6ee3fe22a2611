"""Questionnaires for tests of answering."""

from typing import Any

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion


def both(words: str) -> dict[str, str]:
    return {"en": words, "cy": words}


# The second question is only for those who were very dissatisfied.
BRANCHED: dict[str, Any] = {
    "questions": [
        DEFAULT_DEFINITION["questions"][0],
        {
            "key": "wrong",
            "kind": "choice",
            "text": both("What went wrong?"),
            "error": both("Select what went wrong"),
            "options": [{"code": "slow", "text": both("It was slow")}, {"code": "rude", "text": both("It was rude")}],
            "show_if": {"question": "overall", "any_of": ["very_dissatisfied"]},
        },
    ]
}


def publish(definition: dict[str, Any]) -> None:
    """Make this the first version of what contacts are asked."""
    with transaction():
        questionnaire = Questionnaire(slug=DEFAULT_SLUG, title="After a contact")
        db.session.add(questionnaire)
        db.session.flush()
        version = {"questionnaire_id": questionnaire.id, "number": 1, "published_at": now()}
        db.session.add(QuestionnaireVersion(definition=definition, **version))

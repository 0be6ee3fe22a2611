"""Makers of definitions, drafts and published questionnaires."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db, transaction
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG
from surveys.questionnaires.drafts import begin_draft, change_draft, find_draft, make_questionnaire, publish_draft
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import publish_default_if_none
from surveys.questionnaires.uses import set_use

Definition = dict[str, Any]


def words(english: str, welsh: str = "Geiriau") -> dict[str, str]:
    return {"en": english, "cy": welsh}


def question(key: str, kind: str = "yes_no", **more: Any) -> dict[str, Any]:
    """An optional question in English and Welsh."""
    return {"key": key, "kind": kind, "text": words(f"About {key}"), "optional": True} | more


def definition(*questions: dict[str, Any], **whole: Any) -> Definition:
    """The default rating and these questions, in English and Welsh."""
    rating = deepcopy(DEFAULT_DEFINITION["questions"][0])
    return {"languages": ["en", "cy"], "questions": [rating, *questions]} | whole


def publish_default() -> int:
    """The default questionnaire in force; returns its id."""
    with transaction():
        return publish_default_if_none().questionnaire_id


def make_draft(change: Callable[[Definition], Definition] = lambda found: found) -> int:
    """A draft of the default questionnaire after this change; returns the questionnaire's id."""
    questionnaire_id = publish_default()
    with transaction():
        begin_draft(questionnaire_id)
        change_draft(questionnaire_id, find_draft(questionnaire_id).edition, change)
    return questionnaire_id


def publish_changed(change: Callable[[Definition], Definition]) -> int:
    """A new version of the default questionnaire in force; returns its number."""
    questionnaire_id = make_draft(change)
    with transaction():
        return publish_draft(questionnaire_id, find_draft(questionnaire_id).edition)


def reworded(found: Definition) -> Definition:
    """The rating in other English words."""
    found["questions"][0]["text"]["en"] = "How satisfied or dissatisfied were you with us?"
    return found


def make_published(title: str, change: Callable[[Definition], Definition] = lambda found: found) -> int:
    """Another questionnaire with the default's questions after this change, in force; returns its id."""
    with transaction():
        made = make_questionnaire(title, None).id
        change_draft(made, find_draft(made).edition, change)
        publish_draft(made, find_draft(made).edition)
    return made


def use(questionnaire_id: int, service_id: int | None = None, channel: str | None = None) -> None:
    with transaction():
        set_use(service_id, channel, questionnaire_id)


def version_ids(slug: str = DEFAULT_SLUG) -> list[int]:
    """The versions of a questionnaire, oldest first."""
    query = (
        sa.select(QuestionnaireVersion.id)
        .join(Questionnaire)
        .where(Questionnaire.slug == slug)
        .order_by(QuestionnaireVersion.number)
    )
    found = list(db.session.scalars(query))
    db.session.rollback()
    return found

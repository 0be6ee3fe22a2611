"""Finding the version in force, and publishing the default where there is none yet."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import current_app

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.people.audit import record
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.definition import Definition, read_definition
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion


def version_in_force() -> QuestionnaireVersion | None:
    """The newest published version of the questionnaire that contacts are asked."""
    return db.session.scalar(
        sa.select(QuestionnaireVersion)
        .join(Questionnaire)
        .where(Questionnaire.slug == DEFAULT_SLUG, QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def publish_default_if_none() -> QuestionnaireVersion:
    """The version in force; a new installation gets the default, published as version 1."""
    found = version_in_force()
    if found is not None:
        return found
    read_definition(DEFAULT_DEFINITION)
    questionnaire = Questionnaire(slug=DEFAULT_SLUG, title=DEFAULT_TITLE)
    db.session.add(questionnaire)
    db.session.flush()
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire.id, number=1, definition=DEFAULT_DEFINITION, published_at=now()
    )
    db.session.add(version)
    db.session.flush()
    record("questionnaire published", f"questionnaire:{questionnaire.slug}", number=1)
    return version


def published_versions() -> Sequence[QuestionnaireVersion]:
    return db.session.scalars(
        sa.select(QuestionnaireVersion)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.number.desc())
    ).all()


def find_published(version_id: int) -> QuestionnaireVersion:
    version = db.session.get(QuestionnaireVersion, version_id)
    if version is None or version.published_at is None:
        raise NotFound("There is no such published questionnaire.")
    return version


def published_definition(version_id: int) -> Definition:
    """The checked questions of a published version, read once in each process: it never changes."""
    read: dict[int, Definition] = current_app.extensions.setdefault("definitions", {})
    if version_id not in read:
        read[version_id] = read_definition(find_published(version_id).definition)
    return read[version_id]

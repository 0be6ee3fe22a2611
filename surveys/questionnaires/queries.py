"""Finding the version in force, and publishing the default where there is none yet."""

import sqlalchemy as sa
from flask import current_app

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.people.audit import record
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.default import DEFAULT_DEFINITION, DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.definition import Definition, read_definition
from surveys.questionnaires.models import Questionnaire, QuestionnaireUse, QuestionnaireVersion


def newest_published() -> sa.Select[QuestionnaireVersion]:
    return (
        sa.select(QuestionnaireVersion)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def version_in_force() -> QuestionnaireVersion | None:
    """The newest published version of the default questionnaire, which contacts get where no rule names another."""
    return db.session.scalar(newest_published().join(Questionnaire).where(Questionnaire.slug == DEFAULT_SLUG))


def version_for(service_id: int, channel: str) -> QuestionnaireVersion | None:
    """The version in force for contacts of this service and channel, by the most particular rule of use.

    None where that questionnaire was never published.
    """
    use = QuestionnaireUse
    rule = (
        sa.select(use.questionnaire_id)
        .where(sa.or_(use.service_id == service_id, use.service_id.is_(None)))
        .where(sa.or_(use.channel == channel, use.channel.is_(None)))
        .order_by(use.service_id.is_(None), use.channel.is_(None))
        .limit(1)
    )
    questionnaire_id = db.session.scalar(rule)
    if questionnaire_id is None:
        return version_in_force()
    return version_in_force_of(questionnaire_id)


def version_in_force_of(questionnaire_id: int) -> QuestionnaireVersion | None:
    """The newest published version of one questionnaire."""
    return db.session.scalar(newest_published().where(QuestionnaireVersion.questionnaire_id == questionnaire_id))


def publish_default_if_none() -> QuestionnaireVersion:
    """The version in force; a new installation gets the default, published as version 1."""
    found = version_in_force()
    if found is not None:
        return found
    read_definition(DEFAULT_DEFINITION)
    # An upgrade may have made it without a version, to hang the wording of its messages on.
    questionnaire = db.session.scalar(sa.select(Questionnaire).where(Questionnaire.slug == DEFAULT_SLUG))
    if questionnaire is None:
        questionnaire = Questionnaire(slug=DEFAULT_SLUG, title=DEFAULT_TITLE)
        db.session.add(questionnaire)
        db.session.flush()
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire.id, number=1, definition=DEFAULT_DEFINITION, published_at=now()
    )
    db.session.add(version)
    db.session.flush()
    record(
        "questionnaire published", f"questionnaire:{questionnaire.slug}", number=1, sha256=sha256_of(DEFAULT_DEFINITION)
    )
    return version


def find_questionnaire(questionnaire_id: int) -> Questionnaire:
    questionnaire = db.session.get(Questionnaire, questionnaire_id)
    if questionnaire is None:
        raise NotFound("There is no such questionnaire.")
    return questionnaire


def published_keys(questionnaire_id: int) -> frozenset[str]:
    """The keys of all questions that any published version of it has: figures hang on them."""
    v = QuestionnaireVersion
    definitions = db.session.scalars(
        sa.select(v.definition).where(v.questionnaire_id == questionnaire_id, v.published_at.is_not(None))
    )
    return frozenset(item["key"] for definition in definitions for item in definition["questions"])


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

"""Making questionnaires, changing their drafts and publishing them. Nothing here commits."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db, lock
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.audit import record
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.publishable import faults_before_publishing
from surveys.questionnaires.queries import find_questionnaire, version_in_force_of

STALE = "Somebody changed this draft after you opened this page. Nothing of yours was saved."
LONGEST_SLUG = 60
EDITORS = "questionnaires"


class Stale(Conflict):
    """The draft has another edition than the one that the person saw."""


def make_questionnaire(title: str, source_id: int | None) -> Questionnaire:
    """A new questionnaire with a draft: a copy of another's version in force, or of the default definition."""
    lock(EDITORS)
    slug = slug_of(title)
    if not slug:
        raise Refused("Use some letters from a to z or numbers in the title.")
    if db.session.scalar(sa.select(sa.exists().where(Questionnaire.slug == slug))):
        raise Conflict("There is a questionnaire with this title. Choose another title.")
    definition = definition_in_force(source_id) if source_id else deepcopy(DEFAULT_DEFINITION)
    questionnaire = Questionnaire(slug=slug, title=title)
    db.session.add(questionnaire)
    db.session.flush()
    db.session.add(QuestionnaireVersion(questionnaire_id=questionnaire.id, number=1, definition=definition))
    db.session.flush()
    record("questionnaire made", subject_of(questionnaire), source=source_id or 0)
    return questionnaire


def slug_of(title: str) -> str:
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def subject_of(questionnaire: Questionnaire) -> str:
    return f"questionnaire:{questionnaire.slug}"


def definition_in_force(questionnaire_id: int) -> dict[str, Any]:
    version = version_in_force_of(questionnaire_id)
    if version is None:
        raise NotFound("That questionnaire has no published version to copy.")
    return deepcopy(version.definition)


def begin_draft(questionnaire_id: int) -> None:
    """A draft of the next number that begins as a copy of the version in force. Nothing happens where there is one."""
    lock(EDITORS)
    questionnaire = find_questionnaire(questionnaire_id)
    if draft_of(questionnaire_id) is not None:
        return
    version = version_in_force_of(questionnaire_id)
    draft = QuestionnaireVersion(
        questionnaire_id=questionnaire_id,
        number=version.number + 1 if version else 1,
        definition=deepcopy(version.definition if version else DEFAULT_DEFINITION),
    )
    db.session.add(draft)
    db.session.flush()
    record("questionnaire draft begun", subject_of(questionnaire), number=draft.number)


def draft_of(questionnaire_id: int) -> QuestionnaireVersion | None:
    return db.session.scalar(
        sa.select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.published_at.is_(None)
        )
    )


def find_draft(questionnaire_id: int) -> QuestionnaireVersion:
    draft = draft_of(questionnaire_id)
    if draft is None:
        raise NotFound("This questionnaire has no draft. It may have been published or discarded.")
    return draft


def claimed_draft(questionnaire_id: int, edition: int) -> QuestionnaireVersion:
    """The draft, held until the commit. Raises Stale where it is not as this person saw it."""
    lock(EDITORS)
    draft = find_draft(questionnaire_id)
    if draft.edition != edition:
        raise Stale(STALE)
    return draft


def change_draft(questionnaire_id: int, edition: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Replace the draft's definition by what change makes of it; the edition rises."""
    draft = claimed_draft(questionnaire_id, edition)
    draft.definition = change(deepcopy(draft.definition))
    draft.edition += 1
    db.session.flush()


def rename(questionnaire_id: int, title: str) -> None:
    """The title is for staff, and not part of any version."""
    questionnaire = find_questionnaire(questionnaire_id)
    if questionnaire.title != title:
        questionnaire.title = title
        db.session.flush()
        record("questionnaire renamed", subject_of(questionnaire), title=title)


def discard_draft(questionnaire_id: int, edition: int) -> None:
    draft = claimed_draft(questionnaire_id, edition)
    number = draft.number
    db.session.delete(draft)
    db.session.flush()
    record("questionnaire draft discarded", subject_of(find_questionnaire(questionnaire_id)), number=number)


def publish_draft(questionnaire_id: int, edition: int) -> int:
    """Put the draft in force; the database then refuses to change it. Returns its number.

    Raises Refused while anything speaks against it. Invitations made from now on ask it.
    """
    draft = claimed_draft(questionnaire_id, edition)
    if faults_before_publishing(draft.definition):
        raise Refused("The draft cannot be published while there are problems.")
    draft.published_at = now()
    db.session.flush()
    sealed = sha256_of(draft.definition)
    questionnaire = find_questionnaire(questionnaire_id)
    record("questionnaire published", subject_of(questionnaire), number=draft.number, sha256=sealed)
    return draft.number

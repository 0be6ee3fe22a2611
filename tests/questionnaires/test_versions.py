"""A published version is frozen by the database itself, and shown word for word."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DatabaseError, IntegrityError

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import find_published, publish_default_if_none, published_definition
from tests.makers.people import make_user, sign_in
from tests.pages import text_of


@pytest.fixture
def version(app: Flask) -> QuestionnaireVersion:
    with transaction():
        return publish_default_if_none()


def make_draft(version: QuestionnaireVersion, number: int = 2) -> QuestionnaireVersion:
    with transaction():
        draft = QuestionnaireVersion(
            questionnaire_id=version.questionnaire_id, number=number, definition=DEFAULT_DEFINITION
        )
        db.session.add(draft)
    return draft


def test_a_new_installation_publishes_the_default_as_version_1_once(version: QuestionnaireVersion) -> None:
    with transaction():
        assert publish_default_if_none().id == version.id
    assert (version.number, version.definition) == (1, DEFAULT_DEFINITION)
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "questionnaire published")).all()
    assert [entry.details for entry in entries] == [{"number": 1, "sha256": sha256_of(DEFAULT_DEFINITION)}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE questionnaire_versions SET definition = '{}'",
        "UPDATE questionnaire_versions SET number = 7",
        "UPDATE questionnaire_versions SET published_at = NULL",
        "DELETE FROM questionnaire_versions",
    ],
)
def test_a_published_version_cannot_be_changed_or_deleted(version: QuestionnaireVersion, statement: str) -> None:
    with pytest.raises(DatabaseError, match="a published version cannot be changed"), transaction():
        db.session.execute(sa.text(statement))
    assert db.session.get_one(QuestionnaireVersion, version.id).definition == DEFAULT_DEFINITION


def test_a_draft_may_be_changed_published_and_then_no_more(version: QuestionnaireVersion) -> None:
    draft = make_draft(version)
    with transaction():
        db.session.get_one(QuestionnaireVersion, draft.id).definition = {"questions": []}
    with transaction():
        db.session.get_one(QuestionnaireVersion, draft.id).published_at = now()
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction():
        db.session.get_one(QuestionnaireVersion, draft.id).definition = DEFAULT_DEFINITION


@pytest.mark.parametrize("number", [1, 0])
def test_the_database_refuses_a_number_that_was_given_or_is_none(version: QuestionnaireVersion, number: int) -> None:
    with pytest.raises(IntegrityError):
        make_draft(version, number)


def test_the_newest_published_version_is_in_force_and_a_draft_is_not(version: QuestionnaireVersion) -> None:
    draft = make_draft(version)
    with transaction():
        assert publish_default_if_none().id == version.id
    with transaction():
        db.session.get_one(QuestionnaireVersion, draft.id).published_at = now()
    with transaction():
        assert publish_default_if_none().number == 2


def test_a_draft_is_not_found_among_the_published(version: QuestionnaireVersion) -> None:
    draft = make_draft(version)
    for number in (draft.id, 99):
        with pytest.raises(NotFound):
            find_published(number)


def test_the_questions_of_a_version_are_read_once_in_a_process(version: QuestionnaireVersion) -> None:
    assert published_definition(version.id) is published_definition(version.id)


def test_the_page_shows_each_question_in_both_languages(client: FlaskClient, version: QuestionnaireVersion) -> None:
    sign_in(client, make_user(Role.ASSESSOR))
    assert client.get("/questionnaires").status_code == 200
    words = text_of(client.get(f"/questionnaires/{version.id}"))
    for question in DEFAULT_DEFINITION["questions"]:
        assert question["text"]["en"] in words
        assert question["text"]["cy"] in words
    assert client.get("/questionnaires/99").status_code == 404

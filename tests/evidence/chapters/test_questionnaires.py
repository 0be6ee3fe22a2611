"""What was asked: each version that was in force or answered, word for word, by the digest that the audit trail has."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from proof.leaves import SealedResponse
from surveys.core.db import db, transaction
from surveys.evidence.chapters.questionnaires import (
    AskedVersion,
    asked_versions,
    drivers_table,
    questionnaires_table,
    write_questionnaires,
)
from surveys.evidence.figures.tally import Tally
from surveys.people.models import AuditEntry
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.library import READY
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from tests.evidence.tabled import CUTOFF, FIRST, LAST, answer, make_period, row, rows
from tests.makers.people import make_service
from tests.makers.questionnaires import definition, publish_default
from tests.rates.made import make_response

YEAR_BEFORE, IN_IT, AFTER = (datetime(2025, 3, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), CUTOFF)


def publish(slug: str, *moments: datetime) -> int:
    """A questionnaire with a version published at each moment; returns its number."""
    with transaction():
        made = Questionnaire(slug=slug, title=slug.capitalize())
        db.session.add(made)
        db.session.flush()
        for number, moment in enumerate(moments, 1):
            one = {"number": number, "definition": DEFAULT_DEFINITION, "published_at": moment}
            db.session.add(QuestionnaireVersion(questionnaire_id=made.id, **one))
        return made.id


def names(cutoff_at: datetime = CUTOFF) -> list[str]:
    return [version.name for version in asked_versions(make_period(cutoff_at=cutoff_at))]


def test_versions_count_where_they_were_in_force_within_the_period(app: Flask) -> None:
    publish("a-old", YEAR_BEFORE, YEAR_BEFORE + timedelta(days=30), IN_IT, AFTER)
    publish("b-later", datetime(2026, 4, 2, tzinfo=UTC))
    assert names() == ["a-old-2", "a-old-3"]
    assert names(IN_IT - timedelta(days=1)) == ["a-old-2"]


def test_an_older_version_counts_too_where_somebody_answered_it(app: Flask) -> None:
    service = make_service().id
    publish_default()
    with transaction():
        make_response(service, day=FIRST.first)
    published = db.session.scalars(sa.select(QuestionnaireVersion.published_at)).one()
    db.session.rollback()
    assert published is not None
    assert names(published + timedelta(days=1)) == ["contact-1"]
    assert names(published - timedelta(days=1)) == []


def test_each_version_is_written_whole_and_has_the_digest_of_the_audit_trail(app: Flask, tmp_path: Path) -> None:
    publish_default()
    service = make_service().id
    with transaction():
        make_response(service, day=FIRST.first)
    period = make_period(cutoff_at=datetime(2100, 1, 1, tzinfo=UTC))
    write_questionnaires(tmp_path, period)
    written = json.loads((tmp_path / "method/questionnaires/contact-1.json").read_text("utf-8"))
    query = sa.select(AuditEntry.details).where(AuditEntry.action == "questionnaire published")
    recorded = db.session.scalars(query).one()["sha256"]
    found = rows(questionnaires_table(asked_versions(period)))
    assert {written["sha256"], sha256_of(written["definition"]), *(one["sha256"] for one in found)} == {recorded}
    assert [one["question"] for one in found] == ["overall", "resolved", "why", "contact_back"]
    assert found[1]["wording"] == "Was your query dealt with?"
    assert str(found[1]["answers"]).startswith("first_time: Yes, first time; ")


def test_questions_about_the_resident_stand_at_the_end_by_their_own_name() -> None:
    version = AskedVersion("contact", 2, IN_IT, definition(equality=["age"]))
    last = rows(questionnaires_table([version]))[-1]
    assert (last["question"], last["kind"], last["position"]) == ("equality.age", "equality", 2)


def test_drivers_are_shares_of_good_answers_with_unsure_ones_beside_the_base() -> None:
    version = AskedVersion("contact", 1, IN_IT, definition(READY["polite"], READY["told_how_long"], READY["effort"]))
    tally = Tally()
    for code, count in (("strongly_agree", 20), ("agree", 10), ("neither", 5), ("disagree", 5), ("do_not_know", 3)):
        answer(tally, count, polite=code)
    answer(tally, 3, told_how_long="yes")
    # Nobody was drawn at a kiosk.
    tally.add_answer(SealedResponse(LAST.first, "parking", "phone", "kiosk", "contact/1", True, {"polite": "agree"}))
    found = drivers_table(tally, [version])
    polite = row(found, "polite")
    assert (polite["satisfied"], polite["base"], polite["do_not_know"], polite["share"]) == (30, 40, 3, 0.75)
    assert (polite["driver"], polite["good"]) == ("staff_attitude", "agree; strongly_agree")
    assert row(found, "told_how_long")["share"] == "[c]"
    assert (row(found, "effort")["base"], row(found, "effort")["mark"]) == (0, "[w]")
    assert "overall" not in {one["question"] for one in rows(found)}

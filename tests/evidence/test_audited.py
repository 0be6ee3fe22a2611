"""Whatever decides who is asked, what they read and what figures are held against can be read off the audit trail:
the last entry of a thing says how it is now, and the one before it how it was."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from surveys.contacts.intake import map_columns, upload
from surveys.contacts.models import Channel, ImportBatch
from surveys.core.db import db, transaction
from surveys.invitations.wording import default_text, places_of, restore_default, save_text, text_at
from surveys.invitations.wording_rules import Text
from surveys.people.accounts import change_service, change_user, find_service, find_user
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import publish_default_if_none
from surveys.rates.months import Month
from surveys.rates.notes import write_note
from surveys.rates.series import Series
from surveys.rates.targets import end_target, set_target
from surveys.sampling.plans import ensure_plans, find_plan, in_words, newest_plan, set_rates
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def told(subject: str) -> list[dict[str, Any]]:
    """The details of every entry about a thing, in order."""
    db.session.rollback()
    query = sa.select(AuditEntry.details).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
    return list(db.session.scalars(query))


def test_a_service_before_and_after(app: Flask) -> None:
    service = make_service()
    with transaction():
        change_service(find_service(service.id), "Parking and permits", "Streets", False)
    added, changed = told(f"service:{service.id}")
    assert added == {"slug": "parking", "name": "Parking", "area": "", "active": True}
    now = {"slug": "parking", "name": "Parking and permits", "area": "Streets", "active": False}
    before = {f"{name}_before": value for name, value in added.items() if name != "slug"}
    assert changed == now | before


def test_a_users_roles_and_state_before_and_after_and_never_their_name(app: Flask) -> None:
    user = make_user(Role.MANAGER)
    with transaction():
        change_user(find_user(user.id), "Another Name", False, [(Role.REVIEWER, None)])
    added, changed = told(f"user:{user.id}")
    assert added == {"roles": ["manager:all"]}
    assert changed == {
        "before": ["manager:all"],
        "after": ["reviewer:all"],
        "was_active": True,
        "active": False,
        "renamed": True,
    }


def test_the_rates_and_rules_of_a_plan_each_time_they_are_fixed(app: Flask) -> None:
    service = make_service()
    with transaction():
        ensure_plans(AT)
        plan = newest_plan()
        assert plan
        number = plan.id
        set_rates(plan, 2500, {(service.id, Channel.PHONE): 5000}, AT.date())
    committed, fixed = told(f"plan:{number}")
    assert (committed["default_rate"], committed["rates"], committed["rules"]["version"]) == (10_000, [], 1)
    assert (fixed["default_rate"], fixed["rates"]) == (2500, [[service.id, "phone", 5000]])
    assert fixed == in_words(find_plan(number))


def test_a_target_when_it_is_set_and_when_it_ends(app: Flask) -> None:
    owner, service = make_user(), make_service()
    with transaction():
        number = set_target(Series(service.id), 8500, Month(2026, 3), owner.id, owner.id, AT).id
        end_target(number, None, AT)
    series = f"{service.id}/all"
    began, ended = told(f"target:{number}")
    assert began == {"series": series, "share": 8500, "from_month": "2026-03", "owner": owner.id}
    assert ended == {"series": series}


def test_words_to_residents_before_and_after(app: Flask) -> None:
    place = places_of("contact")[0]
    own = Text(place.medium, place.language, default_text(place).subject, "{council}: tell us {link}")
    with transaction():
        save_text(place, own)
        restore_default(place)
    changed, restored = told(f"wording:{place.code}")
    default = {"heading": default_text(place).subject, "words": default_text(place).body}
    assert changed == {"heading": own.subject, "words": own.body, "before": default}
    assert restored == default | {"before": {"heading": own.subject, "words": own.body}}
    assert text_at(place) == default_text(place)


def test_a_published_questionnaire_by_its_digest(app: Flask) -> None:
    with transaction():
        publish_default_if_none()
    stored = db.session.scalars(sa.select(QuestionnaireVersion.definition)).one()
    assert told("questionnaire:contact") == [{"number": 1, "sha256": sha256_of(stored)}]


def test_a_file_of_contacts_by_its_digest_and_counts(app: Flask, tmp_path: Path) -> None:
    batch = load_rows(tmp_path, [row("A1"), row("A1"), row("A2", phone="not a number")])
    received, ended = told(f"batch:{batch.id}")
    assert received["sha256"] == ended["sha256"] == batch.sha256
    assert (ended["rows"], ended["accepted"] + ended["rejected"] + ended["known"]) == (3, 3)


def test_which_column_of_a_file_was_read_as_which(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("Case no,When it was,Team name,How,Mailbox\nA1,2026-03-09 10:00:00,parking,phone,a@example.com\n")
    columns = {"source_ref": "Case no", "occurred_at": "When it was", "service": "Team name", "channel": "How"}
    with transaction():
        number = upload(path, path.name, "crm", True).id
    assert db.session.get_one(ImportBatch, number).mapping
    with transaction():
        map_columns(number, columns | {"email": "Mailbox"})
    positions = {"source_ref": 0, "occurred_at": 1, "service": 2, "channel": 3, "email": 4}
    assert told(f"batch:{number}")[-1] == {"source": "crm", "positions": positions}


def test_a_note_on_a_chart_by_its_digest(app: Flask) -> None:
    user = make_user()
    with transaction():
        number = write_note(Series(), Month(2026, 3), "New phone system", user.id, AT).id
    digest = hashlib.sha256(b"New phone system").hexdigest()
    assert told(f"note:{number}") == [{"series": "all/all", "month": "2026-03", "sha256": digest}]

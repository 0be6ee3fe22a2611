"""Who gets which questionnaire: the most particular rule holds, for invitations and for doors without one."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.invitations.invite import invite
from surveys.people.accounts import all_services
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.questionnaires.models import QuestionnaireUse
from surveys.questionnaires.queries import version_for
from tests.counting import statements
from tests.invitations.made import BOTH, MOMENT, rows_by_reference, select
from tests.makers.contacts import row
from tests.makers.people import make_user, sign_in
from tests.makers.questionnaires import make_draft, make_published, publish_changed, publish_default, use, version_ids
from tests.pages import soup, text_of
from tests.people.conftest import acts, last_entry


def rows() -> list[dict[str, str]]:
    return [
        row(f"{service}-{channel}", service=service, channel=channel)
        for service in ("parking", "bins")
        for channel in ("phone", "web", "email")
    ]


def invite_all() -> int:
    with transaction():
        return invite(MOMENT, BOTH)


def service_id(slug: str) -> int:
    found = next(service.id for service in all_services() if service.slug == slug)
    db.session.rollback()
    return found


def versions() -> dict[str, int]:
    return {reference: invitation.version_id for reference, invitation in rows_by_reference().items()}


@pytest.fixture
def ruled(app: Flask, folder: Path) -> dict[str, int]:
    """A questionnaire by each sort of rule; returns their versions in force by title."""
    select(folder, rows())
    publish_default()
    particular, service, channel = (make_published(title) for title in ("Particular", "Service", "Channel"))
    use(particular, service_id("parking"), "phone")
    use(service, service_id("parking"))
    use(channel, None, "phone")
    titles = {"default": "contact", "particular": "particular", "service": "service", "channel": "channel"}
    return {name: version_ids(slug)[-1] for name, slug in titles.items()}


def wanted(ruled: dict[str, int]) -> dict[str, int]:
    return {
        "parking-phone": ruled["particular"],
        "parking-web": ruled["service"],
        "parking-email": ruled["service"],
        "bins-phone": ruled["channel"],
        "bins-web": ruled["default"],
        "bins-email": ruled["default"],
    }


def test_each_contact_is_asked_by_the_most_particular_rule(ruled: dict[str, int]) -> None:
    assert invite_all() == 6
    assert versions() == wanted(ruled)


def test_a_door_without_an_invitation_asks_the_same(ruled: dict[str, int]) -> None:
    for reference, version_id in wanted(ruled).items():
        service, channel = reference.split("-")
        found = version_for(service_id(service), channel)
        assert found is not None
        assert found.id == version_id, reference


def test_without_a_published_questionnaire_there_is_no_version_for_anybody(app: Flask) -> None:
    assert version_for(1, "phone") is None


def test_the_audit_trail_has_how_many_are_due_of_each_version(ruled: dict[str, int]) -> None:
    invite_all()
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "invitations made")).all()
    assert {entry.subject: entry.details["due"] for entry in entries} == {
        f"version:{ruled['default']}": 2,
        f"version:{ruled['particular']}": 1,
        f"version:{ruled['service']}": 2,
        f"version:{ruled['channel']}": 1,
    }


def test_rules_cost_no_statement_for_each_contact(ruled: dict[str, int]) -> None:
    with transaction(), statements() as seen:
        invite(MOMENT, BOTH)
    inserts = [one for one in seen if one.strip().startswith("INSERT INTO invitations")]
    assert len(inserts) == 1


def test_the_newest_version_counts_from_its_publication_and_a_draft_does_not(app: Flask, folder: Path) -> None:
    select(folder, rows())
    publish_changed(lambda found: found | {"equality": ["age"]})
    make_draft()
    use(make_published("Other"), service_id("bins"), "web")
    invite_all()
    _, second, _ = version_ids()
    assert versions() == dict.fromkeys(versions(), second) | {"bins-web": version_ids("other")[-1]}


@pytest.fixture
def editor(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def test_rules_are_added_changed_and_removed_and_audited(editor: FlaskClient, ruled: dict[str, int]) -> None:
    other, parking = make_published("Other"), service_id("parking")
    sent = {"service": parking, "channel": "phone", "questionnaire": other}
    assert editor.post("/questionnaires/uses", data=sent).status_code == 303
    assert last_entry().details == {"scope": f"{parking}/phone"}
    assert last_entry().subject == "questionnaire:other"
    rows = [tag.get_text(" ", strip=True) for tag in soup(editor.get("/questionnaires/uses")).select("tbody th")]
    assert rows == ["Parking, phone", "Parking, every channel", "Every service, phone"]
    for scope in (f"{parking}/phone", f"{parking}/*", "*/phone"):
        assert editor.post("/questionnaires/uses/remove", data={"scope": scope}).status_code == 303
    assert acts()[-3:] == ["questionnaire use removed"] * 3
    assert "There is no rule" in text_of(editor.get("/questionnaires/uses"))
    assert editor.post("/questionnaires/uses/remove", data={"scope": "*/phone"}).status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"service": 0, "channel": ""}, "Choose a service, a channel or both"),
        ({"service": 99}, "from the lists"),
        ({"channel": "pigeon"}, "from the lists"),
        ({"questionnaire": 99}, "from the lists"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    editor: FlaskClient, ruled: dict[str, int], change: dict[str, object], told: str
) -> None:
    other = make_published("Other")
    before = db.session.scalar(sa.select(sa.func.count()).select_from(QuestionnaireUse))
    sent = {"service": service_id("bins"), "channel": "web", "questionnaire": other} | change
    refused = editor.post("/questionnaires/uses", data=sent)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(QuestionnaireUse)) == before


def test_a_questionnaire_that_was_never_published_is_not_offered(editor: FlaskClient) -> None:
    publish_default()
    editor.post("/questionnaires/new", data={"title": "Unfinished", "source": 0})
    assert "Unfinished" not in text_of(editor.get("/questionnaires/uses"))

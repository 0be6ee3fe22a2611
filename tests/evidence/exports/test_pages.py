"""The pages of exports: asking, watching, taking away, and who may."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.evidence.exports.asking import KEPT, let_go
from surveys.evidence.exports.models import Export
from surveys.evidence.packs.asking import STALE
from surveys.people.models import AuditEntry, User
from surveys.people.roles import Role
from tests.counting import statements
from tests.evidence.exporting import content_of, make_one
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of
from tests.rates.made import make_response

FORM = {"kind": "answers", "form": "csv", "first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def user(client: FlaskClient) -> User:
    service = make_service().id
    with transaction():
        make_response(service)
    user = make_user()
    sign_in(client, user)
    return user


def test_an_export_is_asked_for_made_and_taken_away(app: Flask, client: FlaskClient, user: User) -> None:
    page = client.post("/exports/new", data=FORM, follow_redirects=True)
    assert "Waiting for a worker" in text_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert client.get("/exports/1/progress").json == {"words": "Being made", "running": True}
    run_waiting(app)
    ready = text_of(client.get("/exports/1"))
    assert "Rows 1 Cells replaced None" in ready
    taken = client.post("/exports/1/download")
    assert taken.data == content_of(1)
    assert taken.headers["Content-Disposition"] == 'attachment; filename="answers-2026-03-01-to-2026-03-31.csv"'
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.actor) == ("export downloaded", f"user:{user.id}")
    assert entry.details["sha256"] in ready


def test_opening_the_page_of_an_export_takes_nothing_and_is_no_download(client: FlaskClient, user: User) -> None:
    make_one(user.id)
    assert client.get("/exports/1/download").status_code == 405


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "people"}, "Select answers or contacts"),
        ({"form": "pdf"}, "Select CSV or Excel"),
        ({"first": "yesterday"}, "First day must be a day like 2026-03-31"),
        ({"last": "2026-02-30"}, "Last day must be a day like 2026-03-31"),
        ({"last": "2026-02-01"}, "Last day must be the first day or later"),
        ({"kind": "contacts", "comments": "1"}, "Comments belong to answers"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_and_what_was_typed_stays(
    client: FlaskClient, user: User, given: dict[str, str], words: str
) -> None:
    answer = client.post("/exports/new", data=FORM | {"services": "1"} | given)
    assert answer.status_code == 422
    assert words in text_of(answer)
    ticked = soup(answer).select_one("input[name=services]")
    assert ticked is not None
    assert ticked.has_attr("checked")


def test_a_file_that_was_let_go_says_so(client: FlaskClient, user: User) -> None:
    make_one(user.id)
    with transaction():
        let_go(now() + KEPT + STALE)
    page = text_of(client.get("/exports/1"))
    assert "The file has been let go" in page
    assert "Rows 1" in page
    assert "Let go" in text_of(client.get("/exports"))
    assert client.post("/exports/1/download").status_code == 410


def test_a_manager_of_one_service_is_offered_and_given_that_one(app: Flask, client: FlaskClient) -> None:
    make_service()
    bins = make_service("bins", "Bins")
    sign_in(client, make_user(Role.MANAGER, service=bins))
    offered = soup(client.get("/exports/new")).select("input[name=services]")
    assert [field["value"] for field in offered] == [str(bins.id)]
    client.post("/exports/new", data=FORM | {"services": "1"})
    assert db.session.scalars(sa.select(Export)).one().asked["services"] == [bins.id]


def test_somebody_else_s_export_is_not_there(client: FlaskClient, user: User) -> None:
    number = make_one(make_user(Role.MANAGER).id)
    assert client.get(f"/exports/{number}").status_code == 404
    assert client.get(f"/exports/{number}/progress").status_code == 404
    assert client.post(f"/exports/{number}/download").status_code == 404
    assert "You have not asked for one yet" in text_of(client.get("/exports"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.REVIEWER, Role.ASSESSOR, Role.DATA_PROTECTION_OFFICER])
def test_other_roles_do_not_export(client: FlaskClient, role: Role) -> None:
    sign_in(client, make_user(role))
    assert client.get("/exports").status_code == 403
    assert client.post("/exports/new", data=FORM).status_code == 403


def test_the_list_takes_as_many_queries_for_many_exports_as_for_one(client: FlaskClient, user: User) -> None:
    make_one(user.id)
    client.get("/exports")
    with statements() as few:
        client.get("/exports")
    for _ in range(3):
        make_one(user.id)
    with statements() as many:
        client.get("/exports")
    assert len(many) == len(few) <= 8

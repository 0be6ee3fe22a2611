"""/stop/<token>: the page's button, and the mail program's one click."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import ContactPoint, Stop
from surveys.core.db import db, transaction
from surveys.core.tokens import seal, token_digest
from surveys.invitations.models import Invitation
from surveys.people.models import AuditEntry
from tests.invitations.told import make_invitation
from tests.pages import text_of

TOKEN = "abcdefghijkm"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def link(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    with transaction():
        db.session.execute(
            sa.update(Invitation).where(Invitation.id == number).values(token_digest=token_digest(TOKEN))
        )


def ways() -> list[Stop | None]:
    db.session.rollback()
    stopped = sa.select(ContactPoint.opted_out_by).where(ContactPoint.opted_out_at.is_not(None))
    return list(db.session.scalars(stopped))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_in_a_mail_program_stops_without_a_question_or_redirect(client: FlaskClient, kind: str) -> None:
    answer = client.post(f"/stop/{TOKEN}", data=ONE_CLICK, content_type=kind)
    assert answer.status_code == 200
    assert "We will not ask you again" in text_of(answer)
    assert ways() == [Stop.UNSUBSCRIBE_HEADER] * 2


def test_one_click_twice_is_as_good_as_once(client: FlaskClient) -> None:
    assert [client.post(f"/stop/{TOKEN}", data=ONE_CLICK).status_code for _ in range(2)] == [200, 200]
    assert len(ways()) == 2


def test_one_click_needs_no_form_token(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert client.post(f"/stop/{TOKEN}", data=ONE_CLICK).status_code == 200


@pytest.mark.parametrize("query", ["", "?List-Unsubscribe=One-Click"])
def test_a_mail_scanner_that_looks_stops_nothing(client: FlaskClient, query: str) -> None:
    client.get(f"/stop/{TOKEN}{query}")
    client.head(f"/stop/{TOKEN}{query}")
    assert ways() == []


@pytest.mark.parametrize("sent", [{}, {"List-Unsubscribe": "Maybe"}, {"seal": "forged"}, {"one-click": "yes"}])
def test_a_post_that_is_neither_the_button_nor_one_click_stops_nothing(
    client: FlaskClient, sent: dict[str, str]
) -> None:
    assert client.post(f"/stop/{TOKEN}?List-Unsubscribe=One-Click", data=sent).status_code == 422
    assert ways() == []


def test_one_click_at_a_link_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.post("/stop/abcdefghijkn", data=ONE_CLICK).status_code == 404


def test_the_button_stops_and_is_audited_without_an_address(client: FlaskClient) -> None:
    answer = client.post(f"/stop/{TOKEN}", data={"seal": seal("survey forms", TOKEN)})
    assert answer.status_code == 303
    assert ways() == [Stop.PAGE] * 2
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.details) == ("surveys stopped", {"how": "page"})
    assert entry.subject.startswith("points:")

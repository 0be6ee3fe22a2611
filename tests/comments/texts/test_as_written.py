"""Words as written: only for a stated reason, noted before they are seen, by those who may, and only while kept."""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from surveys.comments.texts.models import Comment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.comments import make_comment
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of

WORDS = "Mrs Brown of 4 Acacia Avenue shouted at me."
READ = "raw comment read"


def readings() -> list[AuditEntry]:
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == READ)))


def test_a_reviewer_reads_the_words_and_the_audit_trail_has_why_and_no_words(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS, labelled=False)
    user = make_user(Role.REVIEWER)
    sign_in(client, user)
    assert "Brown" not in text_of(client.get(f"/comments/{number}"))
    shown = client.post(f"/comments/{number}/as-written", data={"purpose": "complaint"})
    assert WORDS in text_of(shown)
    assert shown.headers["Cache-Control"] == "no-store"
    entry = readings()[0]
    assert (entry.actor, entry.subject) == (f"user:{user.id}", f"comment:{number}")
    assert entry.details == {"reason": "complaint"}


def test_without_a_reason_nothing_is_shown_and_nothing_noted(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS, labelled=False)
    sign_in(client, make_user(Role.REVIEWER))
    refused = client.post(f"/comments/{number}/as-written", data={"purpose": "curious"})
    assert refused.status_code == 422
    assert "Acacia" not in text_of(refused)
    assert client.get(f"/comments/{number}/as-written").status_code == 405
    assert readings() == []


def test_the_note_is_committed_before_the_words_are_opened(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS, labelled=False)
    sign_in(client, make_user(Role.REVIEWER))
    seen: list[str] = []

    def statement(_connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        seen.append(words)

    def committed(_connection: Any) -> None:
        seen.append("COMMIT")

    event.listen(db.engine, "before_cursor_execute", statement)
    event.listen(db.engine, "commit", committed)
    try:
        client.post(f"/comments/{number}/as-written", data={"purpose": "at_risk"})
    finally:
        event.remove(db.engine, "before_cursor_execute", statement)
        event.remove(db.engine, "commit", committed)
    noted = next(place for place, words in enumerate(seen) if words.startswith("INSERT INTO audit_entries"))
    opened = next(place for place, words in enumerate(seen) if "answers.words" in words)
    assert noted < seen.index("COMMIT", noted) < opened


def test_a_service_that_is_not_theirs_stays_shut(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS, labelled=False)
    sign_in(client, make_user(Role.REVIEWER, service=make_service("libraries", "Libraries")))
    refused = client.post(f"/comments/{number}/as-written", data={"purpose": "complaint"})
    assert refused.status_code == 404
    assert readings() == []


def test_once_the_words_were_let_go_the_page_says_so_and_nothing_is_noted(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS, labelled=False)
    with transaction():
        db.session.execute(sa.update(Comment).values(raw_let_go_at=now()))
    sign_in(client, make_user(Role.REVIEWER))
    assert "The words as written are no longer kept" in text_of(client.get(f"/comments/{number}"))
    gone = client.post(f"/comments/{number}/as-written", data={"purpose": "complaint"})
    assert gone.status_code == 410
    assert readings() == []

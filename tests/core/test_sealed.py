"""Residents' words lie encrypted in the database, and are plain in the program."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from flask import Flask
from pydantic import SecretStr

from surveys.answers.models import Answer
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Given
from tests.makers.answers import invited_token

WORDS = "The man at the desk, Mr Żółć, said “no” 🙁"


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> None:
    opened = open_link(invited_token(tmp_path))
    given = (Given("overall", code="neither"), Given("why", words=WORDS))
    with transaction():
        take_in(sheet_of(opened, given, "en", now(), completes=True), opened.definition)


def stored() -> str:
    return str(db.session.scalars(sa.text("SELECT words FROM answers WHERE words IS NOT NULL")).one())


def test_the_database_holds_no_word_of_a_comment(kept: None) -> None:
    raw = stored()
    assert "desk" not in raw
    assert raw.isascii()
    assert db.session.scalars(sa.select(Answer.words).where(Answer.words.is_not(None))).one() == WORDS


def test_the_same_words_are_never_sealed_alike(kept: None) -> None:
    first = stored()
    with transaction():
        db.session.execute(sa.update(Answer).where(Answer.question == "why").values(words=WORDS))
    assert stored() != first


def test_another_key_cannot_read_them(kept: None, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = app.extensions["settings"]
    other = settings.model_copy(update={"words_key": SecretStr("x" * 40)})
    monkeypatch.setitem(app.extensions, "settings", other)
    with pytest.raises(InvalidToken):
        db.session.scalars(sa.select(Answer.words).where(Answer.words.is_not(None))).all()

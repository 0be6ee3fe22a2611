"""The one way in: what is kept, what is refused, and what happens twice."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys.answers.models import Answer, Response
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import read_answers, take_in
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.questionnaires.kinds import Given
from tests.makers.answers import answer, invited_token


def answers_of(response_id: int) -> dict[str, str | None]:
    rows = db.session.scalars(sa.select(Answer).where(Answer.response_id == response_id)).all()
    return {row.question: row.code or row.words for row in rows}


def test_a_rating_alone_is_kept_before_the_rest_is_given(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    number = answer(token, "fairly_satisfied", completes=False)
    kept = db.session.get_one(Response, number)
    assert (kept.satisfaction, kept.completed_at, kept.counted) == ("fairly_satisfied", None, False)
    assert answers_of(number) == {"overall": "fairly_satisfied"}


def test_a_rating_changed_before_the_end_keeps_the_later_one(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    first = answer(token, "very_satisfied", completes=False)
    second = answer(token, "neither", completes=True, resolved="no")
    assert first == second
    assert db.session.get_one(Response, second).satisfaction == "neither"
    assert answers_of(second) == {"overall": "neither", "resolved": "no"}


def test_a_complete_response_takes_nothing_more(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    number = answer(token, "very_satisfied")
    with pytest.raises(Conflict, match="received before"):
        answer(token, "very_dissatisfied")
    assert answers_of(number) == {"overall": "very_satisfied"}


def test_the_response_takes_day_service_and_channel_from_the_contact(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path, channel="web")
    opened = open_link(token)
    kept = db.session.get_one(Response, answer(token))
    assert (kept.day, kept.service_id, kept.channel) == (opened.day, opened.service_id, "web")
    assert kept.day == (now() - timedelta(days=1)).date() or kept.day == now().date()


def test_one_invitation_has_one_response_however_many_devices_send_at_once(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    refused: list[str] = []

    def send(code: str) -> None:
        with app.app_context():
            try:
                answer(token, code)
            except Conflict:
                refused.append(code)

    threads = [threading.Thread(target=send, args=(c,)) for c in ("very_satisfied", "neither", "very_dissatisfied")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(refused) == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_the_database_refuses_a_second_response_to_an_invitation(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    kept = db.session.get_one(Response, answer(token))
    columns = {c.name: getattr(kept, c.name) for c in Response.__table__.columns if c.name != "id"}
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.insert(Response).values(columns))


@pytest.mark.parametrize(
    ("code", "words"), [(None, None), ("no", "and words")], ids=["neither code nor words", "both code and words"]
)
def test_the_database_refuses_an_answer_with(app: Flask, tmp_path: Path, code: str | None, words: str | None) -> None:
    number = answer(invited_token(tmp_path))
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Answer(response_id=number, question="x", code=code, words=words, given_at=now()))
        db.session.flush()


def test_an_unknown_code_is_refused_beside_its_question(app: Flask, tmp_path: Path) -> None:
    definition = open_link(invited_token(tmp_path)).definition
    read = read_answers(definition.questions, {"overall": ["delighted"], "why": ["x" * 1001]}, "en")
    assert read.errors == {
        "overall": "Select how satisfied or dissatisfied you were",
        "why": "Your answer must be 1,000 characters or less",
    }
    assert read.given == ()


def test_a_comment_of_exactly_the_longest_length_is_kept_whole(app: Flask, tmp_path: Path) -> None:
    definition = open_link(invited_token(tmp_path)).definition
    comment = definition.rest[1]
    read = read_answers((comment,), {"why": ["é" * comment.longest]}, "en")
    assert read.given == (Given("why", words="é" * comment.longest),)


def test_an_unknown_link_is_not_found(app: Flask) -> None:
    for token in ("", "short", "0OIl" * 3, "2" * 12, "../../etc/passwd", "a" * 500):
        with pytest.raises(NotFound):
            open_link(token)


def test_a_sheet_and_its_answers_do_not_show_words_when_printed(app: Flask, tmp_path: Path) -> None:
    opened = open_link(invited_token(tmp_path))
    sheet = sheet_of(opened, (Given("why", words="My name is Jo"),), "en", now(), completes=True)
    assert "Jo" not in repr(sheet)


def test_an_answer_is_on_disk_when_take_in_has_committed(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    opened = open_link(token)
    with transaction():
        number = take_in(
            sheet_of(opened, (Given("overall", code="neither"),), "en", now(), completes=True), opened.definition
        )
    with db.engine.connect() as other:
        assert other.execute(sa.select(Response.satisfaction).where(Response.id == number)).scalar_one() == "neither"

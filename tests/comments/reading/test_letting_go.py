"""Words are let go in time: those as written first, then all text, and never the labels or the figures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from nlp.redaction.types import RedactedText
from surveys.answers.holdings import held_on
from surveys.answers.models import Answer
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.reading.letting_go import let_raw_go, let_text_go, months_before
from surveys.comments.texts.models import Comment, CommentLabel, CommentState
from surveys.comments.themes.figures import check, roll_up_themes
from surveys.comments.themes.models import ThemeFigure
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Given
from tests.makers.answers import invited_token
from tests.makers.comments import ALL, comment_of, make_comment, read_all, rewrite, write
from tests.makers.people import make_user

PERSONAL = "Gwendolyn Fairweather on 07700 900123 hits her little girl. I waited an hour."
REDACTED = "[NAME] on [PHONE] hits her little girl. I waited an hour."


def words_of(response_id: int) -> str | None:
    db.session.rollback()
    return db.session.scalar(sa.select(Answer.words).where(Answer.response_id == response_id, Answer.question == "why"))


def let_go(app: Flask) -> None:
    app.extensions["perform"].call_local("comments.let_go")


def test_after_90_days_the_redacted_text_takes_the_place_of_the_words(app: Flask) -> None:
    old = write(PERSONAL, given_at=now() - timedelta(days=91))
    young = write(PERSONAL, given_at=now() - timedelta(days=89))
    read_all()
    let_go(app)
    assert (words_of(old), words_of(young)) == (REDACTED, PERSONAL)
    gone, kept = comment_of(old), comment_of(young)
    assert (gone.redacted, gone.found, gone.state) == (REDACTED, [], CommentState.REDACTED)
    assert gone.raw_let_go_at is not None
    assert (kept.raw_let_go_at, len(kept.found)) == (None, 2)


def test_words_that_nobody_has_read_yet_are_not_let_go(app: Flask) -> None:
    old = write(PERSONAL, given_at=now() - timedelta(days=800))
    read_all()
    rewrite(old, "Other words by now", given_at=now() - timedelta(days=799))
    let_go(app)
    assert words_of(old) == "Other words by now"
    read_all()
    let_go(app)
    assert words_of(old) == ""


def test_the_redacted_words_given_again_are_no_new_reading(app: Flask) -> None:
    old = write(PERSONAL, given_at=now() - timedelta(days=91))
    read_all()
    let_go(app)
    before = comment_of(old).read_at
    rewrite(old, REDACTED)
    read_all(now() + timedelta(hours=1))
    assert comment_of(old).read_at == before


def test_after_24_months_the_text_goes_and_labels_and_figures_stay(app: Flask) -> None:
    reviewer, long_ago = make_user(), now() - timedelta(days=740)
    number = make_comment(PERSONAL, given_at=long_ago)
    with transaction():
        roll_up_themes()
        for state in (QuotationState.PROPOSED, QuotationState.APPROVED):
            decided = (now(), reviewer.id) if state is QuotationState.APPROVED else (None, None)
            of = {"comment_id": number, "words": RedactedText("an hour"), "state": state}
            by = {"proposed_at": now(), "proposed_by": reviewer.id, "decided_at": decided[0], "decided_by": decided[1]}
            db.session.add(Quotation(**of, **by))
        db.session.execute(sa.update(UrgentComment).values(note="Spoke to Gwendolyn"))
    labels = set(db.session.execute(sa.select(CommentLabel.label, CommentLabel.in_force)))
    figures = set(db.session.execute(sa.select(ThemeFigure.label, ThemeFigure.count)))
    let_go(app)
    db.session.rollback()
    db.session.expire_all()
    comment = db.session.get_one(Comment, number)
    assert (comment.state, comment.redacted, comment.found) == (CommentState.LET_GO, "", [])
    assert comment.sentiment is not None
    assert words_of(comment.response_id) == ""
    assert set(db.session.execute(sa.select(CommentLabel.label, CommentLabel.in_force))) == labels
    assert set(db.session.execute(sa.select(ThemeFigure.label, ThemeFigure.count))) == figures
    assert check().drifts == []
    assert list(db.session.scalars(sa.select(Quotation.state))) == [QuotationState.APPROVED]
    urgent = db.session.scalars(sa.select(UrgentComment)).one()
    assert (urgent.note, urgent.closed_at) == (None, None)


def test_letting_go_is_done_in_batches_and_twice_is_once(app: Flask) -> None:
    for number in range(5):
        write(f"{PERSONAL} {number}", given_at=now() - timedelta(days=800))
    read_all()
    for work in (let_raw_go, let_text_go):
        with transaction():
            assert [work(now(), now(), 2) for _ in range(4)] == [2, 2, 1, 0]


def test_what_residents_see_under_what_we_hold_is_what_is_held(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    opened = open_link(token)
    given = (Given("overall", code="neither"), Given("why", words=PERSONAL))
    with transaction():
        take_in(sheet_of(opened, given, "en", now(), completes=True), opened.definition)
    read_all()

    def held_words() -> list[str]:
        db.session.rollback()
        answers = held_on(open_link(token), "en").answers
        db.session.rollback()
        return [one.answers[0] for one in answers[1:]]

    assert held_words() == [PERSONAL]
    with transaction():
        let_raw_go(now() + timedelta(seconds=1), now(), ALL)
    assert held_words() == [REDACTED]
    with transaction():
        let_text_go(now() + timedelta(seconds=1), now(), ALL)
    assert held_words() == []


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2026, 3, 31, 12, tzinfo=UTC), 1, datetime(2026, 2, 28, 11, tzinfo=UTC) + timedelta(hours=2)),
        (datetime(2026, 1, 15, 12, tzinfo=UTC), 24, datetime(2024, 1, 15, 12, tzinfo=UTC)),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), 12, datetime(2023, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(moment: datetime, months: int, before: datetime) -> None:
    assert months_before(moment, months) == before


def test_the_terms_are_the_council_s_to_set(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    given_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    response = write(PERSONAL, given_at=given_at)
    read_all(given_at)
    shorter = app.extensions["settings"].model_copy(update={"raw_comment_days": 2, "comment_months": 1})
    monkeypatch.setitem(app.extensions, "settings", shorter)
    with time_machine.travel(given_at + timedelta(days=1), tick=False):
        let_go(app)
        assert words_of(response) == PERSONAL
    with time_machine.travel(given_at + timedelta(days=3), tick=False):
        let_go(app)
        assert words_of(response) == REDACTED
    with time_machine.travel(given_at + timedelta(days=32), tick=False):
        let_go(app)
        assert words_of(response) == ""

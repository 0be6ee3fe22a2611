"""The whole pipeline by the queue and by hand: from the words of a resident to the figures, whoever runs beside it."""

from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from pydantic import SecretStr

from nlp.faults import NotUsable
from nlp.redaction.types import RedactedText
from surveys.answers.erasure import erase
from surveys.answers.models import Answer, Response
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.comments.fitting import challenger
from surveys.comments.labels.labelling import label_some
from surveys.comments.labels.models import Correction, LabelModel, ShownAs, Standing
from surveys.comments.labels.relabelling import relabel_some
from surveys.comments.labels.stored_models import keep_model, promote
from surveys.comments.reading.first_look import read_some
from surveys.comments.texts.models import Comment, CommentLabel, CommentState
from surveys.comments.themes.figures import check, roll_up_themes
from surveys.comments.themes.models import ThemeFigure
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import run_waiting
from surveys.questionnaires.kinds import Given
from tests.answers.racing import at_once, inside
from tests.makers.answers import invited_token
from tests.makers.comments import ALL, keep_small_champion, label_all, make_comment, read_all, write
from tests.makers.people import make_user
from tests.nlp.trained import small_model

SLOW = "I waited forty minutes on the phone before anybody answered"


def number_of(kind: type[db.Model], *which: sa.ColumnElement[bool]) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind).where(*which)) or 0


def doubled() -> int:
    """Labels in force that a comment has more than once of a kind that it has one of."""
    query = sa.select(CommentLabel.comment_id).where(CommentLabel.in_force, CommentLabel.kind == "sentiment")
    return len(db.session.execute(query.group_by(CommentLabel.comment_id).having(sa.func.count() != 1)).all())


def test_the_sweeps_bring_a_comment_from_the_answer_to_the_figures(app: Flask) -> None:
    write(SLOW)
    keep_small_champion()
    app.extensions["perform"].call_local("comments.read")
    run_waiting(app)
    app.extensions["perform"].call_local("comments.count")
    assert number_of(Comment, Comment.state == CommentState.LABELLED) == 1
    assert number_of(ThemeFigure, ThemeFigure.label == "waiting_time") == 1


def test_the_command_does_all_that_waits(app: Flask) -> None:
    keep_small_champion()
    for number in range(3):
        write(f"{SLOW} {number}")
    told = app.test_cli_runner().invoke(args=["comments", "read"])
    assert (told.exit_code, told.output) == (0, "3 comments read, 3 labelled.\n")
    assert app.test_cli_runner().invoke(args=["comments", "read"]).output == "0 comments read, 0 labelled.\n"
    assert check().waiting == 0


def test_the_command_reads_again_what_could_not_be_redacted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_small_champion()
    write(SLOW)
    other = app.extensions["settings"].model_copy(update={"words_key": SecretStr("another key")})
    with monkeypatch.context() as patched:
        patched.setitem(app.extensions, "settings", other)
        read_all()
    assert number_of(Comment, Comment.language == "und") == 1
    assert app.test_cli_runner().invoke(args=["comments", "read", "--again"]).exit_code == 0
    assert number_of(Comment, Comment.redacted == RedactedText(SLOW), Comment.state == CommentState.LABELLED) == 1


def test_a_new_installation_fits_its_first_model_with_no_transaction_open(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_meanwhile: list[bool] = []

    def fit(*_given: object) -> object:
        open_meanwhile.append(db.session().in_transaction())
        return small_model()

    monkeypatch.setattr(challenger, "fitted", fit)
    write(SLOW)
    read_all()
    app.extensions["perform"].call_local("comments.label")
    assert open_meanwhile == [False]
    assert number_of(Comment, Comment.state == CommentState.LABELLED) == 1


def test_no_model_is_fitted_while_nothing_waits_for_labels(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenger, "fitted", lambda *_given: small_model())
    app.extensions["perform"].call_local("comments.label")
    assert number_of(LabelModel) == 0


def test_the_train_command_fits_where_there_is_anything_to_learn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenger, "fitted", lambda *_given: small_model())
    commands = app.test_cli_runner()
    first = commands.invoke(args=["comments", "train"])
    assert first.exit_code == 0
    assert "The new model is champion" in first.output
    assert "the model that labels comments stays" in commands.invoke(args=["comments", "train"]).output
    assert number_of(LabelModel) == 1


def test_a_model_of_an_older_program_is_fitted_anew(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    older = keep_small_champion()
    monkeypatch.setattr(challenger, "fitted", lambda *_given: small_model())
    with transaction():
        manifest = dict(db.session.get_one(LabelModel, older).manifest) | {"features": "older"}
        db.session.execute(sa.update(LabelModel).values(manifest=manifest))
    app.extensions.pop("label model")
    with pytest.raises(NotUsable):
        challenger.champion()
    write(SLOW)
    read_all()
    app.extensions["perform"].call_local("comments.label")
    assert number_of(Comment, Comment.state == CommentState.LABELLED, Comment.model_id != older) == 1


def test_several_workers_at_once_read_and_label_each_comment_once(app: Flask) -> None:
    keep_small_champion()
    for number in range(30):
        write(f"{SLOW} on day {number}, and she hits her little girl")

    def work() -> None:
        read_some(now(), 20)

    def label() -> None:
        label_some(now(), 20)

    at_once(app, *[inside(app, work)] * 3)
    assert number_of(Comment) == number_of(UrgentComment, UrgentComment.flag == "safeguarding") == 30
    at_once(app, *[inside(app, label)] * 3, inside(app, roll_up_themes))
    label_all()
    assert number_of(Comment, Comment.state == CommentState.LABELLED) == 30
    assert doubled() == 0


def test_relabelling_beside_labelling_and_counting_leaves_one_set_of_labels(app: Flask) -> None:
    for number in range(12):
        make_comment(f"{SLOW} on day {number}")
    for number in range(8):
        write(f"{SLOW} on night {number}")
    read_all()
    with transaction():
        promote(keep_model(small_model(), 1, 0, now()), now())
    works = (relabel_some, label_some, relabel_some)
    at_once(app, *[inside(app, lambda work=work: work(now(), 10)) for work in works], inside(app, roll_up_themes))
    while True:
        with transaction():
            if not relabel_some(now(), ALL) + label_some(now(), ALL):
                break
    with transaction():
        roll_up_themes()
    newest = db.session.scalar(sa.select(LabelModel.id).where(LabelModel.standing == Standing.CHAMPION))
    assert number_of(Comment, Comment.model_id == newest, Comment.state == CommentState.LABELLED) == 20
    assert doubled() == 0
    assert check().drifts == []


def answered(folder: Path, words: str) -> tuple[int, int]:
    """An invited resident's words, taken in as any answer is; returns the invitation's and the comment's number."""
    opened = open_link(invited_token(folder))
    given = (Given("overall", code="neither"), Given("why", words=words))
    with transaction():
        take_in(sheet_of(opened, given, "en", now(), completes=True), opened.definition)
    read_all()
    label_all()
    return opened.invitation_id, db.session.scalars(sa.select(Comment.id)).one()


def test_erasing_takes_the_comment_and_all_that_was_made_of_it_but_no_correction(app: Flask, tmp_path: Path) -> None:
    invitation, number = answered(tmp_path, f"{SLOW}. My neighbour hits her little girl.")
    reviewer = make_user()
    with transaction():
        comment = db.session.get_one(Comment, number)
        said = {"topics": ["waiting_time"], "sentiment": "neg", "shown_as": ShownAs.RANDOM}
        of = {"comment_id": number, "comment_read_at": comment.read_at, "model_id": comment.model_id}
        db.session.add(Correction(**of, **said, reviewer_id=reviewer.id, at=now()))
    assert number_of(CommentLabel) > 2
    with transaction():
        assert erase(invitation, now())
    for kind in (Comment, CommentLabel, UrgentComment):
        assert number_of(kind) == 0
    kept = db.session.scalars(sa.select(Correction)).one()
    assert (kept.comment_id, kept.topics) == (number, ["waiting_time"])
    assert number_of(Response) == 1
    assert number_of(Answer, Answer.words.is_not(None)) == 0
    make_comment("All was well")
    assert number_of(Comment, Comment.id > number) == 1


def test_erasing_while_the_words_are_being_read_leaves_nothing(app: Flask, tmp_path: Path) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    opened = open_link(invited_token(tmp_path))
    given = (Given("overall", code="neither"), Given("why", words=SLOW))
    with transaction():
        take_in(sheet_of(opened, given, "en", now(), completes=True), opened.definition)

    def erase_elsewhere() -> None:
        with app.app_context(), transaction():
            erase(opened.invitation_id, now())

    other = Thread(target=erase_elsewhere)
    with transaction():
        read_some(now(), ALL)
        other.start()
        while other.is_alive() and not waiting_for_a_lock():
            other.join(0.01)
    other.join(30)
    assert not other.is_alive()
    assert number_of(Comment) == number_of(Answer, Answer.words.is_not(None)) == 0


def waiting_for_a_lock() -> bool:
    """Whether some other connection of this database is held up, as PostgreSQL sees it."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect() as connection:
        return bool(connection.execute(sa.text(query)).scalar())

"""The model's and the labels' pages."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from nlp.comments import Sentiment
from surveys.comments.fitting import challenger
from surveys.comments.fitting.tasks import refit
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.models import LabelModel, ShownAs, Standing
from surveys.comments.labels.stored_models import champion_id
from surveys.core.db import db
from surveys.core.queue import run_waiting
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.people import make_user, sign_in
from tests.makers.reviews import TO_LEARN, make_comments, say
from tests.nlp.trained import small_model
from tests.pages import soup, text_of

WORDS = ["I waited an hour in the queue.", "She was rude and abrupt.", "Lovely and quick, thank you."]


@pytest.fixture
def reviewer(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(challenger, "fitted", lambda *_: small_model())
    return sign_in(client, make_user(Role.REVIEWER))


def challenged(app: Flask) -> tuple[int, int]:
    """(the champion, a challenger that waits) after a few corrections."""
    user_id = make_user(Role.REVIEWER, email="second@example.gov.uk").id
    for number in make_comments(WORDS, TO_LEARN):
        say(number, user_id, "waiting_time", "policy_decision")
    for number in make_comments([f"{one} Really." for one in WORDS], 1):
        say(number, user_id, "waiting_time", sentiment=Sentiment.POS, shown_as=ShownAs.RANDOM)
    refit()
    found = champion_id()
    waiting = db.session.scalar(sa.select(LabelModel.id).where(LabelModel.standing == Standing.CHALLENGER))
    db.session.rollback()
    assert found is not None
    assert waiting is not None
    return found, waiting


def test_without_any_model_the_page_says_so(reviewer: FlaskClient) -> None:
    assert "There is no model yet" in text_of(reviewer.get("/comments/model"))


def test_a_challenger_is_promoted_and_one_goes_back_with_one_click_each(app: Flask, reviewer: FlaskClient) -> None:
    champion, challenger = challenged(app)
    page = reviewer.get("/comments/model")
    assert f"Model {challenger} waits for your decision" in text_of(page)
    assert any(f"beside model {champion}" in one.get_text() for one in soup(page).find_all("caption"))
    reviewer.post(f"/comments/model/{challenger}/use")
    assert champion_id() == challenger
    assert "0 of 6" in text_of(reviewer.get("/comments/model"))
    run_waiting(app)
    page = reviewer.get("/comments/model")
    assert "All 6 classified comments have its labels" in text_of(page)
    assert f"What changed against model {champion}" in text_of(page)
    back = soup(page).select_one(f"form[action='/comments/model/{champion}/use'] button")
    assert back is not None
    reviewer.post(f"/comments/model/{champion}/use")
    assert champion_id() == champion
    acts = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.like("label model%"))).all()
    assert acts.count("label model promoted") == 3


def test_a_challenger_is_refused_once(app: Flask, reviewer: FlaskClient) -> None:
    champion, challenger = challenged(app)
    assert reviewer.post(f"/comments/model/{challenger}/refuse").status_code == 303
    assert reviewer.post(f"/comments/model/{challenger}/refuse").status_code == 409
    assert reviewer.post(f"/comments/model/{challenger}/use").status_code == 422, "its arrays are gone"
    assert reviewer.post(f"/comments/model/{champion}/use").status_code == 422
    assert reviewer.post("/comments/model/99/use").status_code == 404
    assert champion_id() == champion


def test_a_refit_is_asked_for_only_where_there_is_anything_new(app: Flask, reviewer: FlaskClient) -> None:
    challenged(app)
    waiting = app.extensions["huey"].pending_count()
    assert "would be the same" in text_of(reviewer.post("/comments/model/refit", follow_redirects=True))
    assert app.extensions["huey"].pending_count() == waiting
    (number,) = make_comments(WORDS[:1], TO_LEARN)
    say(number, make_user(Role.REVIEWER, email="third@example.gov.uk").id)
    assert "being fitted" in text_of(reviewer.post("/comments/model/refit", follow_redirects=True))
    assert app.extensions["huey"].pending_count() == waiting + 1


def test_the_model_page_needs_few_queries(app: Flask, reviewer: FlaskClient) -> None:
    challenged(app)
    with statements() as seen:
        reviewer.get("/comments/model")
    assert len(seen) <= 16


def test_labels_are_added_changed_and_retired_on_their_pages(app: Flask, reviewer: FlaskClient) -> None:
    form = {"version": "1", "label": "Allotments", "definition": "Plots.", "examples": "one plot\ntwo plots"}
    refused = reviewer.post("/comments/labels/new", data=form)
    assert refused.status_code == 422
    assert "at least 3 examples" in text_of(refused)
    assert "two plots" in text_of(refused)
    added = reviewer.post("/comments/labels/new", data=form | {"examples": "one plot\ntwo plots\nno plot"})
    assert added.status_code == 303
    words = {"version": "2", "label": "Allotment plots", "definition": "Plots and sites."}
    reviewer.post("/comments/labels/allotments", data=words)
    assert "Allotment plots" in text_of(reviewer.get("/comments/labels"))
    assert reviewer.post("/comments/labels/allotments", data=words).status_code == 409
    assert reviewer.post("/comments/labels/allotments/retire", data={"version": "3"}).status_code == 303
    assert reviewer.get("/comments/labels/allotments").status_code == 404
    assert frame_in_force().version == 4

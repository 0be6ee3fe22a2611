"""The reviewer's pages: who may, what is shown, what a wrong form gets back."""

import pytest
import sqlalchemy as sa
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.comments.fitting.challenger import ENOUGH
from surveys.comments.labels.models import Correction, ShownAs
from surveys.core.db import db
from surveys.people.models import Service
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.people import make_user, sign_in
from tests.makers.reviews import TO_LEARN, comment_now, make_comments, say
from tests.pages import soup, text_of

WORDS = ["I waited an hour, then <b>nobody</b> came.", "She was rude and abrupt.", "Lovely and quick, thank you."]


@pytest.fixture
def reviewer(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.REVIEWER))


def page_in(page: TestResponse) -> str:
    field = soup(page).select_one("main form input[name=page]")
    assert field is not None, text_of(page)
    return str(field["value"])


def ticked(page: TestResponse, name: str) -> list[str]:
    fields = soup(page).select(f"input[name={name}]")
    return [str(one["value"]) for one in fields if isinstance(one, Tag) and one.has_attr("checked")]


def corrections() -> list[tuple[int, str, list[str]]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(Correction).order_by(Correction.id))
    return [(row.comment_id, row.shown_as.value, list(row.topics)) for row in rows]


def test_suggestions_are_ticked_and_what_is_saved_is_the_reviewer_s(reviewer: FlaskClient) -> None:
    numbers = make_comments(WORDS, TO_LEARN)
    page = reviewer.get("/comments/review")
    assert ticked(page, "topics")
    assert len(ticked(page, "sentiment")) == 1
    form = {"page": page_in(page), "topics": ["staff_attitude", "waiting_time"], "sentiment": "neg"}
    saved = reviewer.post("/comments/review", data=form)
    assert (saved.status_code, saved.location) == (303, "/comments/review#comment")
    ((number, shown_as, topics),) = corrections()
    assert (shown_as, topics) == ("uncertain", ["staff_attitude", "waiting_time"])
    assert number in numbers
    assert "1 checked today" in text_of(reviewer.get("/comments/review"))


def test_what_chance_brings_has_no_ticks(reviewer: FlaskClient) -> None:
    make_comments(WORDS[:1], 1)
    page = reviewer.get("/comments/review")
    assert (ticked(page, "topics"), ticked(page, "sentiment")) == ([], [])
    assert "by chance" in text_of(page)
    assert "<b>nobody" not in page.get_data(as_text=True)


def test_a_form_without_a_sentiment_comes_back_with_what_was_ticked(reviewer: FlaskClient) -> None:
    make_comments(WORDS, TO_LEARN)
    form = {"page": page_in(reviewer.get("/comments/review")), "topics": "policy_decision", "urgency": "complaint"}
    page = reviewer.post("/comments/review", data=form)
    assert page.status_code == 422
    assert "There is a problem" in text_of(page)
    assert (ticked(page, "topics"), ticked(page, "urgency")) == (["policy_decision"], ["complaint"])
    assert corrections() == []


def test_nobody_can_choose_what_counts_as_random(reviewer: FlaskClient) -> None:
    (number,) = make_comments(WORDS[:1], TO_LEARN)
    sealed = page_in(reviewer.get(f"/comments/review?comment={number}"))
    assert ".chosen." in sealed
    forged = sealed.replace(".chosen.", ".random.")
    for given in (forged, "", "1.random", "x.y.z.0"):
        assert reviewer.post("/comments/review", data={"page": given, "sentiment": "neg"}).status_code == 422
    assert corrections() == []


def test_a_reviewer_goes_back_to_the_last_one_and_says_something_else(reviewer: FlaskClient) -> None:
    assert reviewer.get("/comments/review/last").location == "/comments/review#comment"
    make_comments(WORDS[:1], 1)
    first = {"page": page_in(reviewer.get("/comments/review")), "topics": "waiting_time", "sentiment": "neg"}
    reviewer.post("/comments/review", data=first)
    page = reviewer.get(reviewer.get("/comments/review/last").location)
    assert (ticked(page, "topics"), ticked(page, "sentiment")) == (["waiting_time"], ["neg"])
    reviewer.post("/comments/review", data={"page": page_in(page), "sentiment": "pos"})
    assert [said[1:] for said in corrections()] == [("random", ["waiting_time"]), ("random", [])]
    assert "1 checked today" in text_of(reviewer.get("/comments/review"))


def test_what_was_skipped_makes_way_for_the_next(reviewer: FlaskClient) -> None:
    make_comments(WORDS[:2], TO_LEARN)
    sealed = page_in(reviewer.get("/comments/review"))
    reviewer.post("/comments/review/skip", data={"page": sealed})
    other = page_in(reviewer.get("/comments/review"))
    assert other.partition(".")[0] != sealed.partition(".")[0]
    reviewer.post("/comments/review/skip", data={"page": other})
    assert "nothing to check" in text_of(reviewer.get("/comments/review"))


def test_a_comment_that_changed_meanwhile_is_not_overwritten(reviewer: FlaskClient) -> None:
    (number,) = make_comments(WORDS[:1], TO_LEARN)
    sealed = page_in(reviewer.get("/comments/review"))
    comment = comment_now(number)
    comment.read_at = comment.read_at.replace(year=2020)
    db.session.commit()
    page = reviewer.post("/comments/review", data={"page": sealed, "sentiment": "neg"}, follow_redirects=True)
    assert "read again after you opened it" in text_of(page)
    assert corrections() == []


def test_comments_of_other_services_are_not_there(app: Flask, client: FlaskClient) -> None:
    (number,) = make_comments(WORDS[:1], TO_LEARN)
    make_comments(["The bins were missed."], TO_LEARN, service="bins")
    bins = db.session.scalars(sa.select(Service).where(Service.slug == "bins")).one()
    db.session.rollback()
    reviewer = sign_in(client, make_user(Role.REVIEWER, service=bins))
    assert "bins were missed" in text_of(reviewer.get("/comments/review"))
    assert reviewer.get(f"/comments/review?comment={number}").status_code == 404
    assert reviewer.get("/comments/review?comment=x").status_code == 404
    assert reviewer.get("/comments/model").status_code == 403


def test_a_manager_reads_but_does_not_check(app: Flask, client: FlaskClient) -> None:
    manager = sign_in(client, make_user(Role.MANAGER))
    assert [manager.get(f"/comments/{page}").status_code for page in ("review", "labels", "model")] == [403] * 3


def test_the_twenty_fifth_correction_asks_for_a_refit(app: Flask, reviewer: FlaskClient) -> None:
    (number,) = make_comments(WORDS[:1], TO_LEARN)
    user_id = make_user(Role.REVIEWER, email="second@example.gov.uk").id
    for _ in range(ENOUGH - 2):
        say(number, user_id, "waiting_time", shown_as=ShownAs.CHOSEN)
    for waiting in (0, 1):
        form = {"page": page_in(reviewer.get(f"/comments/review?comment={number}")), "sentiment": "neg"}
        reviewer.post("/comments/review", data=form)
        assert app.extensions["huey"].pending_count() == waiting


def test_agreement_is_told_with_its_base(reviewer: FlaskClient) -> None:
    make_comments(WORDS, 5)
    assert "too few yet" in text_of(reviewer.get("/comments/review/agreement"))


def test_the_review_page_needs_few_queries(reviewer: FlaskClient) -> None:
    make_comments(WORDS, TO_LEARN)
    with statements() as seen:
        reviewer.get("/comments/review")
    assert len(seen) <= 20

"""The urgent list: three queues, oldest first, off which nothing comes but by a person's word with a note."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from nlp.urgency.types import Urgency
from surveys.answers.models import Answer
from surveys.comments.texts.models import CommentLabel
from surveys.comments.urgent.lists import queue, urgent_numbered
from surveys.comments.urgent.models import Outcome, UrgentComment
from surveys.comments.urgent.words import age_in_words
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry, User
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.counting import statements
from tests.makers.comments import comment_of, make_comment, read_all, rewrite, write
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

THREAT = "I will come down there and hurt you all."
CHILD = "My dad hits me and I am scared to go home."
NOTE = "Told the safeguarding team by phone."


def raised(words: str = THREAT, **given: object) -> int:
    """The number of the one urgent comment that these words raise."""
    comment_id = make_comment(words, labelled=False, **given)
    return db.session.scalars(sa.select(UrgentComment.id).where(UrgentComment.comment_id == comment_id)).one()


def now_of(number: int) -> UrgentComment:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(UrgentComment, number)


def form_for(number: int, **typed: str) -> dict[str, str]:
    seen = urgent_numbered(number, None).edition
    db.session.rollback()
    return {"seen": seen, "outcome": "passed_on", "note": NOTE} | typed


def test_each_queue_shows_its_own_oldest_first_with_the_words_marked(app: Flask, client: FlaskClient) -> None:
    newer, older = raised("I will come down there and hurt you all. Second."), raised(THREAT)
    child = raised(CHILD)
    with transaction():
        for number, hours in ((newer, 3), (older, 50)):
            at = now() - timedelta(hours=hours)
            db.session.execute(sa.update(UrgentComment).where(UrgentComment.id == number).values(raised_at=at))
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get("/comments/urgent"))
    heads = [" ".join(h.get_text().split()) for h in page.find_all("h2")]
    assert heads == ["Possible safeguarding: 1", "Possible threat: 2", "Possible complaint: 0"]
    (section,) = page.select("[aria-labelledby=queue-threat]")
    assert [tag.get_text() for tag in section.select(".tag-urgent")] == ["Waiting 2 days", "Waiting 3 hours"]
    assert [link["id"] for link in section.select("a")] == [f"urgent-{older}", f"urgent-{newer}"]
    assert "[spoke for it: I will come down there and hurt you]" in [m.get_text() for m in section.select("mark")]
    assert page.find(id=f"urgent-{child}") is not None


def test_one_shows_what_to_do_and_who_may_not_read_as_written_is_not_offered_it(
    app: Flask, client: FlaskClient
) -> None:
    number = raised(CHILD)
    sign_in(client, make_user(Role.MANAGER))
    page = text_of(client.get(f"/comments/urgent/{number}"))
    assert "call 999" in page
    assert "Do not look into it yourself" in page
    assert "Read as written" not in page
    sign_in(client, make_user(Role.REVIEWER))
    assert "Somebody may be at risk" in text_of(client.get(f"/comments/urgent/{number}"))


def test_a_person_closes_it_with_an_outcome_and_a_note_that_the_database_cannot_read(
    app: Flask, client: FlaskClient
) -> None:
    number, user = raised(), make_user(Role.MANAGER)
    sign_in(client, user)
    done = client.post(f"/comments/urgent/{number}", data=form_for(number), follow_redirects=True)
    assert "Closed. Your note is kept" in text_of(done)
    row = now_of(number)
    assert (row.outcome, row.closed_by, row.note) == (Outcome.PASSED_ON, user.id, NOTE)
    kept = db.session.scalar(sa.select(sa.type_coerce(UrgentComment.note, sa.Text)))
    assert kept is not None
    assert "safeguarding" not in kept
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "urgent comment closed")).one()
    assert (entry.actor, entry.details) == (f"user:{user.id}", {"flag": "threat", "outcome": "passed_on"})
    listed = text_of(client.get("/comments/urgent/closed"))
    assert "Some Body" in listed
    assert "Passed on to those who deal with it" in listed
    assert NOTE not in listed
    assert NOTE in text_of(client.get(f"/comments/urgent/{number}"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"outcome": ""}, "Select what came of it"),
        ({"outcome": "lost"}, "Select what came of it"),
        ({"note": "  \n. "}, "Enter what you did"),
        ({"note": "x" * 2001}, "2,000 characters or less"),
    ],
)
def test_without_outcome_or_note_it_stays_open_and_what_was_typed_stays(
    app: Flask, client: FlaskClient, typed: dict[str, str], words: str
) -> None:
    number = raised()
    sign_in(client, make_user(Role.MANAGER))
    answer = client.post(f"/comments/urgent/{number}", data=form_for(number, **typed))
    assert answer.status_code == 422
    assert words in text_of(answer)
    if "outcome" in typed:
        assert NOTE in text_of(answer)
    assert now_of(number).closed_at is None


def test_who_comes_second_is_told_who_closed_it_and_keeps_their_note(app: Flask, client: FlaskClient) -> None:
    number = raised()
    sign_in(client, make_user(Role.MANAGER))
    form = form_for(number)
    client.post(f"/comments/urgent/{number}", data=form)
    second = client.post(f"/comments/urgent/{number}", data=form | {"outcome": "no_concern", "note": "Only a joke."})
    assert second.status_code == 409
    page = text_of(second)
    assert "Somebody closed this while you had it open" in page
    assert "Closed by Some Body" in page
    assert [box.get_text().strip() for box in soup(second).select("textarea[readonly]")] == ["Only a joke."]
    assert now_of(number).note == NOTE


def test_of_two_who_close_it_at_the_same_moment_one_does(app: Flask) -> None:
    number = raised()
    form = form_for(number)
    users = [make_user(Role.MANAGER, email=f"{name}@example.gov.uk") for name in ("one", "two")]

    def closing(user: User) -> Callable[[FlaskClient], int]:
        notes = {"note": f"By {user.email}."}
        return lambda client: sign_in(client, user).post(f"/comments/urgent/{number}", data=form | notes).status_code

    assert sorted(at_once(app, *(closing(user) for user in users))) == [303, 409]
    row = now_of(number)
    assert row.note == next(f"By {user.email}." for user in users if user.id == row.closed_by)


def test_words_written_anew_meanwhile_must_be_read_before_it_is_closed(app: Flask, client: FlaskClient) -> None:
    response_id = write(THREAT)
    read_all()
    number = db.session.scalars(sa.select(UrgentComment.id)).one()
    sign_in(client, make_user(Role.MANAGER))
    form = form_for(number)
    rewrite(response_id, THREAT + " With a knife.")
    read_all()
    answer = client.post(f"/comments/urgent/{number}", data=form)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "The comment changed" in page
    assert "With a knife" in page
    assert NOTE in page
    assert now_of(number).closed_at is None


def test_raised_anew_after_closing_it_waits_again_and_shows_the_note_of_before(app: Flask, client: FlaskClient) -> None:
    response_id = write(THREAT)
    read_all()
    number = db.session.scalars(sa.select(UrgentComment.id)).one()
    sign_in(client, make_user(Role.MANAGER))
    client.post(f"/comments/urgent/{number}", data=form_for(number))
    rewrite(response_id, "I will kill you all, you wait.")
    read_all()
    assert now_of(number).closed_at is None
    page = text_of(client.get(f"/comments/urgent/{number}"))
    assert "It was closed before, with this note" in page
    assert NOTE in page


def test_a_person_raises_one_in_any_language_and_only_once(app: Flask, client: FlaskClient) -> None:
    comment_id = make_comment("Mae fy nhad yn fy nharo i ac mae arnaf ofn mynd adref.", labelled=False)
    user = make_user(Role.MANAGER)
    sign_in(client, user)
    first = client.post(f"/comments/{comment_id}/raise", data={"flag": "safeguarding"}, follow_redirects=True)
    assert "It is on the urgent list now" in text_of(first)
    again = client.post(f"/comments/{comment_id}/raise", data={"flag": "safeguarding"}, follow_redirects=True)
    assert "waits on that list already" in text_of(again)
    assert client.post(f"/comments/{comment_id}/raise", data={"flag": "anger"}).status_code == 422
    (waiting,) = queue(Urgency.safeguarding, None)
    assert (waiting.comment_id, waiting.by_person, waiting.spans) == (comment_id, True, ())
    assert [label.label for label in db.session.scalars(sa.select(CommentLabel))] == ["safeguarding"]


def test_only_those_of_the_service_and_with_the_right_see_it(app: Flask, client: FlaskClient) -> None:
    number = raised()
    parking_comment = now_of(number).comment_id
    sign_in(client, make_user(Role.MANAGER, service=make_service("libraries", "Libraries")))
    assert "hurt you" not in text_of(client.get("/comments/urgent"))
    assert client.get(f"/comments/urgent/{number}").status_code == 404
    assert client.post(f"/comments/urgent/{number}", data={"outcome": "known", "note": NOTE}).status_code == 404
    assert client.post(f"/comments/{parking_comment}/raise", data={"flag": "threat"}).status_code == 404
    sign_in(client, make_user(Role.ASSESSOR))
    assert client.get("/comments/urgent").status_code == 403
    assert now_of(number).closed_at is None


def test_the_page_says_when_nobody_could_be_told(app: Flask, client: FlaskClient) -> None:
    number = raised()
    sign_in(client, make_user(Role.MANAGER))
    assert "Nobody could be told" not in text_of(client.get("/comments/urgent"))
    with transaction():
        db.session.execute(sa.update(UrgentComment).values(raised_at=now() - timedelta(minutes=13)))
    assert "Nobody could be told by email of 1 comment" in text_of(client.get("/comments/urgent"))
    with transaction():
        db.session.execute(sa.update(UrgentComment).where(UrgentComment.id == number).values(told_at=now()))
    assert "Nobody could be told" not in text_of(client.get("/comments/urgent"))


def test_erasing_takes_it_and_letting_go_leaves_it_on_the_list(app: Flask, client: FlaskClient) -> None:
    erased, kept = raised(), raised(CHILD)
    response_id = comment_of(1).response_id
    with transaction():
        db.session.execute(sa.delete(Answer).where(Answer.response_id == response_id, Answer.question == "why"))
        gone = "UPDATE comments SET state = 'let_go', redacted = '' WHERE id = :number"
        db.session.execute(sa.text(gone), {"number": now_of_comment(kept)})
    sign_in(client, make_user(Role.MANAGER))
    assert client.get(f"/comments/urgent/{erased}").status_code == 404
    assert "no longer kept" in text_of(client.get("/comments/urgent"))
    assert "no longer kept" in text_of(client.get(f"/comments/urgent/{kept}"))
    client.post(f"/comments/urgent/{kept}", data=form_for(kept))
    assert now_of(kept).outcome is Outcome.PASSED_ON


def now_of_comment(number: int) -> int:
    return db.session.scalars(sa.select(UrgentComment.comment_id).where(UrgentComment.id == number)).one()


def test_the_page_costs_the_same_queries_however_many_wait(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    raised()
    with statements() as few:
        client.get("/comments/urgent")
    for n in range(27):
        write(f"{THREAT} {n}")
    read_all()
    with statements() as many:
        page = text_of(client.get("/comments/urgent"))
    assert "These are the oldest 25" in page
    assert len(many) == len(few) <= 8, many


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (3 * 3600 + 59, "3 hours"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (9_000_000, "104 days"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    moment = now()
    assert age_in_words(moment - timedelta(seconds=seconds), moment) == words

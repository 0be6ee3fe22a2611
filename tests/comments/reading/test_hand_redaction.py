"""Replacing by hand: every place, for good, in quotations too, and never a way to hide what was said."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from nlp.redaction.types import Kind, RedactedText
from surveys.answers.models import Answer
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.reading.hand_redaction import Done, NotThere, redact_by_hand
from surveys.comments.reading.letting_go import let_raw_go
from surveys.comments.texts.models import Comment, CommentState
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.comments import label_all, make_comment, read_all, rewrite
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

WORDS = "Call me on 07700 900123. blossom was rude, BLOSSOM shouted, and blossoms are not blossom."
REPLACED = "Call me on [PHONE]. [NAME] was rude, [NAME] shouted, and blossoms are not [NAME]."


def by_hand(number: int, words: str, kind: Kind = Kind.NAME, user_id: int | None = None) -> Done:
    user_id = user_id or make_user(Role.REVIEWER).id
    with transaction():
        return redact_by_hand(number, words, kind, user_id, now())


def comment(number: int) -> Comment:
    db.session.expire_all()
    return db.session.get_one(Comment, number)


def test_whole_words_in_any_case_are_replaced_wherever_they_stand(app: Flask) -> None:
    number = make_comment(WORDS)
    assert "blossom" in comment(number).redacted
    assert by_hand(number, " Blossom ") == Done(places=3, quotations=0)
    assert comment(number).redacted == REPLACED


def test_the_places_kept_are_those_in_the_words_as_written_with_who_found_them(app: Flask) -> None:
    number = make_comment(WORDS)
    user = make_user(Role.REVIEWER).id
    by_hand(number, "blossom", user_id=user)
    found = comment(number).found
    assert [WORDS[one["start"] : one["end"]] for one in found] == ["07700 900123", "blossom", "BLOSSOM", "blossom"]
    assert [one.get("by") for one in found] == [None, user, user, user]


def test_the_new_text_is_labelled_again_and_what_a_person_said_stands(app: Flask) -> None:
    labelled, checked = make_comment(WORDS), make_comment(WORDS)
    with transaction():
        db.session.execute(sa.update(Comment).where(Comment.id == checked).values(state=CommentState.CHECKED))
    user = make_user(Role.REVIEWER).id
    for number in (labelled, checked):
        by_hand(number, "blossom", user_id=user)
    assert [comment(n).state for n in (labelled, checked)] == [CommentState.REDACTED, CommentState.CHECKED]
    label_all()
    assert comment(labelled).state is CommentState.LABELLED


def test_quotations_with_the_words_lose_them_and_are_withdrawn(app: Flask) -> None:
    number, user = make_comment(WORDS), make_user(Role.REVIEWER).id
    with transaction():
        for words, state in (("blossom was rude", "approved"), ("Call me", "proposed"), ("not blossom", "withdrawn")):
            decided = {} if state == "proposed" else {"decided_at": now(), "decided_by": user}
            db.session.add(
                Quotation(
                    comment_id=number,
                    words=RedactedText(words),
                    state=QuotationState(state),
                    proposed_at=now(),
                    proposed_by=user,
                    **decided,
                )
            )
    assert by_hand(number, "blossom", user_id=user).quotations == 1
    db.session.expire_all()
    after = [(q.words, q.state.value) for q in db.session.scalars(sa.select(Quotation).order_by(Quotation.id))]
    assert after == [("[NAME] was rude", "withdrawn"), ("Call me", "proposed"), ("not [NAME]", "withdrawn")]


def test_the_copy_kept_in_place_of_the_words_loses_them_too_and_is_no_new_reading(app: Flask) -> None:
    number = make_comment(WORDS)
    with transaction():
        let_raw_go(now(), now(), 10)
    by_hand(number, "blossom")
    held = db.session.scalars(sa.select(Answer.words).where(Answer.words.is_not(None))).one()
    assert held == REPLACED
    before = comment(number).read_at
    rewrite(comment(number).response_id, held)
    read_all()
    assert comment(number).read_at == before


def test_the_audit_trail_has_how_many_and_no_words(app: Flask) -> None:
    number = make_comment(WORDS)
    by_hand(number, "blossom")
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "comment redacted by hand")).one()
    assert entry.subject == f"comment:{number}"
    assert entry.details == {"kind": "NAME", "places": 3, "quotations": 0}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the words to replace"),
        (" ?! ", "Enter the words to replace"),
        ("x" * 201, "200 characters or less"),
        ("[phone]. blossom", "Leave out what is replaced already"),
        ("PHONE", "not in the comment as it is shown"),
        ("lossom", "not in the comment as it is shown"),
        (".*", "Enter the words to replace"),
        ("b.*m", "not in the comment as it is shown"),
    ],
)
def test_what_cannot_be_replaced_is_told_and_changes_nothing(app: Flask, typed: str, words: str) -> None:
    number = make_comment(WORDS)
    before = comment(number).redacted
    with pytest.raises(NotThere, match=words):
        by_hand(number, typed)
    assert comment(number).redacted == before


def test_a_reviewer_does_it_on_the_page_and_a_manager_may_not(app: Flask, client: FlaskClient) -> None:
    number = make_comment(WORDS)
    sign_in(client, make_user(Role.REVIEWER))
    faulty = client.post(f"/comments/{number}/replace", data={"words": "nobody", "kind": "NAME"})
    assert faulty.status_code == 422
    assert "not in the comment as it is shown" in text_of(faulty)
    done = client.post(f"/comments/{number}/replace", data={"words": "blossom", "kind": "NAME"}, follow_redirects=True)
    assert "Replaced in 3 places." in text_of(done)
    assert "blossom was" not in text_of(done)
    assert client.post(f"/comments/{number}/replace", data={"words": "rude", "kind": "INSULT"}).status_code == 422
    sign_in(client, make_user(Role.MANAGER))
    assert client.post(f"/comments/{number}/replace", data={"words": "rude", "kind": "NAME"}).status_code == 403
